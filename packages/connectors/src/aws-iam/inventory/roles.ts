import { GetAccountAuthorizationDetailsCommand, type RoleDetail } from "@aws-sdk/client-iam";
import { type Instant, instantOf } from "@leasehold/core/kernel";
import type { Reach, Signal, SignalOf } from "@leasehold/core/signal";
import { accessKey, askAws, iamRole } from "../../../kit/index.ts";
import type { Api } from "../api.ts";
import { isAwsOwn, ROLE } from "../handles.ts";
import { accountOfLook } from "./account.ts";
import type { Look } from "./look.ts";
import { allowedBy } from "./policy.ts";
import type { Holder } from "./reach.ts";
import { roleSessionsSeen } from "./sessions.ts";
import { READS_DETAILS } from "./shared.ts";
import { marksOfTags, ownerOfTags } from "./tags.ts";
import { trustsOf } from "./trust.ts";
import type { Listed } from "./users.ts";

const ROLES_A_PAGE = 100;

export async function rolesFrom(look: Look, marker: string | undefined, now: Instant): Promise<Listed> {
  const { api } = look;
  const input = { Filter: ["Role" as const], MaxItems: ROLES_A_PAGE, ...(marker !== undefined && { Marker: marker }) };
  const listed = await askAws(READS_DETAILS, () => api.send(new GetAccountAuthorizationDetailsCommand(input)));
  const { RoleDetailList: roles = [], IsTruncated = false, Marker } = listed;
  const { reach } = roles.length === 0 ? { reach: undefined } : await accountOfLook(look, now, false);
  const signals = reach === undefined ? [] : roles.flatMap((role) => roleSeen(api, role, reach, now));
  return { signals, arns: roles.map(({ Arn = "" }) => Arn), truncated: IsTruncated, next: Marker };
}

/** What it is, and, but for what AWS keeps for itself, that it is a credential: whoever may assume it can act by it. */
function roleSeen(api: Api, role: RoleDetail, reaches: (holder: Holder) => Reach, now: Instant): readonly Signal[] {
  const { Arn = "", RoleName: roleName = "", RoleId: roleId, Tags = [], CreateDate, RoleLastUsed } = role;
  const tenant = api.account;
  const identity = iamRole(Arn);
  const owner = ownerOfTags(Tags);
  const tags = marksOfTags(Tags);
  const trusts = trustsOf(role.AssumeRolePolicyDocument);
  const said = (id: string): Said => ({
    ...{ source: { connector: "aws-iam", eventId: `list:${id}:${now}`, occurredAt: now }, tenant, identity },
    reach: reaches({ attached: role.AttachedManagedPolicies, inline: role.RolePolicyList }),
    ...(owner && { owner }),
    ...(tags && { tags: [...tags] }),
    ...(CreateDate && { createdAt: instantOf(CreateDate.getTime()) }),
    ...(RoleLastUsed?.LastUsedDate && { lastUsed: instantOf(RoleLastUsed.LastUsedDate.getTime()) }),
  });
  return [
    {
      ...{ kind: "identity.seen", ...said(identity.id), type: "role" },
      boundary: role.PermissionsBoundary?.PermissionsBoundaryArn ?? null,
      ...ownPolicies(role),
      ...(trusts !== undefined && { trusts: trusts && [...trusts] }),
    },
    ...(roleId === undefined || isAwsOwn(Arn)
      ? []
      : [
          {
            ...{ kind: "credential.seen" as const, ...said(roleId), credential: accessKey(roleId), type: ROLE },
            ...{ handle: { account: tenant, roleName, roleId }, state: "on" as const, shared: isShared(trusts) },
          },
        ]),
    ...sessionsSeen(api, role, said(`sessions:${roleId}`)),
  ];
}

/** Of those that are attached only how far they reach is kept. */
function ownPolicies({ RolePolicyList: all = [] }: RoleDetail) {
  const allows = all.slice(0, MOST).flatMap(({ PolicyName = "", PolicyDocument = "" }) => {
    const allowed = allowedBy(PolicyName, PolicyDocument);
    return allowed === undefined || allowed.resources.length === 0 ? [] : [allowed];
  });
  return {
    policies: all.map(({ PolicyName = "" }) => PolicyName).sort(),
    ...(allows.length > 0 && { allows }),
  };
}
const MOST = 16; // of the policies of one role, whose text together is 10 kB at the most

type Said = Omit<SignalOf<"credential.seen">, "kind" | "credential" | "type" | "handle" | "state">;

const sessionsSeen = (api: Api, role: RoleDetail, { lastUsed: _, identity, ...told }: Said) =>
  roleSessionsSeen(api, role, identity, told);

/** Only one user may assume it: then it is that user's, and nobody else goes down with it. */
const isShared = (trusts: ReturnType<typeof trustsOf>): boolean =>
  trusts?.length !== 1 || !/^aws arn:aws[a-z-]*:iam::\d{12}:user\/[^*]+$/.test(trusts[0] ?? "");
