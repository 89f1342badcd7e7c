import { back, type Receipt, type Target } from "@leasehold/core/connector";
import type { Instant } from "@leasehold/core/kernel";
import { beforeEach, describe, expect, it } from "vitest";
import type { Live } from "../../../kit/index.ts";
import { isChange } from "../actions.ts";
import type { Api } from "../api.ts";
import { sessionsHandle, sessionsId } from "../handles.ts";
import { aSet, assigned, empty, id, type PermissionSet, SETS, type World } from "../simulated-directory.ts";
import { changed } from "../simulated-sessions.ts";
import { simulator } from "../simulator.ts";
import { endSessions } from "./end.ts";
import { denying, policyIn } from "./statement.ts";

const NOW = "2026-11-02T09:00:00.000Z" as Instant;
const ONE = { permissionSet: SETS[0], userId: id(1) };
const target = (over: object = {}): Target => ({
  credential: sessionsId(ONE),
  handle: { ...sessionsHandle(empty.account, empty.identityStoreId, ONE), ...over },
});
const THEIRS = `{ "Version": "2012-10-17",\n  "Statement": [ {"Sid":"app","Effect":"Allow","Action":"s3:Get*","Resource":"*"} ] }`;
const ACCOUNTS = ["222233334444", "333344445555", "444455556666"];
const LIVE = { sessions: "Live" };
const ENDED = { sessions: "Ended" };
const WAITING = { sessions: "waiting to be provisioned", beside: expect.any(String) };

let world: World;
let live: Live<Api>;
let said: { readonly detail: { readonly eventName: string } }[];
beforeEach(() => {
  world = {
    ...{ ...structuredClone(empty), contain: true },
    sets: [aSet(SETS[0], "AgentOperators", { policies: ["ReadOnlyAccess"], inline: THEIRS }), aSet(SETS[1], "Readers")],
    assignments: ACCOUNTS.flatMap((account) => [assigned(SETS[0], account, id(2)), assigned(SETS[1], account, id(1))]),
  };
  said = [];
  live = simulator.live(
    { get: () => world, set: (next) => Object.assign(world, next) },
    () => NOW,
    (event) => said.push(event as (typeof said)[number]),
  );
});
const set = (): PermissionSet => world.sets![0]!;
const see = (api = live.api) => endSessions.see(api, target());
const planned = (api = live.api) => endSessions.plan(api, target());
const ended = async () => endSessions.apply(live.api, await planned());
/** As it is drawn where nobody knows what came of a way back, and a person wants it. */
const goingOn = async (receipt: Receipt) => ({ ...back(receipt), before: (await see()) ?? {} });
const writes = () => said.map(({ detail }) => detail.eventName);

/** As AWS is, but for these. */
function answering(verbs: Readonly<Record<string, () => unknown>>): Api {
  const { access } = live.api;
  const send = async (command: never) => {
    const verb = (command as object).constructor.name.replace("Command", "");
    return verbs[verb] ? verbs[verb]() : access?.send(command);
  };
  const { account, identityStoreId } = empty;
  const own = { instance: empty.instance ?? "", send } as NonNullable<Api["access"]>;
  return { ...{ account, identityStoreId, contain: world.contain }, send: live.api.send, access: own };
}
const failing = (name: string) => () => {
  throw Object.assign(new Error("as the service says it"), { name });
};

describe("one user's sessions with a permission set", () => {
  it("are ended by one statement beside what is there, in all accounts; and live again as if nothing had been", async () => {
    const before = structuredClone(world.sets);
    const receipt = await ended();
    expect(receipt).toMatchObject({ before: LIVE, after: ENDED, changed: true, adopted: false });
    expect(JSON.parse(set().inline ?? "").Statement).toMatchObject([
      { Effect: "Deny", Action: "*", Condition: { StringEquals: { "identitystore:UserId": id(1) } } },
      { Sid: "app" },
    ]);
    expect(set().behind).toEqual([]);
    expect(await endSessions.verify(live.api, receipt)).toMatchObject({ verdict: "confirmed", seen: ENDED });
    const undone = await endSessions.apply(live.api, back(receipt));
    expect(set()).toMatchObject({ inline: THEIRS, behind: [] });
    expect(await endSessions.verify(live.api, undone)).toMatchObject({ verdict: "confirmed", seen: LIVE });
    expect(world.sets?.slice(1)).toEqual(before?.slice(1));
    expect(writes()).toEqual([
      ...["PutInlinePolicyToPermissionSet", "ProvisionPermissionSet"],
      ...["PutInlinePolicyToPermissionSet", "ProvisionPermissionSet"],
    ]);
  });

  it("leave no policy behind where there was none", async () => {
    delete set().inline;
    const receipt = await ended();
    await endSessions.apply(live.api, back(receipt));
    expect(set().inline).toBeUndefined();
    expect(await see()).toEqual(LIVE);
  });

  it("of two people are ended and given back each by itself, in whatever order", async () => {
    const grace = { ...ONE, userId: id(2) };
    const other: Target = {
      credential: sessionsId(grace),
      handle: sessionsHandle(empty.account, empty.identityStoreId, grace),
    };
    const first = await ended();
    await endSessions.apply(live.api, await endSessions.plan(live.api, other));
    await endSessions.apply(live.api, back(first));
    expect(await see()).toEqual(LIVE);
    expect(await endSessions.see(live.api, other)).toEqual(ENDED);
  });

  it("need no account in which the permission set is provisioned: then nobody has a session of it", async () => {
    world.assignments = [];
    const receipt = await ended();
    expect(receipt).toMatchObject({ after: ENDED });
    expect(writes()).toEqual(["PutInlinePolicyToPermissionSet"]);
  });
});

describe("what is not in force everywhere", () => {
  it("is still alive: one account could not be provisioned; it is gone on with, and then it is ended", async () => {
    set().fails = ["333344445555"];
    const receipt = await ended();
    expect(set().behind).toEqual(["333344445555"]);
    expect(await endSessions.verify(live.api, receipt)).toEqual({ verdict: "still alive", seen: LIVE });
    set().fails = [];
    const again = await endSessions.apply(live.api, await planned());
    expect(await endSessions.verify(live.api, again)).toMatchObject({ verdict: "confirmed" });
    expect(writes().filter((one) => one.startsWith("Put"))).toHaveLength(1);
  });

  it("can be taken back all the same, and is not back before it is in force", async () => {
    set().fails = ["333344445555"];
    const receipt = await ended();
    const undone = await endSessions.apply(live.api, back(receipt));
    expect(set().inline).toBe(THEIRS);
    expect(await endSessions.verify(live.api, undone)).toMatchObject({ verdict: "still alive", seen: WAITING });
    set().fails = [];
    await expect(endSessions.apply(live.api, back(receipt))).rejects.toMatchObject({ name: "StalePlan" });
    await endSessions.apply(live.api, await goingOn(receipt));
    expect(await see()).toEqual(LIVE);
  });

  it("is asked after a few times and no more", async () => {
    let asked = 0;
    const status = { PermissionSetProvisioningStatus: { Status: "IN_PROGRESS", RequestId: "r" } };
    const api = answering({
      DescribePermissionSetProvisioningStatus: () => {
        asked += 1;
        return status;
      },
    });
    const receipt = await endSessions.apply(api, await planned(api));
    expect(asked).toBe(5);
    expect(await endSessions.verify(api, receipt)).toMatchObject({ verdict: "still alive" });
  });

  it.each(["ThrottlingException", "AccessDeniedException", "ConflictException", "InternalServerException"])(
    "because the provisioning was refused (%s): no fault says that nothing was changed, and it is gone on with",
    async (name) => {
      const plan = await planned();
      const api = answering({ ProvisionPermissionSet: failing(name) });
      await expect(endSessions.apply(api, plan)).rejects.toMatchObject({ name: "Unavailable" });
      expect(await see()).toEqual(LIVE);
      const receipt = await endSessions.apply(live.api, plan);
      expect(await see()).toEqual(ENDED);

      await expect(endSessions.apply(api, back(receipt))).rejects.toMatchObject({ name: "Unavailable" });
      expect(await see()).toEqual(WAITING);
      await endSessions.apply(live.api, await goingOn(receipt));
      expect(await see()).toEqual(LIVE);
      expect(set().behind).toEqual([]);
    },
  );

  it("whose status may not be asked is told by the read back", async () => {
    const api = answering({ DescribePermissionSetProvisioningStatus: failing("AccessDeniedException") });
    const receipt = await endSessions.apply(api, await planned(api));
    expect(await endSessions.verify(api, receipt)).toMatchObject({ verdict: "still alive" });
  });
});

describe("somebody else's change that waits to be provisioned", () => {
  const ofTheirs = () => changed(world, set(), { policies: ["AdministratorAccess"] });

  it("refuses ours, and is put into force by nobody of us", async () => {
    const plan = await planned();
    ofTheirs();
    expect((await planned()).refusals).toEqual([expect.stringMatching(/^somebody else's changes .* wait/)]);
    await expect(endSessions.apply(live.api, plan)).rejects.toMatchObject({ name: "StalePlan" });
    expect(writes()).toEqual([]);
  });

  it("is told from our own that broke off, also where both wait", async () => {
    const api = answering({ ProvisionPermissionSet: failing("ThrottlingException") });
    await expect(endSessions.apply(api, await planned())).rejects.toMatchObject({ name: "Unavailable" });
    expect((await planned()).refusals).toEqual([]);
    ofTheirs();
    expect((await planned()).refusals).toEqual([expect.stringMatching(/^somebody else's changes/)]);
    expect(set().behind).toEqual(ACCOUNTS);
  });

  it("refuses the way back, too, until it is provisioned or taken back", async () => {
    const receipt = await ended();
    ofTheirs();
    expect(await see()).toEqual(LIVE); // not known to be in force everywhere
    await expect(endSessions.apply(live.api, back(receipt))).rejects.toMatchObject({ name: "StalePlan" });
    expect(policyIn(set().inline ?? "", id(1)).ours).not.toBe("none");
    set().behind = [];
    expect(await see()).toEqual(receipt.after); // whatever else it became
    await endSessions.apply(live.api, back(receipt));
    expect(set()).toMatchObject({ inline: THEIRS, policies: ["AdministratorAccess"], behind: [] });
  });

  it("that came after our way back broke off is not put into force", async () => {
    const receipt = await ended();
    const api = answering({ ProvisionPermissionSet: failing("ThrottlingException") });
    await expect(endSessions.apply(api, back(receipt))).rejects.toMatchObject({ name: "Unavailable" });
    const drawn = await goingOn(receipt);
    ofTheirs();
    for (const plan of [drawn, back(receipt)])
      await expect(endSessions.apply(live.api, plan)).rejects.toMatchObject({ name: "StalePlan" });
    expect(set().behind).toEqual(ACCOUNTS);
  });

  it("is no matter once it is provisioned: ours goes beside it", async () => {
    const plan = await planned();
    set().inline = `${THEIRS.slice(0, -4)}, {"Sid":"more","Effect":"Allow","Action":"s3:*","Resource":"*"} ] }`;
    await endSessions.apply(live.api, plan);
    expect(JSON.parse(set().inline ?? "").Statement.slice(1)).toMatchObject([{ Sid: "app" }, { Sid: "more" }]);
  });
});

describe("ending is refused", () => {
  const fills = JSON.stringify({ Version: "2012-10-17", Statement: [{ Sid: "x".repeat(32_500), Effect: "Allow" }] });
  const meddled = denying("", id(1), "abc").replace('"Deny"', '"Allow"');
  it.each<[title: string, over: Partial<PermissionSet>, because: RegExp]>([
    ["of a permission set that is tagged", { tags: { "Leasehold:Never-Touch": "" } }, /^never touched/],
    ["where the policy cannot be read", { inline: "?" }, /^the inline policy .* cannot be read/],
    ["where a statement of our name is another's", { inline: meddled }, /^the inline policy .* not as we write it/],
    ["where ours does not fit", { inline: fills }, /^our statement does not fit/],
  ])("%s, also between plan and act", async (_title, over, because) => {
    const plan = await planned();
    Object.assign(set(), over);
    expect((await planned()).refusals).toEqual([expect.stringMatching(because)]);
    await expect(endSessions.apply(live.api, plan)).rejects.toMatchObject({ name: "StalePlan" });
    expect(writes()).toEqual([]);
  });

  it("by AWS, where it counts otherwise than we do: nothing was changed", async () => {
    const plan = await planned();
    const api = answering({ PutInlinePolicyToPermissionSet: failing("ServiceQuotaExceededException") });
    await expect(endSessions.apply(api, plan)).rejects.toMatchObject({ name: "StalePlan" });
  });

  it("of a permission set that is gone", async () => {
    world.sets = world.sets!.slice(1);
    expect((await planned()).refusals).toEqual(["the permission set no longer exists"]);
  });

  it("without the right; and what we wrote is then taken back by hand alone", async () => {
    const receipt = await ended();
    delete world.contain;
    await expect(endSessions.apply(live.api, back(receipt))).rejects.toMatchObject({
      ...{ name: "PermissionMissing", facts: { byHand: expect.stringContaining("`contain: true`") } },
    });
    set().inline = THEIRS;
    const plan = await planned();
    expect(plan.refusals).toEqual([expect.stringMatching(/^unsupported: .*\*contain\*/)]);
    await expect(endSessions.apply(live.api, plan)).rejects.toMatchObject({ name: "StalePlan" });
  });

  it("and so is the way back of what somebody else wrote under our name, also where nobody knows what came of ours", async () => {
    const receipt = await ended();
    set().inline = meddled;
    for (const plan of [back(receipt), await goingOn(receipt)])
      await expect(endSessions.apply(live.api, plan)).rejects.toMatchObject({ name: "StalePlan" });
    expect(writes()).toHaveLength(2);
  });

  it("and the way back is not, of what was tagged since", async () => {
    const receipt = await ended();
    set().tags = { "leasehold:never-touch": "" };
    await endSessions.apply(live.api, back(receipt));
    expect(set().inline).toBe(THEIRS);
  });

  it.each([
    ["another store", { identityStoreId: "d-0987654321" }, "handle.identityStoreId"],
    ["another instance", { permissionSet: SETS[0].replace("1234", "4321") }, "handle.permissionSet"],
    ["everybody", { userId: "*" }, "handle"],
    ["many", { userId: `${id(1).slice(0, -1)}?` }, "handle"],
    ["nobody", { userId: "" }, "handle"],
  ])("of %s, and nothing is asked", async (_title, over, where) => {
    await expect(endSessions.plan(live.api, target(over))).rejects.toMatchObject({
      name: "BadInput",
      facts: { where },
    });
    expect(live.calls).toEqual([]);
  });
});

it("is never guessed from a list that does not end", async () => {
  const more = { AccountIds: [], NextToken: "more" };
  const api = answering({ ListAccountsForProvisionedPermissionSet: () => more });
  await expect(see(api)).rejects.toMatchObject({ name: "Unavailable" });
});

it("says its writes apart, so that a lost answer to one is never sent again", async () => {
  const sso = await import("@aws-sdk/client-sso-admin");
  const input = {} as never;
  const changes = [
    new sso.PutInlinePolicyToPermissionSetCommand(input),
    new sso.DeleteInlinePolicyFromPermissionSetCommand(input),
    new sso.ProvisionPermissionSetCommand(input),
    new sso.DeleteAccountAssignmentCommand(input),
  ];
  expect(changes.every(isChange)).toBe(true);
  expect(isChange(new sso.GetInlinePolicyForPermissionSetCommand(input))).toBe(false);
});
