/** An account of the demo, as plain JSON. Times are the vendor's; a key that was never used says null. */
export interface World {
  account: string;
  users: User[];
  groups: { [name: string]: Policies };
  events: number; // how many were sent, so that each has an id of its own
}
export interface User extends Policies {
  userName: string;
  createdAt: string;
  tags: { [name: string]: string };
  groups: string[];
  keys: Key[];
  services?: ServiceKey[]; // absent in a world that was kept before there were any
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
export const MADE = "2026-01-05T08:00:00.000Z";

const aKey = (accessKeyId: string, over: Partial<Key> = {}): Key => ({
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
const aUser = (userName: string, over: Partial<User> = {}): User => ({
  userName,
  createdAt: MADE,
  tags: {},
  groups: [],
  attached: [],
  inline: {},
  keys: [],
  ...over,
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
    aUser("console-only"),
    aUser("BedrockAPIKey-ab12", {
      attached: ["arn:aws:iam::aws:policy/AmazonBedrockLimitedAccess"],
      services: [
        aService(SERVICE, { expiresAt: "2026-12-05T08:00:00.000Z" }),
        aService("ACCAI44QH8DHBEXAMPLE", { status: "Inactive" }),
      ],
    }),
  ],
  groups: {
    agents: {
      attached: ["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"],
      inline: { look: allow("sqs:ListQueues", "*") },
    },
  },
};
