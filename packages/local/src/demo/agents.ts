import { accessKey, iamIdentity, iamUserArn } from "@leasehold/connectors/kit";
import type { CredentialId, IdentityId } from "@leasehold/core/kernel";
import type { Who } from "./people.ts";
import { ACCOUNT } from "./places.ts";

/** An IAM user of Example Corp that an agent works with. Ages in weeks before the demo's present. */
export interface DemoAgent {
  readonly userName: string;
  readonly madeBy: Who | undefined; // undefined: nothing is left that says who
  readonly age: number;
  readonly tags?: Readonly<Record<string, string>>;
  readonly groups?: readonly string[];
  readonly attached?: readonly string[];
  readonly inline?: Readonly<Record<string, object>>;
  readonly keys: readonly DemoKey[];
}
export interface DemoKey {
  readonly name: KeyName;
  readonly accessKeyId: string;
  readonly age: number; // weeks
  readonly usedBefore: number | null; // hours; null: never
}

const allow = (action: readonly string[], resource: string) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: action, Resource: resource }],
});
const managed = (name: string) => `arn:aws:iam::aws:policy/${name}`;
const DAY = 24;

export const GROUPS = {
  readers: {
    attached: [managed("AmazonS3ReadOnlyAccess")],
    inline: { queries: allow(["athena:GetQueryResults", "athena:ListWorkGroups"], "*") },
  },
};

/** What may still be used is used within the last thirty days; everything older is idle. */
export const AGENTS: readonly DemoAgent[] = [
  {
    ...{ userName: "support-agent", madeBy: "sue", age: 30, tags: { team: "support" } },
    attached: [managed("AmazonDynamoDBFullAccess")],
    keys: [{ name: "support", accessKeyId: "AKIAIOSFODNN7EXAMPLE", age: 30, usedBefore: 63 * DAY }],
  },
  {
    ...{ userName: "report-agent", madeBy: "sue", age: 20, groups: ["readers"] },
    keys: [
      { name: "reportIdle", accessKeyId: "AKIAREPORTOLDEXAMPLE", age: 20, usedBefore: 77 * DAY },
      { name: "reportUsed", accessKeyId: "AKIAREPORTNEWEXAMPLE", age: 3, usedBefore: 2 },
    ],
  },
  {
    ...{ userName: "migration-agent", madeBy: "sue", age: 26 },
    attached: [managed("AdministratorAccess")],
    keys: [{ name: "migration", accessKeyId: "AKIAMIGRATE22EXAMPLE", age: 26, usedBefore: 119 * DAY }],
  },
  {
    ...{ userName: "triage-agent", madeBy: "nia", age: 12 },
    attached: [`arn:aws:iam::${ACCOUNT}:policy/triage`], // the company's own: its name says nothing of its reach
    keys: [{ name: "triage", accessKeyId: "AKIATRIAGE222EXAMPLE", age: 12, usedBefore: 42 * DAY }],
  },
  {
    ...{ userName: "build-agent", madeBy: "ben", age: 16 },
    inline: { artefacts: allow(["s3:GetObject", "s3:PutObject"], "arn:aws:s3:::example-artefacts/*") },
    keys: [{ name: "build", accessKeyId: "AKIABUILD2222EXAMPLE", age: 16, usedBefore: 1 }],
  },
  {
    ...{ userName: "break-glass-admin", madeBy: "sam", age: 40 },
    attached: [managed("AdministratorAccess")],
    keys: [{ name: "breakGlass", accessKeyId: "AKIABREAKGLASEXAMPLE", age: 40, usedBefore: null }],
  },
  {
    ...{ userName: "legacy-sync", madeBy: undefined, age: 160 },
    attached: [managed("AmazonS3FullAccess")],
    keys: [{ name: "legacy", accessKeyId: "AKIALEGACYSYNEXAMPLE", age: 160, usedBefore: 150 * DAY }],
  },
  {
    ...{ userName: "etl-agent", madeBy: undefined, age: 60, tags: { owner: "ben@example.com" } },
    attached: [`arn:aws:iam::${ACCOUNT}:policy/etl`],
    keys: [{ name: "etl", accessKeyId: "AKIAETLAGENT2EXAMPLE", age: 60, usedBefore: 90 * DAY }],
  },
];

export type KeyName =
  | "support"
  | "reportIdle"
  | "reportUsed"
  | "migration"
  | "triage"
  | "build"
  | "breakGlass"
  | "legacy"
  | "etl";

/** A key of the demo with all its names: IAM's, and ours. */
export interface NamedKey {
  readonly userName: string;
  readonly accessKeyId: string;
  readonly credential: CredentialId;
  readonly identity: IdentityId;
  readonly arn: string; // of its user
}

export const KEYS = Object.fromEntries(
  AGENTS.flatMap(({ userName, keys }) => keys.map(({ name, accessKeyId }) => [name, named(userName, accessKeyId)])),
) as Readonly<Record<KeyName, NamedKey>>;

export function named(userName: string, accessKeyId: string): NamedKey {
  const arn = iamUserArn(ACCOUNT, userName);
  return { userName, accessKeyId, credential: accessKey(accessKeyId), identity: iamIdentity(arn).id, arn };
}
