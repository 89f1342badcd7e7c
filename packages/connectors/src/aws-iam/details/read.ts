import { badInput, type Instant, instantOf } from "@leasehold/core/kernel";
import { Signal } from "@leasehold/core/signal";
import { accessKey, accountOf, iamIdentity, iamRole } from "../../../kit/index.ts";
import { marksOfTags, ownerOfTags } from "../inventory/index.ts";
import { type CredentialReport, lastUse, reportOf } from "../report/index.ts";
import { reachIn } from "./reach.ts";
import { Details, type Key, Keys, shapeOf } from "./shapes.ts";

/** The files as they were read: JSON already, the report as text. */
export interface IamFiles {
  readonly details: unknown;
  readonly keys: readonly unknown[]; // answers of ListAccessKeys, or their lines
  readonly report: string | undefined;
  readonly asOf: Instant;
}
export interface IamInventory {
  readonly signals: readonly Signal[];
  readonly accounts: readonly string[];
  readonly users: number;
  readonly roles: number;
  readonly keys: number;
  readonly whole: boolean;
  readonly notVisible: readonly string[]; // what these files cannot show, each a sentence
}

type User = Details["UserDetailList"][number];

/** What an account's own files say of its identities and keys: all of it is judged before any of it is used. */
export function readDetails(files: IamFiles): IamInventory {
  const details = shapeOf(Details, files.details, "account authorization details");
  if (details.UserDetailList.length + details.RoleDetailList.length === 0)
    throw badInput("there is no user and no role in this file: nothing was changed", { where: "UserDetailList" });
  const lists = files.keys.map((one) => shapeOf(Keys, asList(one), "access keys"));
  const report = files.report === undefined ? undefined : reportOf(files.report);
  const users = new Map(details.UserDetailList.map((user) => [user.UserName, user]));
  const keys = distinct(lists.flatMap(({ AccessKeyMetadata }) => AccessKeyMetadata));
  const known = keys.filter(({ UserName }) => users.has(UserName));
  const reach = reachIn(details);
  const siblings = new Map<string, Key[]>();
  for (const key of keys) siblings.set(key.UserName, [...(siblings.get(key.UserName) ?? []), key]);
  const used = (key: Key) => lastUse(key, siblings.get(key.UserName) ?? [], report);
  const seen = known.map((key) => {
    const user = users.get(key.UserName) as User;
    return keySeen(key, user, { asOf: files.asOf, reach: reach(user), lastUsed: used(key) });
  });
  const arns = [...details.UserDetailList, ...details.RoleDetailList].map(({ Arn }) => Arn);
  const notVisible = gaps({ details, lists, given: files.keys.length > 0, keys, known, report });
  return {
    signals: [...arns.map(identitySaid), ...seen],
    accounts: [...new Set(arns.map(tenantOf))].sort(),
    ...{ users: users.size, roles: details.RoleDetailList.length, keys: known.length },
    ...{ whole: notVisible.length === 0, notVisible },
  };
}

/** One key by itself is a list of one. */
const asList = (one: unknown): unknown =>
  one !== null && typeof one === "object" && "AccessKeyId" in one ? { AccessKeyMetadata: [one] } : one;

const distinct = (keys: readonly Key[]): readonly Key[] => [
  ...new Map(keys.map((key) => [key.AccessKeyId, key])).values(),
];

function tenantOf(arn: string): string {
  const account = accountOf(arn);
  if (account !== undefined && /^\d{12}$/.test(account)) return account;
  throw badInput("an ARN names no account: nothing was changed", { file: "account authorization details" });
}

const identityOf = (arn: string) => (/:iam::\d+:role\//.test(arn) ? iamRole(arn) : iamIdentity(arn));

/** That it exists, and no more: dated before everything, so that the event of its making is believed before this. */
function identitySaid(arn: string): Signal {
  const identity = identityOf(arn);
  return Signal.parse({
    kind: "identity.created",
    source: { connector: "aws-iam", eventId: `details/${identity.name}`, occurredAt: instantOf(0) },
    tenant: tenantOf(arn),
    by: { realm: "aws", name: "unknown", via: "unknown" },
    identity,
  });
}

interface Of {
  readonly asOf: Instant;
  readonly reach: ReturnType<ReturnType<typeof reachIn>>;
  readonly lastUsed: Instant | null | undefined;
}

function keySeen({ AccessKeyId, CreateDate, Status }: Key, { Arn, UserName, Tags }: User, of: Of): Signal {
  const tenant = tenantOf(Arn);
  const owner = ownerOfTags(Tags);
  return Signal.parse({
    kind: "credential.seen",
    source: { connector: "aws-iam", eventId: `details/${AccessKeyId}/${of.asOf}`, occurredAt: of.asOf },
    ...{ tenant, credential: accessKey(AccessKeyId), type: "access key", identity: iamIdentity(Arn) },
    handle: { account: tenant, userName: UserName, accessKeyId: AccessKeyId },
    ...{ state: Status === "Active" ? "on" : "off", reach: of.reach, createdAt: CreateDate },
    ...{ lastUsed: of.lastUsed, owner, tags: marksOfTags(Tags) },
  });
}

interface Shown {
  readonly details: Details;
  readonly lists: readonly Keys[];
  readonly given: boolean;
  readonly keys: readonly Key[];
  readonly known: readonly Key[];
  readonly report: CredentialReport | undefined;
}

const ROOT = "<root_account>";

function gaps({ details, lists, given, keys, known, report }: Shown): readonly string[] {
  const users = new Set(details.UserDetailList.map(({ UserName }) => UserName));
  const slots = [...(report?.slots ?? [])].flatMap(([user, slots]) => (user === ROOT ? [] : slots));
  const unnamed = slots.length - known.length;
  const others = new Set((report?.users ?? []).filter((user) => user !== ROOT && !users.has(user)));
  const says = (when: boolean, sentence: string) => (when ? [sentence] : []);
  return [
    ...says(details.IsTruncated, "The authorization details say that they are truncated: users and roles are missing."),
    ...says(
      lists.some(({ IsTruncated }) => IsTruncated),
      "A list of access keys says that it is truncated: keys are missing.",
    ),
    ...says(!given, "The ids of access keys are in neither file: give --keys with what list-access-keys prints."),
    ...says(
      given && report !== undefined && unnamed > 0,
      `The credential report has ${unnamed} more access keys than are listed.`,
    ),
    ...says(
      others.size > 0,
      `The credential report has ${others.size} users that the authorization details do not have.`,
    ),
    ...says(
      keys.length > known.length,
      `${keys.length - known.length} access keys are of users that the authorization details do not have.`,
    ),
    ...says(report?.slots.has(ROOT) ?? false, "The root user has an access key, and no file tells its id."),
  ];
}
