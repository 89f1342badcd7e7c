import type { State } from "@leasehold/core/connector";
import type { Clock } from "@leasehold/core/kernel";
import type { Signal } from "@leasehold/core/signal";
import {
  cloudTrailEnvelope,
  identityCenterAccount,
  type Live,
  type Memory,
  type Mood,
  type Simulated,
  type Simulator,
  sayAws,
  verbOf,
} from "../../kit/index.ts";
import { isChange } from "./actions.ts";
import type { Access, Api } from "./api.ts";
import { listener } from "./events/index.ts";
import { ASSIGNMENT, assignmentHandle, assignmentId, SET_SESSIONS, setId } from "./handles.ts";
import { adminReads, adminWrites, type Input, missing, page } from "./simulated-admin.ts";
import {
  aSet,
  assigned,
  aUser,
  empty,
  handle,
  id,
  type One,
  SECURITY,
  SETS,
  sample,
  type User,
  type World,
} from "./simulated-directory.ts";
import { sessionReads, sessionsOne, sessionWrites } from "./simulated-sessions.ts";

export type { World } from "./simulated-directory.ts";

const ENTERPRISE = "aws:identitystore:enterprise";
type Call = (world: World, input: Input) => object;

const reads: { readonly [verb: string]: Call } = {
  ListUsers: (world, input) => page(world.users, input, "Users", (user) => described(world, user, input)),
  DescribeUser: (world, input) => {
    const user = world.users.find(({ userId }) => userId === input.UserId);
    return user ? described(world, user, input) : missing("USER");
  },
  IsMemberInGroups: ({ groups = [] }, { GroupIds = [], MemberId }) => ({
    Results: GroupIds.map((GroupId) => {
      const group = groups.find(({ groupId }) => groupId === GroupId) ?? missing("GROUP");
      return { GroupId, MemberId, MembershipExists: group.members.includes(MemberId?.UserId ?? "") };
    }),
  }),
  ListGroupMemberships: (world, input) => {
    const { members } = world.groups?.find(({ groupId }) => groupId === input.GroupId) ?? missing("GROUP");
    return page(members, input, "GroupMemberships", (UserId) => ({ GroupId: input.GroupId, MemberId: { UserId } }));
  },
  DescribeGroup: ({ groups = [] }, { GroupId }) => {
    const { name: DisplayName } = groups.find(({ groupId }) => groupId === GroupId) ?? missing("GROUP");
    return { GroupId, DisplayName };
  },
};

function described({ identityStoreId }: World, user: User, { Extensions = [] }: Input): object {
  const { enterprise, externalIds } = user;
  return {
    IdentityStoreId: identityStoreId,
    UserId: user.userId,
    UserName: user.userName,
    DisplayName: user.displayName,
    ...(user.email !== null && { Emails: [{ Value: user.email, Type: "work", Primary: true }] }),
    ...(user.status && { UserStatus: user.status }),
    ...(externalIds.length > 0 && { ExternalIds: externalIds.map(({ issuer, id }) => ({ Issuer: issuer, Id: id })) }),
    CreatedAt: at(user.createdAt),
    ...(user.updatedAt !== null && { UpdatedAt: at(user.updatedAt) }),
    ...(enterprise && Extensions.includes(ENTERPRISE) && { Extensions: { [ENTERPRISE]: enterprise } }),
  };
}

const adminDoes = { ...adminReads, ...adminWrites, ...sessionReads, ...sessionWrites };

const at = (text: string) => new Date(text); // the SDK answers with dates

interface Provider {
  readonly calls: string[];
  readonly world: () => World;
  readonly mood: () => Mood;
  wrote(world: World, command: unknown): void;
}

/** The two services of one directory, as the connector calls them. */
function apiOf({ calls, world: now, mood, wrote }: Provider): Api {
  async function send(command: unknown) {
    calls.push(`identitystore:${verbOf(command)}`);
    sayAws(mood());
    const { input } = command as { input: Input };
    const world = now();
    if (input.IdentityStoreId !== world.identityStoreId) return missing("IDENTITY_STORE");
    return reads[verbOf(command)]?.(world, input) ?? missing("RESOURCE_POLICY");
  }
  async function sendAdmin(command: unknown) {
    const verb = verbOf(command);
    calls.push(`sso:${verb}`);
    sayAws(mood());
    const { input } = command as { input: Input };
    const world = structuredClone(now());
    if (input.InstanceArn !== world.instance) return missing("INSTANCE");
    const said = (adminDoes[verb] ?? missing("OPERATION"))(world, input);
    if (verb in adminWrites || verb in sessionWrites) wrote(world, command);
    return said;
  }
  return {
    send: send as Api["send"],
    get account() {
      return now().account;
    },
    get identityStoreId() {
      return now().identityStoreId;
    },
    get contain() {
      return now().contain;
    },
    get access() {
      const { instance } = now();
      return instance === undefined ? undefined : { instance, send: sendAdmin as Access["send"] };
    },
  };
}

/** A directory that remembers, tells the bus what was done to it, and believes what the bus tells it. */
function live(memory: Memory<World>, clock: Clock, emit: (event: unknown) => void): Live<Api> {
  const now = () => memory.get() ?? empty; // what was kept, and not to be changed
  const calls: string[] = [];
  const wrote = (world: World, command: unknown) => {
    world.events = (world.events ?? 0) + 1;
    memory.set(world);
    if (isChange(command)) emit(eventOf(world, command, clock()));
  };
  const self: Live<Api> & { mood: Mood } = {
    api: apiOf({ calls, world: now, mood: () => self.mood, wrote }),
    calls,
    mood: "willing",
    absorb: (event) => {
      const read = listener.event.safeParse(event);
      const world = structuredClone(now());
      const heard = read.success ? listener.normalise(read.data) : [];
      const others = heard.filter(({ source }) => !isOurs(source.eventId));
      for (const signal of others) believe(world, signal);
      if (others.length > 0) memory.set(world);
    },
  };
  return self;
}

const isOurs = (eventId: string) => eventId.startsWith("simulated-"); // our own echo: the world is already so, or further on

function eventOf({ account, events }: World, command: unknown, time: string): unknown {
  const role = `arn:aws:iam::${account}:role/leasehold-act`;
  const { input } = command as { input: Input };
  return cloudTrailEnvelope({
    ...{ eventVersion: "1.11", eventSource: "sso.amazonaws.com", eventName: verbOf(command), eventTime: time },
    ...{ eventID: `simulated-sso-${account}-${events}`, eventType: "AwsApiCall", awsRegion: "eu-west-1" },
    recipientAccountId: account,
    userIdentity: {
      type: "AssumedRole",
      principalId: "AROAIOSFODNN7EXAMPLE:leasehold",
      arn: `arn:aws:sts::${account}:assumed-role/leasehold-act/leasehold`,
      accountId: account,
      sessionContext: { sessionIssuer: { type: "Role", arn: role, accountId: account, userName: "leasehold-act" } },
    },
    requestParameters: Object.fromEntries(
      Object.entries(input).map(([name, value]) => [name.replace(/^./, (first) => first.toLowerCase()), value]),
    ),
    responseElements: null,
  });
}

function believe(world: World, signal: Signal): void {
  const { occurredAt } = signal.source;
  if (signal.kind === "person.joined") newUser(world, signal.handle, occurredAt);
  if (signal.kind === "person.held") change(world, signal.account, { status: "DISABLED", updatedAt: occurredAt });
  if (signal.kind === "person.reinstated") change(world, signal.account, { status: "ENABLED", updatedAt: occurredAt });
  if (signal.kind === "person.moved") change(world, signal.account, { updatedAt: occurredAt });
  if (signal.kind === "person.left")
    world.users = world.users.filter(({ userId }) => accountOf(world, userId) !== signal.account);
  believeAccess(world, signal);
}

function believeAccess(world: World, signal: Signal): void {
  if (signal.kind === "identity.created") newSet(world, signal.identity.name, signal.source.occurredAt);
  if (signal.kind === "identity.deleted") {
    world.sets = (world.sets ?? []).filter(({ arn }) => arn !== signal.identity.name);
    world.assignments = (world.assignments ?? []).filter(({ set }) => set !== signal.identity.name);
  }
  if (signal.kind === "grant.created") assign(world, signal.handle, signal.source.occurredAt);
  if (signal.kind === "credential.disabled")
    world.assignments = (world.assignments ?? []).filter((one) => idOf(one) !== signal.credential);
}

const idOf = ({ set, target, principal }: NonNullable<World["assignments"]>[number]) =>
  assignmentId({ permissionSet: set, target, userId: principal });

/** The record of its making tells the name, and we keep none of it: it has an id until the demo says more. */
function newSet(world: World, arn: string, createdAt: string): void {
  if (!(world.sets ?? []).some((one) => one.arn === arn))
    world.sets = [...(world.sets ?? []), aSet(arn, setId(arn), { createdAt })];
}

function assign(world: World, handle: Readonly<Record<string, string>>, at: string): void {
  const { permissionSet = "", target = "", userId = "" } = handle;
  const one = assigned(permissionSet, target, userId);
  newSet(world, one.set, at);
  if (!(world.assignments ?? []).some((other) => other.type === "USER" && idOf(other) === idOf(one)))
    world.assignments = [...(world.assignments ?? []), one];
}

/** The event hides every attribute, so a user born of one has only an id until the demo says more. */
function newUser(world: World, handle: Readonly<Record<string, string>>, createdAt: string): void {
  const { identityStoreId, userId = "" } = handle;
  if (identityStoreId !== world.identityStoreId || world.users.some((one) => one.userId === userId)) return;
  const named = { userName: userId, displayName: userId, email: null };
  world.users.push({ userId, ...named, status: "ENABLED", externalIds: [], createdAt, updatedAt: null });
}

function change(world: World, account: string, to: Partial<User>): void {
  world.users = world.users.map((user) => (accountOf(world, user.userId) === account ? { ...user, ...to } : user));
}

const accountOf = ({ identityStoreId }: World, userId: string) => identityCenterAccount(identityStoreId, userId);

const ONE = { permissionSet: SETS[0], target: "222233334444", userId: id(1) };

/** One user who may be let into one account; a group that they are not in is let in too. */
function withOne(state: State): World {
  const others = { groupId: SECURITY, name: "Security", members: [id(2)] };
  return {
    ...structuredClone(empty),
    users: [aUser(1, "ada@example.com")],
    groups: [others],
    sets: state ? [aSet(ONE.permissionSet, "AgentOperators")] : [],
    assignments: [
      assigned(ONE.permissionSet, ONE.target, SECURITY, "GROUP"),
      ...(state?.["assignment"] === "assigned" ? [assigned(ONE.permissionSet, ONE.target, ONE.userId)] : []),
    ],
  };
}

const assignmentOne: One = {
  credential: assignmentId(ONE),
  handle: assignmentHandle(empty.account, empty.identityStoreId, ONE),
  ...{ states: [{ assignment: "assigned" }, { assignment: "none" }, undefined], withOne },
  stateOf: ({ sets = [], assignments = [] }) => {
    if (sets.length === 0) return undefined;
    return { assignment: assignments.some(({ principal }) => principal === ONE.userId) ? "assigned" : "none" };
  },
};

/** For the laws. */
const acted = ({ credential, handle, states, withOne, stateOf }: One) => ({
  states,
  start(from: State): Simulated<Api> {
    let world = withOne(from);
    const calls: string[] = [];
    const self: Simulated<Api> = {
      api: apiOf({
        ...{ calls, world: () => world, mood: () => self.mood },
        wrote: (next) => {
          world = next;
        },
      }),
      ...{ target: { credential, handle }, calls, mood: "willing" },
      state: () => stateOf(world),
      put: (state) => {
        world = withOne(state);
      },
    };
    return self;
  },
});

/** Identity Center in memory: it behaves as the service does. */
export const simulator: Simulator<Api, World> = {
  acts: { [ASSIGNMENT]: acted(assignmentOne), [SET_SESSIONS]: acted(sessionsOne) },
  sample: {
    world: sample,
    groups: {
      id: SECURITY,
      has: [handle(1), handle(3)],
      not: [handle(2), handle(9)],
      members: [1, 3, 4].map((n) => identityCenterAccount(empty.identityStoreId, id(n))),
    },
    people: [
      [handle(1), "active"],
      [handle(3), "suspended"],
      [handle(4), "unknown"],
      [handle(9), "gone"],
    ],
  },
  live,
};
