import {
  GetAccessKeyLastUsedCommand,
  GetAccountAuthorizationDetailsCommand,
  GetLoginProfileCommand,
  ListAccessKeysCommand,
  ListServiceSpecificCredentialsCommand,
  ListSigningCertificatesCommand,
  ListSSHPublicKeysCommand,
  type ServiceSpecificCredentialMetadata,
  type UserDetail,
} from "@aws-sdk/client-iam";
import type { Handle } from "@leasehold/core/connector";
import { type Instant, instantOf } from "@leasehold/core/kernel";
import type { Reach, Signal, SignalOf } from "@leasehold/core/signal";
import { accessKey, askAws, iamIdentity } from "../../../kit/index.ts";
import { usedAt } from "../access-keys.ts";
import { isQuarantine } from "../events/identities.ts";
import {
  ACCESS_KEY,
  LOGIN_PROFILE,
  loginProfile,
  SERVICE_SPECIFIC,
  SIGNING_CERTIFICATE,
  SSH_KEY,
  serviceHandle,
} from "../handles.ts";
import { ask, askAll, type Look } from "./look.ts";
import { userSessionsSeen } from "./sessions.ts";
import { READS_DETAILS, reachOfAll } from "./shared.ts";
import { marksOfTags, ownerOfTags } from "./tags.ts";

/** Beside the details, of each user and key: there is no call that tells these of all at once. */
export const USER_READS = [
  ...["iam:ListAccessKeys", "iam:GetAccessKeyLastUsed", "iam:GetLoginProfile", "iam:ListSigningCertificates"],
  ...["iam:ListSSHPublicKeys", "iam:ListServiceSpecificCredentials"],
];

const USERS_A_PAGE = 50; // five calls each, and a function has fifteen minutes
const AT_ONCE = 4; // IAM does not publish its rate; this stays far below what it has been seen to refuse

/** What one page of users or roles said, and where the next begins. */
export interface Listed {
  readonly signals: readonly Signal[];
  readonly arns: readonly string[];
  readonly truncated: boolean;
  readonly next: string | undefined;
}

export async function usersFrom(look: Look, marker: string | undefined, now: Instant): Promise<Listed> {
  const { api } = look;
  const input = { Filter: ["User" as const], MaxItems: USERS_A_PAGE, ...(marker !== undefined && { Marker: marker }) };
  const listed = await askAws(READS_DETAILS, () => api.send(new GetAccountAuthorizationDetailsCommand(input)));
  const { UserDetailList: users = [], IsTruncated = false, Marker } = listed;
  const signals: Signal[] = [];
  if (users.length > 0) {
    const reach = await reachOfAll(look);
    const services = await servicesOfAll(look);
    for (let at = 0; at < users.length; at += AT_ONCE) {
      const some = users.slice(at, at + AT_ONCE);
      const found = await Promise.all(
        some.map((user) => userSeen(look, user, { now, reach: reach(holderOf(user)), services })),
      );
      signals.push(...found.flat());
    }
  }
  return { signals, arns: users.map(({ Arn = "" }) => Arn), truncated: IsTruncated, next: Marker };
}

const holderOf = ({ AttachedManagedPolicies, UserPolicyList, GroupList }: UserDetail) => ({
  ...{ attached: AttachedManagedPolicies, inline: UserPolicyList, groups: GroupList },
});

/** One call for all users, and not one for each: most have none. */
async function servicesOfAll(look: Look): Promise<readonly ServiceSpecificCredentialMetadata[]> {
  const pages = await askAll(look, "iam:ListServiceSpecificCredentials", (from) =>
    look.api.send(new ListServiceSpecificCredentialsCommand({ AllUsers: true, ...from })),
  );
  return pages.flatMap(({ ServiceSpecificCredentials = [] }) => ServiceSpecificCredentials);
}

interface About {
  readonly now: Instant;
  readonly reach: Reach;
  readonly services: readonly ServiceSpecificCredentialMetadata[];
}

async function userSeen(look: Look, user: UserDetail, { now, reach, services }: About): Promise<readonly Signal[]> {
  const { UserName = "", Arn = "", Tags = [], GroupList = [], CreateDate, AttachedManagedPolicies = [] } = user;
  const identity = iamIdentity(Arn);
  const owner = ownerOfTags(Tags);
  const tags = marksOfTags(Tags);
  const told = { ...(owner && { owner }), ...(tags && { tags: [...tags] }) };
  const said = (id: string) => ({
    source: { connector: "aws-iam", eventId: `list:${id}:${now}`, occurredAt: now },
    tenant: look.api.account,
  });
  const shown: Shown = (id, type, state, handle, more) => ({
    ...{
      kind: "credential.seen",
      ...said(type === LOGIN_PROFILE ? `password:${id}` : id),
      type,
      identity,
      state,
      reach,
    },
    ...{ credential: type === LOGIN_PROFILE ? loginProfile(id) : accessKey(id), ...told },
    handle: { account: look.api.account, userName: UserName, ...handle },
    ...more,
  });
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
    ...(await credentialsOf(look, UserName, Arn, shown)),
    ...userSessionsSeen(look.api, user, identity, { ...said(`sessions:${identity.name}`), reach, ...told }),
    ...services.filter((one) => one.UserName === UserName).flatMap((one) => serviceSeen(look, one, shown)),
  ];
}

const AWS: SignalOf<"identity.exposed">["by"] = { realm: "aws", name: "AWS", via: "workload" };

type Shown = (
  id: string, // IAM's own; of a password, which has none, its user's ARN
  type: string,
  state: "on" | "off",
  handle: Handle,
  more: Pick<SignalOf<"credential.seen">, "createdAt" | "expiresAt" | "lastUsed">,
) => SignalOf<"credential.seen">;

const stateOf = (status: string | undefined) => (status === "Active" ? "on" : "off");
const dated = <K extends "createdAt" | "expiresAt">(name: K, date: Date | undefined): { [N in K]?: Instant } =>
  (date === undefined ? {} : { [name]: instantOf(date.getTime()) }) as { [N in K]?: Instant };

async function credentialsOf(look: Look, UserName: string, arn: string, shown: Shown): Promise<readonly Signal[]> {
  const found = await Promise.all([
    keysOf(look, UserName, shown),
    passwordOf(look, UserName, arn, shown),
    certificatesOf(look, UserName, shown),
    sshKeysOf(look, UserName, shown),
  ]);
  return found.flat();
}

/** IAM does not say when a key last changed, so what was seen is dated by when we looked. */
async function keysOf(look: Look, UserName: string, shown: Shown): Promise<readonly Signal[]> {
  const { api } = look;
  const listed = await ask(look, "iam:ListAccessKeys", () => api.send(new ListAccessKeysCommand({ UserName })));
  const keys = (listed?.AccessKeyMetadata ?? []).map(async ({ AccessKeyId: id, Status, CreateDate }) => {
    if (id === undefined) return [];
    const answer = await ask(look, "iam:GetAccessKeyLastUsed", () =>
      api.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: id })),
    );
    const used = usedAt(answer);
    const more = { ...dated("createdAt", CreateDate), ...(used !== undefined && { lastUsed: used }) };
    return [shown(id, ACCESS_KEY, stateOf(Status), { accessKeyId: id }, more)];
  });
  return (await Promise.all(keys)).flat();
}

/** That there is none is IAM's answer, too. When it was last used is asked where somebody is about to act. */
async function passwordOf(look: Look, UserName: string, arn: string, shown: Shown): Promise<readonly Signal[]> {
  const found = await ask(look, "iam:GetLoginProfile", () => look.api.send(new GetLoginProfileCommand({ UserName })));
  if (found?.LoginProfile === undefined) return [];
  return [shown(arn, LOGIN_PROFILE, "on", {}, dated("createdAt", found.LoginProfile.CreateDate))];
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
function serviceSeen({ api }: Look, one: ServiceSpecificCredentialMetadata, shown: Shown): readonly Signal[] {
  const { ServiceSpecificCredentialId: id, ServiceName, CreateDate, ExpirationDate, Status, UserName = "" } = one;
  if (id === undefined) return [];
  const times = { ...dated("createdAt", CreateDate), ...dated("expiresAt", ExpirationDate) };
  return [shown(id, SERVICE_SPECIFIC, stateOf(Status), serviceHandle(api.account, UserName, id, ServiceName), times)];
}
