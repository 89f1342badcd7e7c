import {
  GetAccessKeyLastUsedCommand,
  GetAccountAuthorizationDetailsCommand,
  GetLoginProfileCommand,
  ListAccessKeysCommand,
  ListSigningCertificatesCommand,
  ListSSHPublicKeysCommand,
  type ServiceSpecificCredentialMetadata,
  type UserDetail,
} from "@aws-sdk/client-iam";
import type { Handle } from "@leasehold/core/connector";
import { type Instant, instantOf } from "@leasehold/core/kernel";
import type { Signal, SignalOf } from "@leasehold/core/signal";
import { accessKey, askAws, iamIdentity } from "../../../kit/index.ts";
import { usedAt } from "../access-keys.ts";
import { isQuarantine } from "../events/identities.ts";
import {
  ACCESS_KEY,
  ENDED_POLICY,
  LOGIN_PROFILE,
  loginProfile,
  SERVICE_SPECIFIC,
  SIGNING_CERTIFICATE,
  SSH_KEY,
  serviceHandle,
} from "../handles.ts";
import { type Line, lastUse } from "../report/index.ts";
import { type Account, accountOfLook, asOfPage } from "./account.ts";
import { lineOf, type Report } from "./ask-report.ts";
import { ask, type Look, newLook } from "./look.ts";
import { userSessionsSeen } from "./sessions.ts";
import { READS_DETAILS } from "./shared.ts";
import { marksOfTags, ownerOfTags } from "./tags.ts";

/** Beside the details: the report and the service-specific credentials once for all users, the others of each user or key. */
export const USER_READS = [
  ...["iam:GenerateCredentialReport", "iam:GetCredentialReport", "iam:ListServiceSpecificCredentials"],
  ...["iam:ListAccessKeys", "iam:ListSSHPublicKeys", "iam:GetAccessKeyLastUsed", "iam:GetLoginProfile"],
  "iam:ListSigningCertificates",
];

const USERS_A_PAGE = 100; // two calls each, and a function has fifteen minutes
const AT_ONCE = 4; // IAM does not publish its rate; this stays far below what it has been seen to refuse

/** What one page of users or roles said, and where the next begins. */
export interface Listed {
  readonly signals: readonly Signal[];
  readonly arns: readonly string[];
  readonly truncated: boolean;
  readonly next: string | undefined;
  readonly asOf?: Instant | undefined;
}

export async function usersFrom(look: Look, marker: string | undefined, now: Instant): Promise<Listed> {
  const { api } = look;
  const input = { Filter: ["User" as const], MaxItems: USERS_A_PAGE, ...(marker !== undefined && { Marker: marker }) };
  const listed = await askAws(READS_DETAILS, () => api.send(new GetAccountAuthorizationDetailsCommand(input)));
  const { UserDetailList: users = [], IsTruncated = false, Marker } = listed;
  const said = { arns: users.map(({ Arn = "" }) => Arn), truncated: IsTruncated, next: Marker };
  if (users.length === 0) return { signals: [], ...said };
  const account = await accountOfLook(look, now, marker === undefined);
  const signals: Signal[] = [];
  for (let at = 0; at < users.length; at += AT_ONCE) {
    const some = users.slice(at, at + AT_ONCE).map((user) => userSeen(look, user, account, now));
    signals.push(...(await Promise.all(some)).flat());
  }
  return { signals, ...said, asOf: asOfPage(account, now) };
}

const holderOf = ({ AttachedManagedPolicies, UserPolicyList, GroupList }: UserDetail) => ({
  ...{ attached: AttachedManagedPolicies, inline: UserPolicyList, groups: GroupList },
});

async function userSeen(look: Look, user: UserDetail, account: Account, now: Instant): Promise<readonly Signal[]> {
  const { UserName = "", Arn = "", Tags = [], GroupList = [], CreateDate, AttachedManagedPolicies = [] } = user;
  const identity = iamIdentity(Arn);
  const owner = ownerOfTags(Tags);
  const tags = marksOfTags(Tags);
  const told = { ...(owner && { owner }), ...(tags && { tags: [...tags] }) };
  const reach = account.reach(holderOf(user));
  const said = (id: string, at = now) => ({
    source: { connector: "aws-iam", eventId: `list:${id}:${now}`, occurredAt: at },
    tenant: look.api.account,
  });
  const shown: Shown = (id, type, state, handle, more, at) => ({
    ...{ kind: "credential.seen", ...said(type === LOGIN_PROFILE ? `password:${id}` : id, at), type, identity },
    ...{ state, reach },
    ...{ credential: type === LOGIN_PROFILE ? loginProfile(id) : accessKey(id), ...told },
    handle: { account: look.api.account, userName: UserName, ...handle },
    ...more,
  });
  const own = newLook(look.api); // what was not seen of this one says nothing of the others
  const credentials = await credentialsOf(own, user, account, shown);
  look.whole &&= own.whole;
  const exposed = AttachedManagedPolicies.some(({ PolicyArn }) => isQuarantine(PolicyArn));
  return [
    {
      ...{ kind: "identity.seen", ...said(identity.name), identity, type: "user", reach, ...told },
      ...{ groups: [...GroupList], boundary: user.PermissionsBoundary?.PermissionsBoundaryArn ?? null },
      ...dated("createdAt", CreateDate),
    },
    ...(exposed
      ? [{ kind: "identity.exposed" as const, ...said(`quarantined:${identity.name}`), by: AWS, identity }]
      : []),
    ...credentials,
    ...userSessionsSeen(own, user, credentials, { ...said(`sessions:${identity.name}`), identity, reach, ...told }),
    ...(account.services.get(UserName) ?? []).flatMap((one) => serviceSeen(look, one, shown, account.readAt)),
  ];
}

const AWS: SignalOf<"identity.exposed">["by"] = { realm: "aws", name: "AWS", via: "workload" };

type Shown = (
  id: string, // IAM's own; of a password, which has none, its user's ARN
  type: string,
  state: "on" | "off",
  handle: Handle,
  more: Pick<SignalOf<"credential.seen">, "createdAt" | "expiresAt" | "lastUsed" | "storedAt">,
  at?: Instant, // what was read before the look is dated then, so that what has happened since is believed before it
) => SignalOf<"credential.seen">;

const stateOf = (status: string | undefined) => (status === "Active" ? "on" : "off");
const dated = <K extends "createdAt" | "expiresAt" | "CreateDate">(
  name: K,
  date: Date | undefined,
): { [N in K]?: Instant } =>
  (date === undefined ? {} : { [name]: instantOf(date.getTime()) }) as { [N in K]?: Instant };

/** One call after the other: a few users at once are as fast as IAM lets us be, and nobody waits long for a turn. */
async function credentialsOf(
  look: Look,
  user: UserDetail,
  { report }: Account,
  shown: Shown,
): Promise<readonly Signal[]> {
  const { UserName = "", Arn = "", UserPolicyList = [] } = user;
  const isEnded = UserPolicyList.some(({ PolicyName }) => PolicyName === ENDED_POLICY); // a report of before tells of nothing since
  const line = isEnded ? undefined : lineOf(report, user);
  const keys = await keysOf(look, UserName, line && report, shown);
  const password =
    line?.password === undefined
      ? await passwordOf(look, UserName, Arn, shown)
      : passwordIn(line, Arn, shown, report?.madeAt);
  const certificates = line?.certificates === false ? [] : await certificatesOf(look, UserName, shown);
  return [...keys, ...password, ...certificates, ...(await sshKeysOf(look, UserName, shown))];
}

/**
 * IAM does not say when a key last changed, so what was seen is dated by when we looked. That a user has none is never taken from
 * the report: by its page it may leave out those that are inactive.
 */
async function keysOf(
  look: Look,
  UserName: string,
  report: Report | undefined,
  shown: Shown,
): Promise<readonly Signal[]> {
  const { api } = look;
  const listed = await ask(look, "iam:ListAccessKeys", () => api.send(new ListAccessKeysCommand({ UserName })));
  const keys = (listed?.AccessKeyMetadata ?? []).flatMap(({ AccessKeyId, Status, CreateDate }) =>
    AccessKeyId === undefined ? [] : [{ AccessKeyId, UserName, Status, ...dated("CreateDate", CreateDate) }],
  );
  const signals: Signal[] = [];
  for (const key of keys) {
    const known = report !== undefined && (key.CreateDate ?? report.madeAt) < report.madeAt;
    const told = known ? lastUse(key, keys, report) : undefined;
    const used = told === undefined ? await askUse(look, key.AccessKeyId) : told;
    const more = {
      ...(key.CreateDate && { createdAt: key.CreateDate }),
      ...(used !== undefined && { lastUsed: used }),
    };
    signals.push(shown(key.AccessKeyId, ACCESS_KEY, stateOf(key.Status), { accessKeyId: key.AccessKeyId }, more));
  }
  return signals;
}

const askUse = async (look: Look, AccessKeyId: string) =>
  usedAt(
    await ask(look, "iam:GetAccessKeyLastUsed", () => look.api.send(new GetAccessKeyLastUsedCommand({ AccessKeyId }))),
  );

/** That there is none is IAM's answer, too. */
async function passwordOf(look: Look, UserName: string, arn: string, shown: Shown): Promise<readonly Signal[]> {
  const found = await ask(look, "iam:GetLoginProfile", () => look.api.send(new GetLoginProfileCommand({ UserName })));
  if (found?.LoginProfile === undefined) return [];
  return [shown(arn, LOGIN_PROFILE, "on", {}, dated("createdAt", found.LoginProfile.CreateDate))];
}

/** The report has all of them, though not since when there is one: only since when it is this one. */
function passwordIn({ password, passwordUsed, passwordSet }: Line, arn: string, shown: Shown, at?: Instant) {
  const used = passwordUsed === undefined ? {} : { lastUsed: passwordUsed };
  const told = { ...used, ...(passwordSet && { storedAt: passwordSet }) };
  return password ? [shown(arn, LOGIN_PROFILE, "on", {}, told, at)] : [];
}

async function certificatesOf(look: Look, UserName: string, shown: Shown): Promise<readonly Signal[]> {
  const listed = await ask(look, "iam:ListSigningCertificates", () =>
    look.api.send(new ListSigningCertificatesCommand({ UserName })),
  );
  return (listed?.Certificates ?? []).flatMap(({ CertificateId: certificateId, Status, UploadDate }) => {
    if (certificateId === undefined) return [];
    const made = dated("createdAt", UploadDate);
    return [shown(certificateId, SIGNING_CERTIFICATE, stateOf(Status), { certificateId }, made)];
  });
}

async function sshKeysOf(look: Look, UserName: string, shown: Shown): Promise<readonly Signal[]> {
  const listed = await ask(look, "iam:ListSSHPublicKeys", () =>
    look.api.send(new ListSSHPublicKeysCommand({ UserName })),
  );
  return (listed?.SSHPublicKeys ?? []).flatMap(({ SSHPublicKeyId: sshPublicKeyId, Status, UploadDate }) => {
    if (sshPublicKeyId === undefined) return [];
    const made = dated("createdAt", UploadDate);
    return [shown(sshPublicKeyId, SSH_KEY, stateOf(Status), { sshPublicKeyId }, made)];
  });
}

/** Of these IAM does not say when they were last used. */
function serviceSeen(
  { api }: Look,
  one: ServiceSpecificCredentialMetadata,
  shown: Shown,
  at: Instant,
): readonly Signal[] {
  const { ServiceSpecificCredentialId: id, ServiceName, CreateDate, ExpirationDate, Status, UserName = "" } = one;
  if (id === undefined) return [];
  const times = { ...dated("createdAt", CreateDate), ...dated("expiresAt", ExpirationDate) };
  const handle = serviceHandle(api.account, UserName, id, ServiceName);
  return [shown(id, SERVICE_SPECIFIC, stateOf(Status), handle, times, at)];
}
