import {
  type AccessKeyMetadata,
  GetAccessKeyLastUsedCommand,
  ListAccessKeysCommand,
  ListServiceSpecificCredentialsCommand,
  ListUsersCommand,
  ListUserTagsCommand,
  type ServiceSpecificCredentialMetadata,
  type User,
} from "@aws-sdk/client-iam";
import type { Lister, Page } from "@leasehold/core/connector";
import { type AccountId, badInput, type Instant, instantOf } from "@leasehold/core/kernel";
import { marksOf, type Reach, type Signal } from "@leasehold/core/signal";
import { accessKey, accountOf, askAws, iamIdentity, ownerIn } from "../../../kit/index.ts";
import { usedAt } from "../access-keys.ts";
import type { Api } from "../api.ts";
import { SERVICE_SPECIFIC, serviceHandle } from "../handles.ts";
import { servicesOf } from "../service-specific.ts";
import { ask, askPage, type Look, newLook } from "./look.ts";
import { reachOf, reachPermissions } from "./reach.ts";

const USERS_A_PAGE = 100;
const AT_ONCE = 4; // IAM does not publish its rate; this stays far below what it has been seen to refuse

/** Every access key and service-specific credential of the account, what it reaches, and whom its user's tags declare as the owner. */
export const lister: Lister<Api> = {
  permissions: [
    "iam:ListUsers",
    "iam:ListAccessKeys",
    "iam:GetAccessKeyLastUsed",
    "iam:ListServiceSpecificCredentials",
    "iam:ListUserTags",
    ...reachPermissions,
  ],
  emits: ["credential.seen"],
  page,
};

async function page(api: Api, cursor: string | undefined, now: Instant): Promise<Page> {
  const look = newLook(api);
  const input = { MaxItems: USERS_A_PAGE, ...(cursor !== undefined && { Marker: cursor }) };
  const {
    Users = [],
    IsTruncated,
    Marker,
  } = await askAws("iam:ListUsers", () => api.send(new ListUsersCommand(input)));
  const signals: Signal[] = [];
  for (let at = 0; at < Users.length; at += AT_ONCE) {
    const found = await Promise.all(Users.slice(at, at + AT_ONCE).map((user) => keysOf(look, user, now)));
    signals.push(...found.flat());
  }
  const next = IsTruncated ? Marker : undefined;
  return { signals, next, whole: look.whole && (next !== undefined || !IsTruncated) };
}

async function keysOf(look: Look, user: User, now: Instant): Promise<readonly Signal[]> {
  const { UserName = "", Arn = "" } = user;
  if (accountOf(Arn) !== look.api.account)
    throw badInput("the role is of another account than the configuration names", { where: "account" });
  const listed = await ask(look, "iam:ListAccessKeys", () => look.api.send(new ListAccessKeysCommand({ UserName })));
  const keys = listed?.AccessKeyMetadata ?? [];
  const services = await askServices(look, UserName);
  if (keys.length + services.length === 0) return [];
  const { owner, tags } = await tagsOf(look, UserName);
  const of = { now, arn: Arn, userName: UserName, reach: await reachOf(look, UserName), ...(owner && { owner }), tags };
  const seenKeys = await Promise.all(keys.map((key) => seen(look, key, of)));
  return [...seenKeys.flat(), ...services.flatMap((one) => seenService(look, one, of))];
}

async function askServices(look: Look, UserName: string): Promise<readonly ServiceSpecificCredentialMetadata[]> {
  const { all, whole } = await servicesOf(UserName, (input) =>
    askPage(look, "iam:ListServiceSpecificCredentials", () =>
      look.api.send(new ListServiceSpecificCredentialsCommand(input)),
    ),
  );
  if (!whole) look.whole = false;
  return all;
}

interface Of {
  readonly now: Instant;
  readonly arn: string;
  readonly userName: string;
  readonly reach: Reach;
  readonly owner?: AccountId;
  readonly tags: readonly string[] | undefined;
}

/** IAM does not say when a key last changed, so what was seen is dated by when we looked. */
async function seen(look: Look, key: AccessKeyMetadata, of: Of): Promise<readonly Signal[]> {
  const { AccessKeyId: accessKeyId, CreateDate, Status } = key;
  if (accessKeyId === undefined) return [];
  const handle = { account: look.api.account, userName: of.userName, accessKeyId };
  const used = await lastUse(look, accessKeyId);
  return [
    {
      ...seenOf(look, accessKeyId, of),
      ...{ type: "access key", handle, state: Status === "Active" ? "on" : "off" },
      ...(CreateDate && { createdAt: instantOf(CreateDate.getTime()) }),
      ...(used !== undefined && { lastUsed: used }),
    },
  ];
}

/** Of these IAM does not say when they were last used. */
function seenService(look: Look, one: ServiceSpecificCredentialMetadata, of: Of): readonly Signal[] {
  const { ServiceSpecificCredentialId: id, ServiceName, CreateDate, ExpirationDate, Status } = one;
  if (id === undefined) return [];
  return [
    {
      ...seenOf(look, id, of),
      ...{ type: SERVICE_SPECIFIC, handle: serviceHandle(look.api.account, of.userName, id, ServiceName) },
      state: Status === "Active" ? "on" : "off",
      ...(CreateDate && { createdAt: instantOf(CreateDate.getTime()) }),
      ...(ExpirationDate && { expiresAt: instantOf(ExpirationDate.getTime()) }),
    },
  ];
}

const seenOf = ({ api }: Look, id: string, { now, arn, reach, owner, tags }: Of) => ({
  kind: "credential.seen" as const,
  source: { connector: "aws-iam", eventId: `list:${id}:${now}`, occurredAt: now },
  tenant: api.account,
  credential: accessKey(id),
  identity: iamIdentity(arn),
  reach,
  ...(owner && { owner }),
  ...(tags && { tags: [...tags] }),
});

async function lastUse(look: Look, AccessKeyId: string): Promise<Instant | null | undefined> {
  return usedAt(
    await ask(look, "iam:GetAccessKeyLastUsed", () => look.api.send(new GetAccessKeyLastUsedCommand({ AccessKeyId }))),
  );
}

interface Tagged {
  readonly owner: AccountId | undefined;
  readonly tags: readonly string[] | undefined; // as marks
}

async function tagsOf(look: Look, UserName: string): Promise<Tagged> {
  const tagged = await ask(look, "iam:ListUserTags", () => look.api.send(new ListUserTagsCommand({ UserName })));
  const whole = tagged !== undefined && !tagged.IsTruncated;
  return { owner: ownerOfTags(tagged?.Tags ?? []), tags: whole ? marksOfTags(tagged.Tags ?? []) : undefined };
}

interface Tag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

export const ownerOfTags = (tags: readonly Tag[]): AccountId | undefined =>
  ownerIn(Object.fromEntries(tags.map(({ Key = "", Value }) => [Key, Value])));

export const marksOfTags = (tags: readonly Tag[]): readonly string[] | undefined =>
  marksOf(Object.fromEntries(tags.map(({ Key = "", Value = "" }) => [Key, Value])));
