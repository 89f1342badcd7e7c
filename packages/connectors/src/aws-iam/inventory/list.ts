import {
  type AccessKeyMetadata,
  GetAccessKeyLastUsedCommand,
  ListAccessKeysCommand,
  ListUsersCommand,
  ListUserTagsCommand,
  type User,
} from "@aws-sdk/client-iam";
import type { Lister, Page } from "@leasehold/core/connector";
import { type AccountId, badInput, type Instant, instantOf } from "@leasehold/core/kernel";
import type { Reach, Signal } from "@leasehold/core/signal";
import { accessKey, accountOf, askAws, emailAccount, iamIdentity, isEmail } from "../../../kit/index.ts";
import { type Api, usedAt } from "../actions.ts";
import { ask, type Look, newLook } from "./look.ts";
import { reachOf, reachPermissions } from "./reach.ts";

const USERS_A_PAGE = 100;
const AT_ONCE = 4; // IAM does not publish its rate; this stays far below what it has been seen to refuse
const OWNER_TAGS = ["leasehold:owner", "owner", "Owner"];

/** Every access key of the account, with its last use, what it reaches, and whom its user's tags declare as the owner. */
export const lister: Lister<Api> = {
  permissions: [
    "iam:ListUsers",
    "iam:ListAccessKeys",
    "iam:GetAccessKeyLastUsed",
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
  if (keys.length === 0) return [];
  const owner = await ownerOf(look, UserName);
  const of = { now, arn: Arn, userName: UserName, reach: await reachOf(look, UserName), ...(owner && { owner }) };
  return (await Promise.all(keys.map((key) => seen(look, key, of)))).flat();
}

interface Of {
  readonly now: Instant;
  readonly arn: string;
  readonly userName: string;
  readonly reach: Reach;
  readonly owner?: AccountId;
}

/** IAM does not say when a key last changed, so what was seen is dated by when we looked. */
async function seen(look: Look, key: AccessKeyMetadata, of: Of): Promise<readonly Signal[]> {
  const { AccessKeyId: accessKeyId, CreateDate, Status } = key;
  if (accessKeyId === undefined) return [];
  const { now, arn, userName, reach, owner } = of;
  const tenant = look.api.account;
  const used = await lastUse(look, accessKeyId);
  return [
    {
      kind: "credential.seen",
      source: { connector: "aws-iam", eventId: `list:${accessKeyId}:${now}`, occurredAt: now },
      tenant,
      credential: accessKey(accessKeyId),
      type: "access key",
      identity: iamIdentity(arn),
      handle: { account: tenant, userName, accessKeyId },
      state: Status === "Active" ? "on" : "off",
      reach,
      ...(CreateDate && { createdAt: instantOf(CreateDate.getTime()) }),
      ...(used !== undefined && { lastUsed: used }),
      ...(owner && { owner }),
    },
  ];
}

async function lastUse(look: Look, AccessKeyId: string): Promise<Instant | null | undefined> {
  return usedAt(
    await ask(look, "iam:GetAccessKeyLastUsed", () => look.api.send(new GetAccessKeyLastUsedCommand({ AccessKeyId }))),
  );
}

async function ownerOf(look: Look, UserName: string): Promise<AccountId | undefined> {
  const tagged = await ask(look, "iam:ListUserTags", () => look.api.send(new ListUserTagsCommand({ UserName })));
  return declaredOwner(tagged?.Tags ?? []);
}

interface Tag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/** Only an address can be an owner: a tag that says "platform team" names nobody. */
export function declaredOwner(tags: readonly Tag[]): AccountId | undefined {
  const values = OWNER_TAGS.map((name) => tags.find(({ Key }) => Key === name)?.Value ?? "");
  const address = values.find(isEmail);
  return address === undefined ? undefined : emailAccount(address);
}
