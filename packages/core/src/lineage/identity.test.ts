import { describe, expect, it } from "vitest";
import { derivedId, Instant } from "../kernel/index.ts";
import { Signal } from "../signal/index.ts";
import { contributions, join, runsAs, type Subject } from "./index.ts";

const at = (day: number) => Instant.parse(`2026-03-0${day}T09:00:00Z`);
const ARN = "arn:aws:bedrock-agentcore:eu-west-1:111122223333:gateway/search-1";
const GATEWAY = { id: derivedId("idn", "aws", ARN), realm: "aws", name: ARN } as const;
const ROLES = ["search", "other"].map((name) => `arn:aws:iam::111122223333:role/${name}`);
const [ROLE = "", OTHER = ""] = ROLES.map((arn) => derivedId("idn", "aws", arn));
const TOOL = derivedId("idn", "aws", `${ARN}/target/T1`);
const PROVIDER = derivedId("crd", "aws", "arn:example:provider");
const ADA = derivedId("acc", "okta", "example", "ada");
const by = { realm: "aws", name: "ada", via: "on-behalf-of", account: ADA };

const said = (kind: string, more: object = {}, day = 2) =>
  Signal.parse({
    ...{ kind, source: { connector: "aws-agentcore", eventId: `e${day}`, occurredAt: at(day) } },
    ...{ tenant: "111122223333", identity: GATEWAY, ...more },
    ...(kind === "identity.seen" ? { type: "gateway" } : { by }),
  });
const joined = (...signals: readonly Signal[]) =>
  signals
    .flatMap(contributions)
    .filter(({ subject }) => subject.id === GATEWAY.id)
    .reduce<Subject | undefined>(join, undefined);
const edgesOf = (signal: Signal) =>
  contributions(signal).flatMap(({ edges }) => edges.map(({ from, rel, to }) => [from, rel, to]));
const fact = (subject: Subject | undefined, name: string) => subject?.facts[name]?.value;

const KINDS = ["identity.created", "identity.changed", "identity.seen"] as const;

describe.each(KINDS)("%s", (kind) => {
  it("keeps by which role it acts and how it asks whoever calls, and finds it from the role", () => {
    const signal = said(kind, { role: ROLES[0], authorizer: "NONE" });
    expect(joined(signal)?.facts).toMatchObject({ role: { value: ROLES[0] }, authorizer: { value: "NONE" } });
    expect(edgesOf(signal)).toEqual([[ROLE, "runs", GATEWAY.id]]);
  });

  it("leads to what it uses, and from whoever uses it", () => {
    expect(edgesOf(said(kind, { uses: [TOOL, PROVIDER] }))).toEqual([
      [GATEWAY.id, "uses", TOOL],
      [GATEWAY.id, "uses", PROVIDER],
    ]);
    expect(edgesOf(said(kind, { usedBy: TOOL }))).toEqual([[TOOL, "uses", GATEWAY.id]]);
  });

  it("has the same fact for the same uses in another order, and another for others", () => {
    const uses = (...all: readonly string[]) => fact(joined(said(kind, { uses: all })), "uses");
    expect(uses(TOOL, PROVIDER)).toBe(uses(PROVIDER, TOOL));
    expect(uses(TOOL)).not.toBe(uses(PROVIDER));
    expect(fact(joined(said(kind)), "uses")).toBeUndefined();
  });

  it("is evidence of an owner only where it says who made it, or who is named", () => {
    const kinds = contributions(said(kind)).flatMap(({ evidence }) => evidence.map((one) => one.kind));
    expect(kinds).toEqual(kind === "identity.created" ? ["identity-made-by"] : []);
    if (kind === "identity.changed") return;
    const owned = contributions(said(kind, { owner: ADA })).flatMap(({ evidence }) => evidence.map((one) => one.kind));
    expect(owned).toContain("declared");
  });
});

describe("the role by which it acts now", () => {
  const before = said("identity.created", { role: ROLES[0] });
  const after = said("identity.changed", { role: ROLES[1] }, 3);

  it.each([
    ["as it was made", [before], true, false],
    ["as it was changed", [before, after], false, true],
    ["in whatever order that is heard", [after, before], false, true],
    ["not where it was deleted", [before, after, said("identity.deleted", {}, 4)], false, false],
    ["again where a list has it", [before, said("identity.deleted", {}, 3), said("identity.seen", {}, 4)], true, false],
  ] as const)("is known %s", (_title, signals, first, second) => {
    const subject = joined(...signals);
    if (subject === undefined) throw new Error("nothing was said");
    expect([runsAs(subject, ROLE), runsAs(subject, OTHER)]).toEqual([first, second]);
  });
});

it("keeps of an account where it stands in its organisation, in one spelling", () => {
  const member = { id: "222233334444", name: "Sandbox", state: "ACTIVE", path: "o-1/r-1/ou-1" };
  const one = said("identity.seen", { member: { ...member, roles: ["management", "delegated administrator"] } });
  const other = said("identity.seen", { member: { roles: ["delegated administrator", "management"], ...member } });
  expect(JSON.parse(fact(joined(one), "member") ?? "")).toEqual({
    ...member,
    roles: ["delegated administrator", "management"],
  });
  expect(fact(joined(other), "member")).toBe(fact(joined(one), "member"));
});
