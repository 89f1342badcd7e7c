import { back, type Target } from "@leasehold/core/connector";
import type { Instant } from "@leasehold/core/kernel";
import { beforeEach, describe, expect, it } from "vitest";
import type { Live } from "../../kit/index.ts";
import type { Api } from "./api.ts";
import { assignmentHandle, assignmentId } from "./handles.ts";
import { awsIdentityCenter, listener } from "./index.ts";
import { isChange, removal } from "./removal.ts";
import { aSet, assigned, empty, id, SECURITY, SETS, type World } from "./simulated-directory.ts";
import { simulator } from "./simulator.ts";

const NOW = "2026-11-02T09:00:00.000Z" as Instant;
const ACCOUNT = "222233334444";
const ONE = { permissionSet: SETS[0], target: ACCOUNT, userId: id(1) };
const target = (over: object = {}): Target => ({
  credential: assignmentId(ONE),
  handle: { ...assignmentHandle(empty.account, empty.identityStoreId, ONE), ...over },
});
const OFF = { assignment: "none" };
const ON = { assignment: "assigned" };

let world: World;
let live: Live<Api>;
let said: unknown[];
beforeEach(() => {
  world = {
    ...structuredClone(empty),
    groups: [{ groupId: SECURITY, name: "Security", members: [id(2)] }],
    sets: [aSet(SETS[0], "AgentOperators"), aSet(SETS[1], "Readers")],
    assignments: [
      assigned(SETS[0], ACCOUNT, id(2)),
      assigned(SETS[0], ACCOUNT, id(3)),
      assigned(SETS[0], ACCOUNT, SECURITY, "GROUP"),
      assigned(SETS[0], ACCOUNT, id(1)),
      assigned(SETS[1], ACCOUNT, id(1)),
      assigned(SETS[0], "333344445555", id(1)),
    ],
  };
  said = [];
  const memory = { get: () => world, set: (next: World) => Object.assign(world, next) };
  live = simulator.live(
    memory,
    () => NOW,
    (event) => said.push(event),
  );
});

describe("an assignment's removal", () => {
  it("takes off that one, and nobody else's; and puts it back", async () => {
    const before = structuredClone(world.assignments);
    const receipt = await removal.apply(live.api, await removal.plan(live.api, target()));
    expect(world.assignments).toEqual(before?.filter((_, nth) => nth !== 3));
    expect(await removal.verify(live.api, receipt)).toEqual({ verdict: "confirmed", seen: OFF });
    await removal.apply(live.api, back(receipt));
    expect(new Set(world.assignments?.map((one) => JSON.stringify(one)))).toEqual(
      new Set(before?.map((one) => JSON.stringify(one))),
    );
    const heard = said.flatMap((event) => listener.normalise(listener.event.parse(event) as never));
    expect(heard).toMatchObject([{ kind: "credential.disabled", credential: assignmentId(ONE) }]);
  });

  it("is refused where the same comes through a group, with the group's name, and says nothing of other groups", async () => {
    const plan = await removal.plan(live.api, target());
    expect(plan.refusals).toEqual([]);
    world.groups?.[0]?.members.push(id(1));
    await expect(removal.apply(live.api, plan)).rejects.toMatchObject({ name: "StalePlan" }); // also between plan and act
    const { refusals, before } = await removal.plan(live.api, target());
    expect(before).toEqual(ON);
    expect(refusals).toEqual([
      "the same access comes through the group Security, which is shared with everybody in it: take them out of it, where the directory gets its groups from",
    ]);
  });

  it("is refused where its permission set is tagged, also between plan and act; the way back is not", async () => {
    const plan = await removal.plan(live.api, target());
    world.sets![0]!.tags = { a: "1", b: "2", "Leasehold:Never-Touch": "" };
    expect((await removal.plan(live.api, target())).refusals).toEqual([expect.stringMatching(/^never touched/)]);
    await expect(removal.apply(live.api, plan)).rejects.toMatchObject({ name: "StalePlan" });
    expect(await removal.see(live.api, target())).toEqual(ON);

    world.assignments = world.assignments!.filter((_, nth) => nth !== 3);
    await removal.apply(live.api, back({ ...plan, after: OFF, changed: true, adopted: false }));
    expect(await removal.see(live.api, target())).toEqual(ON);
  });

  it("says how long what was opened with it may live on", () => {
    expect(removal.sessions).toEqual({ longest: 43_200 });
  });

  it.each([
    ["another store", { identityStoreId: "d-0987654321" }, "handle.identityStoreId"],
    ["another instance", { permissionSet: SETS[0].replace("1234", "4321") }, "handle.permissionSet"],
    [
      "what is no permission set",
      { permissionSet: "arn:aws:iam::aws:policy/AdministratorAccess" },
      "handle.permissionSet",
    ],
    ["what is no account", { target: "o-1" }, "handle"],
  ])("asks nothing for one of %s", async (_title, over, where) => {
    await expect(removal.plan(live.api, target(over))).rejects.toMatchObject({ name: "BadInput", facts: { where } });
    expect(live.calls).toEqual([]);
  });

  it("says what to configure where no instance is named", async () => {
    const api: Api = { ...live.api, access: undefined };
    await expect(removal.see(api, target())).rejects.toMatchObject({ name: "BadInput", facts: { where: "instance" } });
  });
});

/** Identity Center answers at once and carries out later: `verbs` answer as is said, all others as they are. */
const answering = (verbs: Readonly<Record<string, () => unknown>>): Api => {
  const { send } = live.api.access!;
  const access = {
    instance: live.api.access!.instance,
    send: async (command: never) => {
      const verb = (command as object).constructor.name.replace("Command", "");
      return verbs[verb] ? verbs[verb]() : send(command);
    },
  } as NonNullable<Api["access"]>;
  return { ...live.api, account: empty.account, identityStoreId: empty.identityStoreId, access };
};
const failing = (name: string) => () => {
  throw Object.assign(new Error("as the service says it"), { name });
};
const under = (Status: string) => () => ({ AccountAssignmentDeletionStatus: { Status, RequestId: "r" } });

describe("a request that is carried out later", () => {
  it("that is given up is a fault: nothing was changed", async () => {
    const plan = await removal.plan(live.api, target());
    const api = answering({
      DeleteAccountAssignment: under("IN_PROGRESS"),
      DescribeAccountAssignmentDeletionStatus: under("FAILED"),
    });
    await expect(removal.apply(api, plan)).rejects.toMatchObject({ name: "Unavailable" });
  });

  it.each(["AccessDeniedException", "ThrottlingException", "InternalServerException"])(
    "that cannot be asked after (%s) was taken all the same: the read back tells",
    async (name) => {
      const plan = await removal.plan(live.api, target());
      const api = answering({ DescribeAccountAssignmentDeletionStatus: failing(name) });
      const receipt = await removal.apply(api, plan);
      expect(receipt).toMatchObject({ after: OFF, changed: true });
      expect(await removal.verify(api, receipt)).toMatchObject({ verdict: "confirmed" });
    },
  );

  it("that is still under way is asked after a few times and no more; it is not done until it is seen", async () => {
    let asked = 0;
    const plan = await removal.plan(live.api, target());
    const api = answering({
      DeleteAccountAssignment: under("IN_PROGRESS"),
      DescribeAccountAssignmentDeletionStatus: () => {
        asked += 1;
        return under("IN_PROGRESS")();
      },
    });
    const receipt = await removal.apply(api, plan);
    expect(asked).toBe(5);
    expect(await removal.verify(api, receipt)).toMatchObject({ verdict: "still alive", seen: ON });
  });

  it("that puts back somebody who is gone meanwhile says what a person can do", async () => {
    const receipt = await removal.apply(live.api, await removal.plan(live.api, target()));
    const api = answering({ CreateAccountAssignment: failing("ResourceNotFoundException") });
    await expect(removal.apply(api, back(receipt))).rejects.toMatchObject({
      ...{ name: "StalePlan", facts: { byHand: expect.stringContaining(ONE.userId) } },
    });
  });

  it("that collides with another one can be tried again", async () => {
    const plan = await removal.plan(live.api, target());
    const api = answering({ DeleteAccountAssignment: failing("ConflictException") });
    await expect(removal.apply(api, plan)).rejects.toMatchObject({ name: "Unavailable" });
  });
});

it("is never guessed from a list that does not end", async () => {
  const api = answering({ ListAccountAssignments: () => ({ AccountAssignments: [], NextToken: "more" }) });
  await expect(removal.see(api, target())).rejects.toMatchObject({ name: "Unavailable" });
});

it("waits for no list of tags that does not end", async () => {
  let asked = 0;
  const api = answering({
    ListTagsForResource: () => {
      asked += 1;
      if (asked > 1_000) throw new Error("asked for ever");
      return { Tags: [], NextToken: "more" };
    },
  });
  await expect(removal.plan(api, target())).rejects.toMatchObject({ name: "Unavailable" });
});

it("takes nobody for outside a group of which the directory did not say", async () => {
  const { api } = live;
  const silent = { ...api, send: async () => ({ Results: [] }) } as unknown as Api;
  await expect(removal.plan({ ...silent, access: api.access }, target())).rejects.toMatchObject({
    name: "Unavailable",
  });
});

describe("in a directory that has let somebody go, and let their assignment stand", () => {
  const refusalsOf = async (userId: string, api = live.api) => {
    const one = { ...ONE, userId };
    const handle = assignmentHandle(empty.account, empty.identityStoreId, one);
    return (await removal.plan(api, { credential: assignmentId(one), handle })).refusals;
  };

  it("whoever is gone is in no group, and what is left of them is taken off", async () => {
    world.assignments?.push(assigned(SETS[0], ACCOUNT, id(9)));
    const send = async (command: { readonly input: { readonly MemberId?: { readonly UserId: string } } }) => {
      if (command.input.MemberId?.UserId === id(9))
        throw Object.assign(new Error("no such user"), { name: "ResourceNotFoundException", ResourceType: "USER" });
      return (live.api.send as (one: unknown) => unknown)(command);
    };
    expect(await refusalsOf(id(9), { ...live.api, send: send as Api["send"] })).toEqual([]);
  });

  it("a group that is gone has nobody in it, and hides no other", async () => {
    world.assignments?.push(assigned(SETS[0], ACCOUNT, id(8), "GROUP"));
    expect(await refusalsOf(id(1))).toEqual([]);
    world.groups?.[0]?.members.push(id(1));
    expect(await refusalsOf(id(1))).toEqual([expect.stringContaining("the group Security")]);
  });

  it("a store that is not there is nobody's answer", async () => {
    const send = async () => {
      throw Object.assign(new Error("no such store"), {
        name: "ResourceNotFoundException",
        ResourceType: "IDENTITY_STORE",
      });
    };
    await expect(refusalsOf(id(1), { ...live.api, send: send as unknown as Api["send"] })).rejects.toThrow();
  });
});

it("says only changes apart, so that a lost answer to one is never sent again", async () => {
  const { CreateAccountAssignmentCommand, DeleteAccountAssignmentCommand, ListAccountAssignmentsCommand } =
    await import("@aws-sdk/client-sso-admin");
  const input = {} as never;
  const changes = [new CreateAccountAssignmentCommand(input), new DeleteAccountAssignmentCommand(input)];
  expect([...changes, new ListAccountAssignmentsCommand(input)].map(isChange)).toEqual([true, true, false]);
});

it("takes an undo and what has leaked before everything else", () => {
  const urgent = awsIdentityCenter.urgent?.({ send: 1, access: 2, urgently: { send: 3, access: 4 } });
  expect(urgent).toMatchObject({ send: 3, access: 4 });
});
