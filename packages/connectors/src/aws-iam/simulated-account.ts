import type { Instant } from "@leasehold/core/kernel";

/** An account of the demo, as plain JSON. Times are the vendor's; a key that was never used says null. */
export interface World {
  account: string;
  users: User[];
  groups: { [name: string]: Policies };
  roles?: Role[]; // absent in a world that was kept before there were any
  policies?: { [arn: string]: object }; // the account's own
  contain?: true; // the settings opt in to it
  report?: { at: Instant; text: string }; // the credential report of before, if there is one
  page?: number; // how much IAM gives at once at most; two where nothing is said, so that the laws turn pages
  events: number; // how many were sent, so that each has an id of its own
}
export interface User extends Policies {
  userName: string;
  createdAt: string;
  tags: { [name: string]: string };
  groups: string[];
  keys: Key[];
  services?: ServiceKey[]; // absent in a world that was kept before there were any, and so is what follows
  password?: { createdAt: string; lastUsed: string | null };
  certificates?: Dated[];
  sshKeys?: Dated[];
  boundary?: string;
}
export interface Dated {
  id: string;
  status: Key["status"];
  createdAt: string;
}
export interface Role extends Policies {
  roleName: string;
  path: string;
  roleId: string;
  createdAt: string;
  lastUsed: string | null;
  tags: { [name: string]: string };
  trust: object;
  boundary?: string;
}
export interface ServiceKey {
  id: string;
  serviceName: string;
  status: Key["status"];
  createdAt: string;
  expiresAt: string | null;
}
export interface Key {
  accessKeyId: string;
  status: "Active" | "Inactive" | "Expired";
  createdAt: string;
  lastUsed: string | null;
}
export interface Policies {
  attached: string[]; // ARNs of managed policies
  inline: { [name: string]: object };
}

export const empty: World = { account: "111122223333", users: [], groups: {}, events: 0 };

export const KEY = "AKIAIOSFODNN7EXAMPLE";
export const SERVICE = "ACCAIOSFODNN7EXAMPLE";
export const CERTIFICATE = "TA7SMP42TDN5Z26OBPJE7EXAMPLE";
export const SSH = "APKAIOSFODNN7EXAMPLE";
export const ROLE_ID = "AROAIOSFODNN7EXAMPLE";
export const QUARANTINE = "arn:aws:iam::111122223333:policy/leasehold-demo-quarantine";
export const MADE = "2026-01-05T08:00:00.000Z";

export const aKey = (accessKeyId: string, over: Partial<Key> = {}): Key => ({
  accessKeyId,
  status: "Active",
  createdAt: MADE,
  lastUsed: null,
  ...over,
});
const aService = (id: string, over: Partial<ServiceKey> = {}): ServiceKey => ({
  ...{ id, serviceName: "bedrock.amazonaws.com", status: "Active", createdAt: MADE, expiresAt: null },
  ...over,
});
export const aUser = (userName: string, over: Partial<User> = {}): User => ({
  userName,
  createdAt: MADE,
  tags: {},
  groups: [],
  attached: [],
  inline: {},
  keys: [],
  ...over,
});
const aDated = (id: string, over: Partial<Dated> = {}): Dated => ({ id, status: "Active", createdAt: MADE, ...over });
export const aRole = (roleName: string, over: Partial<Role> = {}): Role => ({
  ...{ roleName, path: "/", roleId: ROLE_ID, createdAt: MADE, lastUsed: null, tags: {}, attached: [], inline: {} },
  trust: trusting({ Service: "lambda.amazonaws.com" }),
  ...over,
});
const trusting = (Principal: object, Condition?: object) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal, ...(Condition && { Condition }) }],
});
const allow = (Action: string, Resource: string) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action, Resource }],
});

export const sample: World = {
  ...empty,
  users: [
    aUser("agent-7", {
      tags: { owner: "ada@example.com", team: "search" },
      groups: ["agents"],
      inline: { notes: allow("s3:PutObject", "arn:aws:s3:::example-notes/*") },
      keys: [aKey(KEY, { lastUsed: "2026-10-30T17:00:00.000Z" }), aKey("AKIAI44QH8DHBEXAMPLE", { status: "Inactive" })],
    }),
    aUser("breakglass", {
      attached: ["arn:aws:iam::aws:policy/AdministratorAccess"],
      keys: [aKey("AKIAIOSFODNN8EXAMPLE")],
    }),
    aUser("console-only", {
      password: { createdAt: MADE, lastUsed: "2026-10-29T08:00:00.000Z" },
      certificates: [aDated(CERTIFICATE)],
      sshKeys: [aDated(SSH, { status: "Inactive" })],
      boundary: "arn:aws:iam::111122223333:policy/people",
    }),
    aUser("leaked", {
      attached: ["arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3"],
      keys: [aKey("AKIAI55QH8DHBEXAMPLE")],
    }),
    aUser("BedrockAPIKey-ab12", {
      attached: ["arn:aws:iam::aws:policy/AmazonBedrockLimitedAccess"],
      services: [
        aService(SERVICE, { expiresAt: "2026-12-05T08:00:00.000Z" }),
        aService("ACCAI44QH8DHBEXAMPLE", { status: "Inactive" }),
      ],
    }),
  ],
  policies: { "arn:aws:iam::111122223333:policy/notes": allow("s3:GetObject", "arn:aws:s3:::example-notes/*") },
  roles: [
    aRole("agent-runtime", {
      path: "/agents/",
      tags: { owner: "ada@example.com" },
      attached: ["arn:aws:iam::111122223333:policy/notes"],
      lastUsed: "2026-10-31T08:00:00.000Z",
      boundary: "arn:aws:iam::111122223333:policy/agents",
    }),
    aRole("deploy", {
      roleId: "AROAI44QH8DHBEXAMPLE",
      trust: trusting(
        { Federated: "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" },
        { StringLike: { "token.actions.githubusercontent.com:sub": "repo:example/search:*" } },
      ),
    }),
    aRole("AWSServiceRoleForSupport", {
      path: "/aws-service-role/support.amazonaws.com/",
      roleId: "AROAI55QH8DHBEXAMPLE",
      trust: trusting({ Service: "support.amazonaws.com" }),
    }),
  ],
  groups: {
    agents: {
      attached: ["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"],
      inline: { look: allow("sqs:ListQueues", "*") },
    },
  },
};
