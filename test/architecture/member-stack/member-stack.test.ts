import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { connectors } from "@leasehold/connectors";
import { type Connector, declare } from "@leasehold/core/connector";
import { changesBy } from "@leasehold/workflows";
import { describe, expect, it } from "vitest";
import { checkGiven } from "../../../stacks/tables/given.ts";
import { lambdasOf, stageOf } from "../../../stacks/tables/lambdas.ts";
import { memberTemplate } from "../../../stacks/tables/member.ts";
import { routingOf } from "../../../stacks/tables/routing.ts";
import { assertions } from "./assertions.ts";
import { allowedTo, inAccount, nameOf, of, rolesOf, verbsOf } from "./look.ts";
import members from "./members.config.ts";

const given = await checkGiven("prod", members);
const written = memberTemplate(given);
const template = inAccount(written);

it("is as it was", async () => {
  await expect(`${JSON.stringify(written, null, 2)}\n`).toMatchFileSnapshot("member-stack.template");
});

it.each(assertions)("$says", ({ check }) => {
  expect(check(template)).toEqual([]);
});

it.each(
  assertions.flatMap(({ check, mutations }) =>
    Object.entries(mutations).map(([name, mutate]) => ({ name, mutate, check })),
  ),
)("$name is found", ({ mutate, check }) => {
  const changed = mutate(template);
  expect(changed).not.toEqual(template);
  expect(check(changed)).not.toEqual([]);
});

/** From the connectors themselves, in the table's own words: what its parts declare. */
function declaredFor(right: string, { lists, polls, acts = [] }: Connector): readonly string[] {
  const looks = (verb: string) => /:(Get|List|Describe)/.test(verb);
  if (right === "read")
    return [
      ...[lists, polls].flatMap((part) => part?.permissions ?? []),
      ...acts.flatMap(({ permissions }) => permissions.filter(looks)),
    ];
  return acts.filter((act) => changesBy(act) === right).flatMap((act) => act.permissions);
}

it.each(["read", "act", "contain", "delete"])(
  "allows what the connectors declare to %s, and not one verb more",
  (right) => {
    const several = given.linked.map(({ connector }) => connector).filter(({ places }) => places !== undefined);
    const role = rolesOf(template).find((one) => nameOf(one) === `leasehold-prod-${right}`);
    const held = new Set(role && verbsOf(role));
    expect([...held].sort()).toEqual([...new Set(several.flatMap((one) => declaredFor(right, one)))].sort());
  },
);

it("lets in by its roles, and the stage's functions may take on just these", () => {
  const stage = stageOf(given, routingOf(given));
  const takes = lambdasOf(given, stage).flatMap(({ called, statements }) =>
    statements
      .filter(({ actions }) => actions.includes("sts:AssumeRole"))
      .flatMap(({ resources }) => resources.map((role) => `${called} ${role}`)),
  );
  const lets = rolesOf(template)
    .filter((role) => !nameOf(role).endsWith("-hop"))
    .flatMap((role) => {
      const [said] =
        JSON.stringify(role.Properties["AssumeRolePolicyDocument"])
          .match(/"aws:PrincipalArn":(\[[^\]]*\])/)
          ?.slice(1) ?? [];
      const takers = JSON.parse(said ?? "[]") as string[];
      return ["444455556666", "777788889999"].flatMap((id) =>
        takers.map((arn) => `${arn.split("/")[1]} arn:aws:iam::${id}:role/${nameOf(role)}`),
      );
    });
  expect(takes.sort()).toEqual(lets.sort());
  expect(takes).toHaveLength(24);
});

it("hands on just what the hub lets arrive from its accounts, and nothing that can carry a live token", () => {
  const { arriving, sent } = routingOf(given);
  const fromMembers = arriving.filter(({ accounts }) => accounts.includes("444455556666"));
  expect([...new Set(sent.map(({ called }) => called))].sort()).toEqual(fromMembers.map(({ called }) => called).sort());
  expect(of(template, "AWS::Events::Rule").map(nameOf).sort()).toEqual(sent.map(({ called }) => called).sort());
  expect(sent.filter(({ connector }) => ["aws-sts", "aws-bedrock", "aws-cloudtrail"].includes(connector))).toEqual([]);
});

it("takes a right that nobody has by default as an opt-in, account by account", () => {
  const defaults = Object.entries(template.Parameters).flatMap(([name, of]) => {
    const { Default, AllowedValues } = of as { Default: string; AllowedValues?: readonly string[] };
    return AllowedValues ? [[name, Default]] : [];
  });
  expect(Object.fromEntries(defaults)).toMatchObject({ ActAllowed: "yes", DeleteAllowed: "yes" });
  for (const [name, is] of defaults)
    expect([name, is]).toEqual([name, /^(Act|Delete)/.test(name ?? "") ? "yes" : "no"]);
});

it("names the role of an account where few are named, and its name alone where they would not fit", async () => {
  const accounts = Array.from({ length: 400 }, (_, n) => ({ id: String(200_000_000_000 + n) }));
  const many = await checkGiven("prod", { ...members, aws: { ...members.aws, accounts } });
  const role = rolesOf(inAccount(memberTemplate(many))).find((one) => nameOf(one) === "leasehold-prod-act");
  expect(allowedTo(role!).length).toBeGreaterThan(0);
  const all = lambdasOf(many, stageOf(many, routingOf(many)));
  const act = all.find(({ called }) => called === "leasehold-prod-aws-iam-act");
  expect(act?.statements.find(({ actions }) => actions.includes("sts:AssumeRole"))?.resources).toEqual([
    "arn:aws:iam::*:role/leasehold-prod-act",
  ]);
  for (const { statements } of all) expect(JSON.stringify(statements).length).toBeLessThan(10_240);
});

it.each<[string, Partial<NonNullable<typeof members.aws>>, string]>([
  ["the hub itself", { accounts: [{ id: "111122223333" }] }, "aws.accounts"],
  ["an account twice", { accounts: [{ id: "444455556666" }, { id: "444455556666" }] }, "aws.accounts"],
  ["accounts without an external id", { externalId: undefined }, "aws.externalId"],
  ["a short external id", { externalId: "x" }, "aws.externalId"],
])("%s is refused, and says where", async (_title, aws, where) => {
  await expect(checkGiven("prod", { ...members, aws: { ...members.aws, ...aws } })).rejects.toMatchObject({
    name: "BadInput",
    facts: { where: expect.stringContaining(where) },
  });
});

it("every connector of several accounts does nothing that is of one alone", async () => {
  const all = await Promise.all(Object.values(connectors).map((load) => load()));
  const several = all.filter(({ places }) => places !== undefined);
  expect(several.map(({ id }) => id)).toContain("aws-iam");
  for (const one of several)
    expect([one.id, declare(one).parts.filter((part) => !["check", "lists", "polls"].includes(part))]).toEqual([
      one.id,
      [],
    ]);
});

it("is made of roles, policies and rules, and of nothing else", () => {
  expect([...new Set(Object.values(template.Resources).map(({ Type }) => Type))].sort()).toEqual([
    "AWS::Events::Rule",
    "AWS::IAM::ManagedPolicy",
    "AWS::IAM::Role",
  ]);
});

describe("the script", () => {
  const script = (config: string, ...args: readonly string[]) =>
    spawnSync(process.execPath, ["scripts/generate-member-stack.ts", ...args], {
      ...{ cwd: fileURLToPath(new URL("../../../", import.meta.url)), encoding: "utf8" },
      env: { ...process.env, LEASEHOLD_CONFIG: config },
    });
  const CONFIG = "test/architecture/member-stack/members.config.ts";

  it("writes the same to the file, and says in which Regions it belongs", () => {
    const home = mkdtempSync(join(tmpdir(), "leasehold-stack-"));
    const out = join(home, "members.json");
    const { status, stdout, stderr } = script(CONFIG, "--stage", "prod", "--out", out);
    const text = existsSync(out) ? readFileSync(out, "utf8") : stderr;
    rmSync(home, { recursive: true });
    expect([status, stdout, text]).toEqual([0, "", `${JSON.stringify(written, null, 2)}\n`]);
    expect(stderr).toContain("eu-central-1, us-east-1, in this order");
  });

  it.each<[string, string, readonly string[], RegExp]>([
    ["no stage", CONFIG, [], /^--stage: say of which stage/],
    ["a flag that there is not", CONFIG, ["--stages", "prod"], /Unknown option '--stages'/],
    [
      "no accounts",
      "test/infra/stages/home.config.ts",
      ["--stage", "prod"],
      /^aws.accounts: .* names no further account/,
    ],
    ["no such file", "nowhere.config.ts", ["--stage", "prod"], /^leasehold.config.ts: there is no leasehold.config.ts/],
  ])("refuses %s, and says where", (_title, config, args, said) => {
    const { status, stdout, stderr } = script(config, ...args);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(said);
  });
});
