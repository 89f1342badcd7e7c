import { back } from "@leasehold/core/connector";
import { type Instant, later } from "@leasehold/core/kernel";
import { describe, expect, it } from "vitest";
import { MONDAY } from "../../../../test/support/clock.ts";
import {
  ACCOUNT,
  account,
  first,
  key,
  endingOf as of,
  roleTarget,
  USER,
} from "../../../../test/support/iam-sessions.ts";
import type { Api } from "./api.ts";
import { ENDED_POLICY, ROLE_SESSIONS, USER_SESSIONS } from "./handles.ts";
import { lister } from "./inventory/index.ts";
import { isOpenedSince, type Way } from "./opened.ts";
import { MADE, type World } from "./simulated-account.ts";

describe("sessions of a user that were opened since are alive, though our policy is still there", () => {
  const LATER = "2026-11-02T10:00:00.000Z" as Instant;
  const action = of(USER_SESSIONS);
  const off = (over: object = {}) => ({ ...key("Inactive"), ...over });
  const ended = async (over: (world: World) => void = () => {}) => {
    const one = account((world) => {
      first(world).keys.push(key("Inactive"));
      over(world);
    });
    return { ...one, receipt: await action.apply(one.api, await action.plan(one.api, USER)) };
  };
  const listedAs = async (api: Api) => {
    const { signals } = await lister.page(api, undefined, LATER);
    return signals.flatMap((one) => (one.kind === "credential.seen" && one.type === USER_SESSIONS ? [one.state] : []));
  };
  const opens: [by: string, since: (world: World) => void][] = [
    ["a key that is on again", (world) => void Object.assign(first(world).keys[0]!, { status: "Active" })],
    [
      "a key that was on, was used, and is off again",
      (world) => void Object.assign(first(world).keys[0]!, { lastUsed: LATER }),
    ],
    ["a key that was made since, and is off again", (world) => void first(world).keys.push(off({ createdAt: LATER }))],
    [
      "a password that was made since",
      (world) => void Object.assign(first(world), { password: { createdAt: LATER, lastUsed: null } }),
    ],
  ];

  it.each(opens)("by %s", async (_by, since) => {
    const { api, now, receipt } = await ended();
    expect(await action.verify(api, receipt)).toMatchObject({ verdict: "confirmed" });
    expect(await listedAs(api)).toEqual(["off"]);
    since(now());
    expect(await action.see(api, USER)).toEqual({ sessions: "Live" });
    expect(await action.verify(api, receipt)).toMatchObject({ verdict: "still alive" });
    expect(await listedAs(api)).toEqual(["on"]);
  });

  it.each(opens)("by %s, and the undo of what we did takes our policy away all the same", async (_by, since) => {
    const { api, now, receipt } = await ended();
    since(now());
    expect(await action.apply(api, back(receipt))).toMatchObject({ adopted: false });
    expect(first(now()).inline).toEqual({});
    expect(await action.apply(api, back(receipt))).toMatchObject({ adopted: true });
  });

  it.each(["ListAccessKeys", "GetAccessKeyLastUsed", "GetLoginProfile"])(
    "and where iam:%s is refused, the list says nothing of them: it did not see what may have opened some",
    async (refused) => {
      const { api } = await ended();
      const send = (async (command: object) => {
        if (command.constructor.name === `${refused}Command`)
          throw Object.assign(new Error("no"), { name: "AccessDenied", $fault: "client" });
        return api.send(command as never);
      }) as Api["send"];
      const blind: Api = { account: ACCOUNT, contain: { now: () => LATER }, send };
      expect(await listedAs(blind)).toEqual([]);
      expect((await lister.page(blind, undefined, LATER)).whole).toBe(false);
    },
  );

  it("and are ended anew, from then on, once the keys are off again", async () => {
    const { api, now } = await ended();
    Object.assign(first(now()).keys[0]!, { status: "Active", lastUsed: "2026-11-02T09:30:00.000Z" });
    expect((await action.plan(api, USER)).refusals.join()).toMatch(/is still on/);
    Object.assign(first(now()).keys[0]!, { status: "Inactive" });
    const later: Api = { account: ACCOUNT, contain: { now: () => LATER }, send: api.send };
    const plan = await action.plan(later, USER);
    expect(plan).toMatchObject({ refusals: [], before: { sessions: "Live" }, wanted: { sessions: "Ended" } });
    expect(await action.apply(later, plan)).toMatchObject({ changed: true, adopted: false });
    expect(JSON.stringify(first(now()).inline)).toContain("2026-11-02T10:01:00.000Z");
    expect(await action.see(later, USER)).toEqual({ sessions: "Ended" });
  });

  it("and of two keys neither is forgotten", async () => {
    const { api, now } = await ended(
      (world) => void first(world).keys.push(off({ accessKeyId: "AKIAI44QH8DHBEXAMPLE" })),
    );
    expect(await action.see(api, USER)).toEqual({ sessions: "Ended" });
    first(now()).keys[1]!.lastUsed = LATER;
    expect(await action.see(api, USER)).toEqual({ sessions: "Live" });
  });
});

describe("a password that is left on opens new ones, and the plan and the proof say so", () => {
  const LEFT = { sessions: "Ended", left: "a password, by which new sessions are opened" };
  const action = of(USER_SESSIONS);
  const withPassword = (world: World) =>
    void Object.assign(first(world), { password: { createdAt: MADE, lastUsed: null } });

  it("before and after", async () => {
    const { api, now } = account(withPassword);
    const plan = await action.plan(api, USER);
    expect(plan).toMatchObject({ refusals: [], wanted: LEFT });
    const receipt = await action.apply(api, plan);
    expect(await action.verify(api, receipt)).toEqual({ verdict: "confirmed", seen: LEFT });
    first(now()).password!.lastUsed = "2026-11-02T10:00:00.000Z"; // as was said
    expect(await action.see(api, USER)).toEqual(LEFT);
    await action.apply(api, back(receipt));
    expect(first(now()).inline).toEqual({});
  });

  it("also once it is deleted, for sessions that were opened with it by then: nobody's hand is on ours", async () => {
    const { api, now } = account(withPassword);
    const receipt = await action.apply(api, await action.plan(api, USER));
    delete first(now()).password;
    expect(await action.verify(api, receipt)).toMatchObject({ verdict: "confirmed", seen: LEFT });
  });

  it("but a key that is on again is not what was said", async () => {
    const { api, now } = account(withPassword);
    await action.apply(api, await action.plan(api, USER));
    first(now()).keys.push(key("Active"));
    expect(await action.see(api, USER)).toEqual({ sessions: "Live" });
  });

  it.each<[string, (world: World) => void, (world: World) => void]>([
    ["was made", () => {}, withPassword],
    ["was deleted", withPassword, (world) => void delete first(world).password],
  ])("and where one %s since the plan, it has gone stale", async (_title, before, since) => {
    const { api, now } = account(before);
    const plan = await action.plan(api, USER);
    since(now());
    await expect(action.apply(api, plan)).rejects.toMatchObject({ name: "StalePlan" });
    expect(first(now()).inline).toEqual({});
  });
});

it.each([
  ["user", USER_SESSIONS, USER, `its user by hand: ${ENDED_POLICY}`],
  ["role", ROLE_SESSIONS, roleTarget("shared"), `its role by hand: ${ENDED_POLICY}-of-…`],
] as const)(
  "says what to do by hand where the right to undo it on a %s was taken away",
  async (on, type, target, named) => {
    const { api, now } = account();
    const receipt = await of(type).apply(api, await of(type).plan(api, target));
    const since: Api = { account: ACCOUNT, send: api.send };
    await expect(of(type).apply(since, back(receipt))).rejects.toMatchObject({
      name: "PermissionMissing",
      facts: { byHand: expect.stringContaining(named) },
    });
    expect(Object.keys((on === "user" ? first(now()) : now().roles![0]!).inline)).toHaveLength(1);
  },
);

it.each<[title: string, ways: readonly Way[], is: boolean]>([
  ["nothing", [], false],
  [
    "a key that is off, and was used before",
    [{ on: false, made: later(MONDAY, -9), used: later(MONDAY, -1 / 60) }],
    false,
  ],
  ["a key that is off, and was used at that very minute", [{ on: false, used: MONDAY }], true],
  ["a key that was made after the act, in the minute that is ended, too", [{ on: false, made: MONDAY }], true],
  ["a key that is off, of which nobody says whether it was used", [{ on: false, made: later(MONDAY, -9) }], false],
  ["a password that was used since, and is gone again", [{ on: false, used: later(MONDAY, 1) }], true],
  ["the second of two", [{ on: false }, { on: true }], true],
])("by %s sessions were opened since, or not", (_title, ways, is) => {
  expect(isOpenedSince(MONDAY, ways)).toBe(is);
});
