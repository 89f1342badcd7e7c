import type { State, Target } from "@leasehold/core/connector";
import { setArn } from "./handles.ts";

/** An identity store of the demo, as plain JSON. */
export interface World {
  contain?: true; // the settings opt in to it
  account: string;
  identityStoreId: string;
  users: User[];
  groups?: Group[];
  instance?: string; // without one nobody looks at who is let into which account
  sets?: PermissionSet[];
  assignments?: Assigned[];
  events?: number; // how many were sent, so that each has an id of its own
}
export interface PermissionSet {
  arn: string;
  name: string;
  policies: string[]; // names of managed ones
  tags: { [name: string]: string };
  createdAt: string;
  inline?: string; // policy
  behind?: string[]; // accounts in which it is as it was before its last change
  request?: { id: string; status: "IN_PROGRESS" | "SUCCEEDED" | "FAILED" }; // of its last provisioning
  fails?: string[]; // accounts in which it cannot be provisioned
}
export interface Assigned {
  set: string; // ARN
  target: string; // account id
  type: "USER" | "GROUP";
  principal: string; // id
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

/** One credential and its world, for the laws. */
export interface One extends Target {
  readonly states: readonly State[];
  withOne(state: State): World;
  stateOf(world: World): State;
}

const INSTANCE = "arn:aws:sso:::instance/ssoins-1234567890abcdef";

export const empty: World = {
  ...{ account: "111122223333", identityStoreId: "d-1234567890", instance: INSTANCE },
  ...{ users: [], sets: [], assignments: [], events: 0 },
};

export const id = (n: number) => `0123456${n}-89ab-cdef-0123-456789abcdef`;
export const handle = (n: number) => ({
  account: empty.account,
  identityStoreId: empty.identityStoreId,
  userId: id(n),
});
export const aUser = (n: number, userName: string, over: Partial<User> = {}): User => ({
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

export const SECURITY = "9876543210-89abcdef-0123-4567-89ab-cdef01234567";

const PLATFORM = "9876543210-89abcdef-0123-4567-89ab-cdef01234568";

export const SETS = ["ps-0000000000000001", "ps-0000000000000002", "ps-0000000000000003"].map((one) =>
  setArn(INSTANCE, one),
) as [string, string, string];

export const aSet = (arn: string, name: string, over: Partial<PermissionSet> = {}): PermissionSet => ({
  ...{ arn, name, policies: [], tags: {}, createdAt: "2026-01-05T08:00:00.000Z" },
  ...over,
});
export const assigned = (
  set: string,
  target: string,
  principal: string,
  type: Assigned["type"] = "USER",
): Assigned => ({
  ...{ set, target, type, principal },
});

export const sample: World = {
  ...{ ...empty, contain: true },
  groups: [
    { groupId: SECURITY, name: "Security", members: [id(1), id(3), id(4)] },
    { groupId: PLATFORM, name: "Platform", members: [id(2)] },
  ],
  sets: [
    aSet(SETS[0], "AdministratorAccess", { policies: ["AdministratorAccess"] }),
    aSet(SETS[1], "AgentOperators", {
      policies: ["ReadOnlyAccess", "AmazonBedrockReadOnly", "CloudWatchReadOnlyAccess"],
      tags: { owner: "ada@example.com", team: "search", cost: "7" },
    }),
    aSet(SETS[2], "Nobody"),
  ],
  assignments: [
    assigned(SETS[0], "222233334444", id(1)),
    assigned(SETS[0], "222233334444", id(2)),
    assigned(SETS[0], "222233334444", SECURITY, "GROUP"),
    assigned(SETS[0], "333344445555", id(1)),
    assigned(SETS[0], "444455556666", PLATFORM, "GROUP"),
    assigned(SETS[1], "222233334444", id(1)),
  ],
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
