import type { Clock } from "@leasehold/core/kernel";
import type { Signal } from "@leasehold/core/signal";
import {
  identityCenterAccount,
  type Live,
  type Memory,
  type Mood,
  type Simulator,
  sayAws,
  verbOf,
} from "../../kit/index.ts";
import type { Api } from "./api.ts";
import { listener } from "./events/index.ts";

/** An identity store of the demo, as plain JSON. */
export interface World {
  account: string;
  identityStoreId: string;
  users: User[];
  groups?: Group[];
}
export interface Group {
  groupId: string;
  name: string;
  members: string[]; // ids of users
}
export interface User {
  userId: string;
  userName: string;
  displayName: string;
  email: string | null;
  status: "ENABLED" | "DISABLED" | null; // null: the store does not say
  externalIds: { issuer: string; id: string }[];
  createdAt: string;
  updatedAt: string | null;
  enterprise?: { employeeNumber?: string; department?: string; manager?: { value: string } };
}

export const empty: World = { account: "111122223333", identityStoreId: "d-1234567890", users: [] };

const PAGE = 2; // small, so that the laws turn pages
const ENTERPRISE = "aws:identitystore:enterprise";

interface Input {
  readonly UserId?: string;
  readonly GroupId?: string;
  readonly GroupIds?: readonly string[];
  readonly MemberId?: { readonly UserId?: string };
  readonly NextToken?: string;
  readonly IdentityStoreId?: string;
  readonly Extensions?: readonly string[];
}
type Call = (world: World, input: Input) => object;

const reads: { readonly [verb: string]: Call } = {
  ListUsers: (world, input) => {
    const from = Number(input.NextToken ?? "0");
    const more = from + PAGE < world.users.length;
    return {
      Users: world.users.slice(from, from + PAGE).map((user) => described(world, user, input)),
      ...(more && { NextToken: String(from + PAGE) }),
    };
  },
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
  ListGroupMemberships: (world, { GroupId, NextToken = "0" }) => {
    const { members } = world.groups?.find(({ groupId }) => groupId === GroupId) ?? missing("GROUP");
    const from = Number(NextToken);
    return {
      GroupMemberships: members.slice(from, from + PAGE).map((UserId) => ({ GroupId, MemberId: { UserId } })),
      ...(from + PAGE < members.length && { NextToken: String(from + PAGE) }),
    };
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

const at = (text: string) => new Date(text); // the SDK answers with dates

function missing(ResourceType: string): never {
  throw Object.assign(new Error("not there"), { name: "ResourceNotFoundException", ResourceType });
}

/** A store that remembers, and believes what the bus tells it. Nothing of ours writes to it, so it has nothing to tell. */
function live(memory: Memory<World>, _clock: Clock, _emit: (event: unknown) => void): Live<Api> {
  const now = () => memory.get() ?? empty; // what was kept, and not to be changed
  const calls: string[] = [];

  async function send(command: unknown) {
    const verb = verbOf(command);
    calls.push(`identitystore:${verb}`);
    sayAws(self.mood);
    const world = now();
    const { input } = command as { input: Input };
    if (input.IdentityStoreId !== world.identityStoreId) return missing("IDENTITY_STORE");
    return reads[verb]?.(world, input) ?? missing("RESOURCE_POLICY");
  }

  const self: Live<Api> & { mood: Mood } = {
    api: {
      send: send as Api["send"],
      get account() {
        return now().account;
      },
      get identityStoreId() {
        return now().identityStoreId;
      },
    },
    calls,
    mood: "willing",
    absorb: (event) => {
      const read = listener.event.safeParse(event);
      const world = structuredClone(now());
      const heard = read.success ? listener.normalise(read.data) : [];
      for (const signal of heard) believe(world, signal);
      if (heard.length > 0) memory.set(world);
    },
  };
  return self;
}

function believe(world: World, signal: Signal): void {
  const { occurredAt } = signal.source;
  if (signal.kind === "person.joined") newUser(world, signal.handle, occurredAt);
  if (signal.kind === "person.held") change(world, signal.account, { status: "DISABLED", updatedAt: occurredAt });
  if (signal.kind === "person.reinstated") change(world, signal.account, { status: "ENABLED", updatedAt: occurredAt });
  if (signal.kind === "person.moved") change(world, signal.account, { updatedAt: occurredAt });
  if (signal.kind === "person.left")
    world.users = world.users.filter(({ userId }) => accountOf(world, userId) !== signal.account);
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

const id = (n: number) => `0123456${n}-89ab-cdef-0123-456789abcdef`;
const handle = (n: number) => ({ account: empty.account, identityStoreId: empty.identityStoreId, userId: id(n) });
const aUser = (n: number, userName: string, over: Partial<User> = {}): User => ({
  userId: id(n),
  userName,
  displayName: userName,
  email: userName,
  status: "ENABLED",
  externalIds: [],
  createdAt: "2026-01-05T08:00:00.000Z",
  updatedAt: null,
  ...over,
});

const SECURITY = "9876543210-89abcdef-0123-4567-89ab-cdef01234567";

const sample: World = {
  ...empty,
  groups: [{ groupId: SECURITY, name: "Security", members: [id(1), id(3), id(4)] }],
  users: [
    aUser(1, "ada@example.com", {
      externalIds: [{ issuer: "https://example.okta.com", id: "00u1EXAMPLEADA" }],
      updatedAt: "2026-09-01T08:00:00.000Z",
      enterprise: { employeeNumber: "1815", department: "Search", manager: { value: id(2) } },
    }),
    aUser(2, "grace@example.com"),
    aUser(3, "sue@example.com", { status: "DISABLED" }),
    aUser(4, "old-hand", { email: null, status: null }),
  ],
};

/** Identity Store in memory: it behaves as the service does. */
export const simulator: Simulator<Api, World> = {
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
