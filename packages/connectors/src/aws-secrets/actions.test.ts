import { type Action, back } from "@leasehold/core/connector";
import { describe, expect, it } from "vitest";
import { simulatorOf, startedFrom } from "../../../../test/support/connectors.ts";
import { actions } from "./actions.ts";
import type { Api } from "./api.ts";
import { allowing, denying, policyIn } from "./deny.ts";
import { credentialOf, secretNamed } from "./named.ts";
import { aSecret, empty, type Secret, type World } from "./simulated-account.ts";

const [deny, erase] = actions as [Action<Api>, Action<Api>];
const simulator = await simulatorOf("aws-secrets");
const NAME = "prod/search";
const place = { partition: "aws", region: "eu-west-1", account: empty.account };
const target = (name = NAME, region = "eu-west-1") => ({
  credential: credentialOf(secretNamed({ ...place, region }, name)),
  handle: { account: empty.account, region, name },
});
const LETS = { Sid: "app", Effect: "Allow", Principal: { AWS: "arn:aws:iam::111122223333:role/app" }, Action: "*" };
const policy = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Id: "theirs", Statement });

function account(over: Partial<Secret> = {}, contain = true) {
  const secret = aSecret(NAME, over);
  const { live, calls, world } = startedFrom(simulator, {
    ...empty,
    ...(contain && { contain: true as const }),
    secrets: [{ ...secret, name: over.name ?? NAME }],
  });
  return { api: live.api as Api, calls, now: () => (world() as World).secrets[0] };
}

function twins(name: string) {
  const secrets = [aSecret(NAME), aSecret(name)];
  const { live, world } = startedFrom(simulator, { ...empty, contain: true as const, secrets });
  return { api: live.api as Api, both: () => (world() as World).secrets };
}

/** Somebody acts right before each call; and each is asked by another name, if there is one. */
const meeting = (api: Api, first: (verb: string) => unknown, asks?: string): Api => ({
  ...{ account: api.account, regions: api.regions, contain: true, parameters: (region) => api.parameters(region) },
  secrets: (region) =>
    ((command: { input: object; constructor: { name: string } }) => {
      first(command.constructor.name.replace("Command", ""));
      if (asks !== undefined) Object.assign(command.input, { SecretId: asks });
      return (api.secrets(region) as (one: unknown) => unknown)(command);
    }) as ReturnType<Api["secrets"]>,
});

describe("a policy", () => {
  it.each<[string, string | undefined, ReturnType<typeof policyIn>["reads"]]>([
    ["that there is none of", undefined, "Allowed"],
    ["of somebody's", policy(LETS), "Allowed"],
    ["with ours in it", denying(policy(LETS)), "Denied"],
    [
      "with ours as AWS may spell it",
      policy(LETS, {
        ...{ Sid: "LeaseholdDenyReads", Effect: "Deny", Principal: { AWS: ["*"] } },
        ...{ Action: ["secretsmanager:GetSecretValue"], Resource: ["*"] },
      }),
      "Denied",
    ],
    ["with one of our name that denies less", policy({ Sid: "LeaseholdDenyReads", Effect: "Deny" }), "unclear"],
    ["with ours twice", denying(denying(undefined)), "unclear"],
    ["of one statement that is in no list", JSON.stringify({ Statement: LETS }), "Allowed"],
    ["that is no policy", "{", "unclear"],
    ["whose statements are none", JSON.stringify({ Statement: ["x"] }), "unclear"],
  ])("%s is read", (_title, text, reads) => {
    expect(policyIn(text).reads).toBe(reads);
  });

  it("is given back as it was, all of it but ours", () => {
    for (const text of [policy(LETS), policy(LETS, LETS), policy({ Sid: "a" }, LETS, { Sid: "b", NotAction: "x" })]) {
      expect(JSON.parse(denying(text))).toMatchObject({ Version: "2012-10-17", Id: "theirs" });
      expect(JSON.parse(allowing(denying(text)) ?? "")).toEqual(JSON.parse(text));
    }
    expect(allowing(denying(undefined))).toBeUndefined();
  });
});

describe("a secret", () => {
  it("is locked with all of its policy left as it was, and given back", async () => {
    const { api, now } = account({ policy: policy(LETS) });
    const receipt = await deny.apply(api, await deny.plan(api, target()));
    expect(JSON.parse(now()?.policy ?? "")).toMatchObject({
      Id: "theirs",
      Statement: [LETS, { Effect: "Deny", Principal: "*" }],
    });
    await deny.apply(api, back(receipt));
    expect(JSON.parse(now()?.policy ?? "")).toEqual(JSON.parse(policy(LETS)));
  });

  it("that had no policy has none again", async () => {
    const { api, now } = account();
    const receipt = await deny.apply(api, await deny.plan(api, target()));
    expect(now()?.policy).not.toBeNull();
    await deny.apply(api, back(receipt));
    expect(now()?.policy).toBeNull();
  });

  it("whose policy somebody changed since is neither locked nor given back over it", async () => {
    const { api, now } = account({ policy: policy(LETS) });
    const plan = await deny.plan(api, target());
    const receipt = await deny.apply(api, plan);
    const theirs = denying(policy(LETS, { ...LETS, Sid: "one more" }));
    Object.assign(now() ?? {}, { policy: theirs });
    await expect(deny.apply(api, back(receipt))).rejects.toMatchObject({ name: "StalePlan" });
    expect(now()?.policy).toBe(theirs);
    Object.assign(now() ?? {}, { policy: policy({ ...LETS, Sid: "another" }) });
    await expect(deny.apply(api, plan)).rejects.toMatchObject({ name: "StalePlan" });
  });

  it("that was made again under the name is another one", async () => {
    const { api, now } = account();
    const receipt = await deny.apply(api, await deny.plan(api, target()));
    Object.assign(now() ?? {}, { createdAt: "2026-11-01T08:00:00.000Z" });
    await expect(deny.apply(api, back(receipt))).rejects.toMatchObject({ name: "StalePlan" });
  });

  it.each([deny, erase])("that is made anew between the look and the call is another one: $verb", async (action) => {
    const { api, now } = account({ policy: action === deny ? null : denying(undefined) });
    const plan = await action.plan(api, target());
    const before = structuredClone(now());
    const anew = meeting(api, (verb) => verb !== "DescribeSecret" && Object.assign(now() ?? {}, { suffix: "XyZ987" }));
    await expect(action.apply(anew, plan)).rejects.toMatchObject({ name: "StalePlan" });
    expect(now()).toEqual({ ...before, suffix: "XyZ987" });
  });

  it.each([deny, erase])("is not taken for one that AWS finds by another name: $verb", async (action) => {
    const { api, now } = account({ name: `${NAME}-ab12cd` });
    const before = structuredClone(now());
    const other = meeting(api, () => undefined, `${NAME}-ab12cd`);
    await expect(action.plan(other, target())).rejects.toMatchObject({ name: "Unavailable" });
    expect(now()).toEqual(before);
  });

  it.each([
    ["ends as an ARN does", `${NAME}-ab12cd`],
    ["ends in six letters", `${NAME}-secret`],
  ])("whose name %s is itself, and its namesake without it stays as it is", async (_title, name) => {
    const { api, both } = twins(name);
    const receipt = await deny.apply(api, await deny.plan(api, target(name)));
    expect(both().map(({ policy }) => policy !== null)).toEqual([false, true]);
    await deny.apply(api, back(receipt));
    await deny.apply(api, await deny.plan(api, target()));
    expect(both().map(({ policy }) => policy !== null)).toEqual([true, false]);
  });

  it("is deleted with thirty days, and is gone to us at once", async () => {
    const { api, now, calls } = account({ policy: denying(undefined) });
    const inputs: unknown[] = [];
    const spied: Api = {
      ...{ account: api.account, regions: api.regions, contain: true, parameters: (region) => api.parameters(region) },
      secrets: (region) =>
        ((command: { input: unknown }) => {
          inputs.push(command.input);
          return (api.secrets(region) as (one: unknown) => unknown)(command);
        }) as ReturnType<Api["secrets"]>,
    };
    const receipt = await erase.apply(spied, await erase.plan(spied, target()));
    expect(inputs.at(-1)).toEqual({
      SecretId: expect.stringMatching(/:secret:prod\/search-\w{6}$/),
      RecoveryWindowInDays: 30,
    });
    expect(now()?.deletedAt).not.toBeNull();
    expect(await erase.verify(api, receipt)).toEqual({ verdict: "confirmed", seen: undefined });
    expect(calls.filter((one) => /GetSecretValue/.test(one))).toEqual([]);
    Object.assign(now() ?? {}, { deletedAt: null }); // somebody restored it
    expect(await erase.verify(api, receipt)).toMatchObject({ verdict: "still alive" });
  });

  it.each<[title: string, action: Action<Api>, over: Partial<Secret>, because: RegExp, contain?: boolean]>([
    ["of a service of AWS", deny, { service: "rds" }, /never touched: rds made it/],
    ["of a service of AWS, for good", erase, { service: "rds" }, /never touched: rds made it/],
    ["that is tagged", deny, { tags: { "leasehold:never-touch": "" } }, /never touched: it is tagged/],
    ["that is tagged, for good", erase, { tags: { "Leasehold:Never-Touch": "" } }, /never touched: it is tagged/],
    ["of ours", deny, { name: "leasehold/prod/slack.token" }, /Leasehold's own/],
    ["that is a copy", deny, { primary: "us-west-2" }, /the one to act on is in us-west-2/],
    ["that is a copy, for it would be gone at once", erase, { primary: "us-west-2" }, /in us-west-2/],
    ["that has copies, for good", erase, { copies: ["us-west-2"] }, /copies in other Regions/],
    [
      "with a copy that does not follow",
      deny,
      { copies: ["us-west-2"], copied: "Failed" },
      /copy in us-west-2 .* read on/,
    ],
    ["whose policy nobody understands", deny, { policy: "{" }, /cannot be read/],
    ["whose policy nobody understands, for good", erase, { policy: "{" }, /cannot be read/],
    ["whose policy is full", deny, { policy: policy({ Sid: "x".repeat(20_400) }) }, /does not fit/],
    ["without the right", deny, {}, /^unsupported/, false],
  ])("%s is left alone", async (_title, action, over, because, contain = true) => {
    const { api, now } = account(over, contain);
    const before = structuredClone(now());
    const plan = await action.plan(api, target(over.name));
    expect(plan.refusals.join()).toMatch(because);
    await expect(action.apply(api, { ...plan, refusals: [] })).rejects.toMatchObject({ name: "StalePlan" }); // whoever asked
    expect(now()).toEqual(before);
  });

  it.each<[title: string, copied: Secret["copied"], said: object | undefined]>([
    ["in step", undefined, { verdict: "confirmed" }],
    ["that could not be made to follow, and is read on", "Failed", { verdict: "still alive" }],
    ["that follow still", "InProgress", undefined],
  ])("is locked only with its copies: %s", async (_title, copied, said) => {
    const { api, now } = account({ copies: ["us-west-2", "eu-north-1"] });
    const receipt = await deny.apply(api, await deny.plan(api, target()));
    Object.assign(now() ?? {}, copied && { copied });
    const read = deny.verify(api, receipt);
    if (said === undefined) await expect(read).rejects.toMatchObject({ name: "Unavailable" });
    else expect(await read).toMatchObject(said);
    const undone = await deny.apply(api, back(receipt));
    expect(await deny.verify(api, undone)).toMatchObject({ verdict: "confirmed" });
  });

  it("that is tagged since is given back all the same", async () => {
    const { api, now } = account();
    const receipt = await deny.apply(api, await deny.plan(api, target()));
    Object.assign(now()?.tags ?? {}, { "leasehold:never-touch": "" });
    await deny.apply(api, back(receipt));
    expect(now()?.policy).toBeNull();
  });

  it.each([
    ["of another account", { ...target(), handle: { ...target().handle, account: "444455556666" } }, "handle.account"],
    ["of a Region that nobody named", target(NAME, "us-west-2"), "handle.region"],
  ])("%s is not even asked for", async (_title, other, where) => {
    const { api, calls } = account();
    for (const action of [deny, erase])
      await expect(action.plan(api, other)).rejects.toMatchObject({ name: "BadInput", facts: { where } });
    expect(calls).toEqual([]);
  });

  it("was last used on the day that Secrets Manager says, or never", async () => {
    const of = (readAt: string | null) => deny.lastUsed?.(account({ readAt }).api, target());
    expect(await of("2026-10-20T00:00:00.000Z")).toBe("2026-10-20T00:00:00.000Z");
    expect(await of(null)).toBeNull();
  });
});
