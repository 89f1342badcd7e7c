import { back, type Target } from "@leasehold/core/connector";
import { Instant, laterBy } from "@leasehold/core/kernel";
import { emailAccount, lineageOf } from "@leasehold/core/lineage";
import { Signal } from "@leasehold/core/signal";
import { describe, expect, it } from "vitest";
import { MONDAY } from "../../../../test/support/clock.ts";
import { simulatorOf, startedFrom } from "../../../../test/support/connectors.ts";
import {
  ACCOUNT,
  account,
  first,
  key,
  endingOf as of,
  roleTarget,
  USER,
  WHO,
} from "../../../../test/support/iam-sessions.ts";
import { accessKey, iamRole, iamRoleArn } from "../../kit/index.ts";
import type { Api } from "./api.ts";
import { ENDED_POLICY, ROLE_SESSIONS, roleSessionsOf, USER_SESSIONS } from "./handles.ts";
import { UNSUPPORTED } from "./inline-deny.ts";
import { lister } from "./inventory/index.ts";
import { sourceIdentitiesOf } from "./inventory/trust.ts";
import { aRole, MADE, ROLE_ID, sample, type World } from "./simulated-account.ts";

const simulator = await simulatorOf("aws-iam");
const trusting = (sourceIdentity: unknown) => ({
  Version: "2012-10-17",
  Statement: [
    {
      ...{ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } },
      ...{ Action: ["sts:AssumeRole", "sts:SetSourceIdentity"] },
      Condition: { StringEquals: { "sts:SourceIdentity": sourceIdentity } },
    },
  ],
});

const long = (characters: number) => ({ Version: "2012-10-17", Statement: [{ Sid: "x".repeat(characters) }] });
describe("ending sessions is refused", () => {
  it.each<[title: string, type: string, target: Target, over: (world: World) => void, because: RegExp]>([
    [
      "while a key is on that opens new ones",
      USER_SESSIONS,
      USER,
      (world) => void first(world).keys.push(key("Active")),
      /AKIAIOSFODNN7EXAMPLE is still on/,
    ],
    [
      "of a user that is tagged",
      USER_SESSIONS,
      USER,
      (world) => void Object.assign(first(world).tags, { "leasehold:never-touch": "" }),
      /never touched: its user is tagged/,
    ],
    [
      "of a user that was made again under the name",
      USER_SESSIONS,
      { ...USER, handle: { ...USER.handle, userId: "AIDAEXAMPLEOFBEFORE" } },
      () => {},
      /the user no longer exists/,
    ],
    [
      "where the settings do not opt in",
      USER_SESSIONS,
      USER,
      (world) => void delete world.contain,
      new RegExp(UNSUPPORTED.slice(0, 40)),
    ],
    [
      "where somebody's policy has our name",
      USER_SESSIONS,
      USER,
      (world) => void Object.assign(first(world).inline, { [ENDED_POLICY]: long(1) }),
      /not as we write it/,
    ],
    [
      "on a role that is tagged",
      ROLE_SESSIONS,
      roleTarget("shared"),
      ({ roles = [] }) => void Object.assign(roles[0]!.tags, { "Leasehold:Never-Touch": "" }),
      /never touched: it is tagged/,
    ],
    [
      "on a role of a service of AWS",
      ROLE_SESSIONS,
      roleTarget("AWSServiceRoleForSupport"),
      ({ roles = [] }) =>
        void roles.push(aRole("AWSServiceRoleForSupport", { path: "/aws-service-role/support.amazonaws.com/" })),
      /belongs to a service of AWS/,
    ],
    [
      "on a role of Identity Center",
      ROLE_SESSIONS,
      roleTarget("AWSReservedSSO_Admin_1"),
      ({ roles = [] }) =>
        void roles.push(aRole("AWSReservedSSO_Admin_1", { path: "/aws-reserved/sso.amazonaws.com/" })),
      /belongs to IAM Identity Center/,
    ],
    [
      "on our own role",
      ROLE_SESSIONS,
      roleTarget("leasehold-prod-wake"),
      ({ roles = [] }) => void roles.push(aRole("leasehold-prod-wake")),
      /Leasehold's own/,
    ],
    [
      "on a role that was made again under the name",
      ROLE_SESSIONS,
      roleTarget("shared", "AROAEXAMPLEOFBEFORE"),
      () => {},
      /the role no longer exists/,
    ],
  ])("%s", async (_title, type, target, over, because) => {
    const { api, now } = account(over);
    const before = now();
    const plan = await of(type).plan(api, target);
    expect(plan.refusals.join()).toMatch(because);
    await expect(of(type).apply(api, { ...plan, refusals: [] })).rejects.toMatchObject({ name: "StalePlan" }); // whoever asked
    expect(now()).toEqual(before);
  });

  it.each([
    ["user", USER_SESSIONS, USER, 2_048],
    ["role", ROLE_SESSIONS, roleTarget("shared"), 10_240],
  ] as const)("where no further policy fits into the %s, and nothing was changed", async (on, type, target, most) => {
    const { api, now } = account((world) => {
      const holder = on === "user" ? first(world) : world.roles![0]!;
      holder.inline = { theirs: long(most - 200) };
    });
    const plan = await of(type).plan(api, target);
    const refused = { name: "StalePlan", message: expect.stringMatching(`no further policy fits into the ${on}`) };
    await expect(of(type).apply(api, plan)).rejects.toMatchObject(refused);
    expect(Object.keys((on === "user" ? first(now()) : now().roles![0]!).inline)).toEqual(["theirs"]);
  });

  it("of a handle with what is no source identity: it would end up in a policy", async () => {
    const { api, calls } = account();
    const target = roleTarget("shared");
    const wrong = { ...target, handle: { ...target.handle, sourceIdentity: 'ada","*' } };
    await expect(of(ROLE_SESSIONS).plan(api, wrong)).rejects.toMatchObject({ name: "BadInput" });
    expect(calls).toEqual([]);
  });
});

describe("ending sessions", () => {
  it("denies what was issued before the act, and leaves the user's own policies as they were", async () => {
    const { api, now } = account((world) => {
      first(world).keys.push(key("Inactive"));
      first(world).inline = { theirs: long(1) };
    });
    const action = of(USER_SESSIONS);
    const receipt = await action.apply(api, await action.plan(api, USER));
    expect(first(now()).inline).toEqual({
      theirs: long(1),
      [ENDED_POLICY]: {
        Version: "2012-10-17",
        Statement: [
          {
            ...{ Sid: "LeaseholdEndSessions", Effect: "Deny", Action: "*", Resource: "*" },
            Condition: { DateLessThan: { "aws:TokenIssueTime": laterBy(MONDAY, 60) } },
          },
        ],
      },
    });
    await action.apply(api, back(receipt));
    expect(first(now()).inline).toEqual({ theirs: long(1) });
  });

  it.each([
    ["2026-11-02T09:00:00.000Z", "2026-11-02T09:01:00.000Z"],
    ["2026-11-02T09:00:00.001Z", "2026-11-02T09:02:00.000Z"],
    ["2026-11-02T23:59:59.999Z", "2026-11-03T00:01:00.000Z"],
  ])("at %s denies what a key opened that was off a moment before, while not every replica knew", async (at, until) => {
    const { api, now } = account((world) => void first(world).keys.push(key("Inactive")));
    const action = of(USER_SESSIONS);
    const then: Api = { ...api, account: ACCOUNT, contain: { now: () => Instant.parse(at) }, send: api.send };
    const receipt = await action.apply(then, await action.plan(then, USER));
    const text = JSON.stringify(first(now()).inline[ENDED_POLICY]);
    expect(text).toContain(`"aws:TokenIssueTime":"${until}"`);
    first(now()).keys[0]!.lastUsed = laterBy(Instant.parse(at), action.settlesAfter);
    expect(await action.verify(then, receipt)).toMatchObject({ verdict: "confirmed" }); // it is denied what it opened then
    first(now()).keys[0]!.lastUsed = until as Instant; // IAM tells the minute: that one may have been opened after it
    expect(await action.verify(then, receipt)).toMatchObject({ verdict: "still alive" });
  });

  it("is taken back also where a key is on again, or the right is still there and the tag has come", async () => {
    const { api, now } = account();
    const action = of(USER_SESSIONS);
    const receipt = await action.apply(api, await action.plan(api, USER));
    first(now()).keys.push(key("Active"));
    first(now()).tags["leasehold:never-touch"] = "";
    await action.apply(api, back(receipt));
    expect(first(now()).inline).toEqual({});
  });

  it("of two people on one role are two policies, each taken back by itself", async () => {
    const { api, now } = account();
    const action = of(ROLE_SESSIONS);
    const other = { ...roleTarget("shared"), handle: { ...roleTarget("shared").handle, sourceIdentity: "grace" } };
    const receipt = await action.apply(api, await action.plan(api, roleTarget("shared")));
    await action.apply(api, await action.plan(api, other));
    const names = () => Object.keys(now().roles![0]!.inline);
    expect(names()).toEqual([`${ENDED_POLICY}-of-${WHO}`, `${ENDED_POLICY}-of-grace`]);
    await action.apply(api, back(receipt));
    expect(names()).toEqual([`${ENDED_POLICY}-of-grace`]);
  });

  it("does not take a list of keys that was cut short for one without any", async () => {
    const { api } = account();
    const send = async (command: object) => {
      const said = await (api.send as (one: unknown) => Promise<object>)(command);
      return "AccessKeyMetadata" in said ? { ...said, IsTruncated: true } : said;
    };
    const cut = { account: ACCOUNT, contain: api.contain, send } as unknown as Api;
    await expect(of(USER_SESSIONS).plan(cut, USER)).rejects.toMatchObject({ name: "Unavailable" });
  });
});

describe("whose sessions there are", () => {
  const allow = (Condition?: object, Action: unknown = "sts:AssumeRole") => ({
    ...{ Effect: "Allow", Principal: { AWS: "*" }, Action },
    ...(Condition && { Condition }),
  });
  const named = (...Statement: object[]) => sourceIdentitiesOf(JSON.stringify({ Version: "2012-10-17", Statement }));

  it.each<[string, object[], readonly string[]]>([
    ["one name", [allow({ StringEquals: { "sts:SourceIdentity": "ada" } })], ["ada"]],
    [
      "some, in another spelling of the key",
      [allow({ StringEquals: { "STS:sourceidentity": ["grace", "ada"] } })],
      ["ada", "grace"],
    ],
    ["a pattern that is a name", [allow({ StringLike: { "sts:SourceIdentity": "ada" } })], ["ada"]],
    [
      "of two statements",
      [
        allow({ StringEquals: { "sts:SourceIdentity": "ada" } }),
        allow({ StringEquals: { "sts:SourceIdentity": "leo" } }),
      ],
      ["ada", "leo"],
    ],
    [
      "beside one about tags alone",
      [allow({ StringEquals: { "sts:SourceIdentity": "ada" } }), allow(undefined, "sts:TagSession")],
      ["ada"],
    ],
    ["a pattern", [allow({ StringLike: { "sts:SourceIdentity": "a*" } })], []],
    ["a name that is one where there is one", [allow({ StringEqualsIfExists: { "sts:SourceIdentity": "ada" } })], []],
    ["everybody but one", [allow({ StringNotEquals: { "sts:SourceIdentity": "ada" } })], []],
    ["a way in beside it that asks for none", [allow({ StringEquals: { "sts:SourceIdentity": "ada" } }), allow()], []],
    ["none", [allow()], []],
  ])("is read from a trust policy with %s", (_title, statements, expected) => {
    expect(named(...statements)).toEqual(expected);
  });

  it("is none where the policy cannot be read", () => {
    expect(["{", undefined, "[]"].map(sourceIdentitiesOf)).toEqual([[], [], []]);
  });

  async function listed(contain: boolean) {
    const world: World = {
      ...structuredClone(sample),
      ...(contain && { contain: true as const }),
      roles: [aRole("shared", { trust: trusting([WHO, "grace"]), tags: { owner: "leo@example.com" } })],
    };
    const { live } = startedFrom(simulator, world);
    const signals = [];
    let cursor: string | undefined;
    do {
      const page = await lister.page(live.api as Api, cursor, Instant.parse("2026-11-02T09:00:00.000Z"));
      signals.push(...page.signals);
      cursor = page.next;
    } while (cursor !== undefined);
    return signals;
  }
  const sessionsIn = (signals: readonly Signal[]) =>
    signals.flatMap((one) => (one.kind === "credential.seen" && /sessions|temporary/.test(one.type) ? [one] : []));

  it("is listed where somebody lets us end them, each once, and a name that is an address says whose", async () => {
    const seen = sessionsIn(await listed(true));
    expect(new Set(seen.map(({ credential }) => credential)).size).toBe(seen.length);
    expect(seen.filter(({ type }) => type === USER_SESSIONS)).toHaveLength(sample.users.length);
    const onRole = seen.filter(({ type }) => type === ROLE_SESSIONS);
    expect(onRole.map(({ handle, owner }) => [handle["sourceIdentity"], owner !== undefined])).toEqual([
      [WHO, true],
      ["grace", false], // not whoever owns the role
    ]);
    expect(new Set(seen.map(({ source }) => source.eventId)).size).toBe(seen.length);
  });

  it("stays on the list while our policy stands, whomever the role lets in now", async () => {
    const { api, now } = account(({ roles = [] }) => void Object.assign(roles[0]!, { trust: trusting([WHO]) }));
    const onRoles = async () =>
      sessionsIn((await lister.page(api, "roles:", MONDAY)).signals).map(({ state }) => state);
    expect(await onRoles()).toEqual(["on"]);
    await of(ROLE_SESSIONS).apply(api, await of(ROLE_SESSIONS).plan(api, roleTarget("shared")));
    now().roles![0]!.trust = trusting("*");
    expect(await onRoles()).toEqual(["off"]);
    now().roles![0]!.inline = { [`${ENDED_POLICY}-of-${WHO}`]: long(1) }; // somebody else's, by our name
    expect(await onRoles()).toEqual([]);
  });

  it("is not listed where nobody does", async () => {
    expect(sessionsIn(await listed(false))).toEqual([]);
  });

  it.each([
    ["grace", undefined],
    [WHO, emailAccount(WHO)],
  ])("of %s are never taken for those of whoever made the role, or whom its tags name", async (who, owner) => {
    const leo = emailAccount("leo@example.com");
    const made = Signal.parse({
      ...{ kind: "identity.created", tenant: ACCOUNT, identity: iamRole(iamRoleArn(ACCOUNT, "shared")) },
      source: { connector: "aws-iam", eventId: "made", occurredAt: MADE },
      by: { realm: "okta", name: "leo@example.com", via: "idp-user", account: leo },
    });
    const { subjects } = lineageOf([made, ...(await listed(true))]);
    const evidenceOn = (id: string) =>
      subjects.find((one) => one.id === id)?.evidence.map(({ candidate }) => candidate);
    expect(evidenceOn(accessKey(ROLE_ID))).toContain(leo);
    expect(evidenceOn(roleSessionsOf(ROLE_ID, who))).toEqual(owner === undefined ? [] : [owner]);
    const names = sessionsIn(await listed(true)).flatMap(({ type, identity }) =>
      type === ROLE_SESSIONS ? [identity.name] : [],
    );
    expect(new Set(names)).toEqual(new Set([iamRoleArn(ACCOUNT, "shared")])); // what protects the role protects them
  });
});
