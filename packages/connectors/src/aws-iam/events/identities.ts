import type { Signal } from "@leasehold/core/signal";
import { iamIdentity, iamRole, iamRoleArn, iamUserArn, ownerIn, partitionOf, unmasked } from "../../../kit/index.ts";
import { allowedBy } from "../inventory/policy.ts";
import { trustsOf } from "../inventory/trust.ts";

import type { Detail, Said } from "./event.ts";

export function ofUser(said: Said, detail: Detail): readonly Signal[] {
  switch (detail.eventName) {
    case "CreateUser":
    case "DeleteUser":
      return user(said, detail);
    case "UpdateUser":
      return renamed(said, detail);
    case "TagUser":
      return seen(said, "user", userNamed(said, detail), detail);
    case "DetachUserPolicy":
    case "DeleteUserPolicy":
    case "AddUserToGroup":
    case "RemoveUserFromGroup":
      return rights(said, "user", userNamed(said, detail));
    default:
      return [...rights(said, "user", userNamed(said, detail)), ...seen(said, "user", userNamed(said, detail), detail)];
  }
}

export function ofRole(said: Said, detail: Detail): readonly Signal[] {
  switch (detail.eventName) {
    case "CreateRole":
    case "CreateServiceLinkedRole":
      return newRole(said, detail);
    case "DeleteRole":
      return roleNamed(said, detail).map((identity) => ({ kind: "identity.deleted", ...said, identity }));
    case "TagRole":
      return seen(said, "role", roleNamed(said, detail), detail);
    case "PutRolePolicy":
    case "DeleteRolePolicy":
      return [...rights(said, "role", roleNamed(said, detail)), ...policySeen(said, detail)];
    case "AttachRolePolicy":
    case "DetachRolePolicy":
      return rights(said, "role", roleNamed(said, detail));
    default:
      return [...rights(said, "role", roleNamed(said, detail)), ...seen(said, "role", roleNamed(said, detail), detail)];
  }
}

function user(said: Said, { eventName, requestParameters, responseElements, userIdentity }: Detail): readonly Signal[] {
  const name = unmasked(responseElements?.user?.userName) ?? unmasked(requestParameters?.userName);
  const arn =
    unmasked(responseElements?.user?.arn) ?? (name && iamUserArn(said.tenant, name, partitionOf(userIdentity.arn)));
  if (!arn) return [];
  return [
    { kind: eventName === "CreateUser" ? "identity.created" : "identity.deleted", ...said, identity: iamIdentity(arn) },
  ];
}

/** What was known by the one name is known by the other from here on; a new path alone changes nothing that we go by. */
function renamed(said: Said, { requestParameters, userIdentity }: Detail): readonly Signal[] {
  const [from, to] = [unmasked(requestParameters?.userName), unmasked(requestParameters?.newUserName)];
  if (from === undefined || to === undefined || from === to) return [];
  const named = (name: string) => iamIdentity(iamUserArn(said.tenant, name, partitionOf(userIdentity.arn)));
  return [
    { kind: "identity.deleted", ...said, identity: named(from), renamed: true },
    { kind: "identity.created", ...said, identity: named(to), renamed: true },
  ];
}

/** That it is a credential, too, is the list's to say; whoever made the role answers for it all the same. */
function newRole(said: Said, detail: Detail): readonly Signal[] {
  const arn = unmasked(detail.responseElements?.role?.arn);
  const [identity] = arn === undefined ? roleNamed(said, detail) : [iamRole(arn)];
  if (identity === undefined) return [];
  const trusts = trustsOf(unmasked(detail.requestParameters?.assumeRolePolicyDocument));
  const { by: _, ...shown } = said;
  return [
    { kind: "identity.created", ...said, identity },
    ...(trusts === undefined
      ? []
      : [{ kind: "identity.seen" as const, ...shown, identity, type: "role", trusts: trusts && [...trusts] }]),
  ];
}

/** That somebody changed what it may do, or who may act by it. Which policy that was the list tells; it says nothing of whose it is. */
function rights(said: Said, type: "user" | "role", [identity]: ReturnType<typeof roleNamed>): readonly Signal[] {
  return identity === undefined ? [] : [{ kind: "identity.changed", ...said, identity, type }];
}

/** Of what changed only what the record shows whole: single tags and groups are the list's to tell. */
function seen(
  { by: _, ...said }: Said,
  type: "user" | "role",
  [identity]: ReturnType<typeof roleNamed>,
  { eventName, requestParameters: asked }: Detail,
): readonly Signal[] {
  if (identity === undefined) return [];
  const show = (more: object): readonly Signal[] => [{ kind: "identity.seen", ...said, identity, type, ...more }];
  if (eventName.startsWith("Delete")) return show({ boundary: null });
  if (eventName.startsWith("Put")) {
    const boundary = unmasked(asked?.permissionsBoundary);
    return boundary === undefined ? [] : show({ boundary });
  }
  if (eventName.startsWith("Tag")) {
    const owner = ownerIn(Object.fromEntries((asked?.tags ?? []).map(({ key, value }) => [key, value])));
    return owner === undefined ? [] : show({ owner });
  }
  const trusts = trustsOf(unmasked(asked?.policyDocument));
  return trusts === undefined ? [] : show({ trusts });
}

/** What a policy of its own names; of one that is taken away, nothing. */
function policySeen(said: Said, detail: Detail): readonly Signal[] {
  const { by: _, ...shown } = said;
  const { eventName, requestParameters: asked } = detail;
  const [identity] = roleNamed(said, detail);
  const [policy, document] = [unmasked(asked?.policyName), unmasked(asked?.policyDocument)];
  if (identity === undefined || policy === undefined) return [];
  const isGone = eventName === "DeleteRolePolicy";
  const allowed = isGone ? { policy, resources: [] } : allowedBy(policy, document ?? "");
  return allowed === undefined ? [] : [{ kind: "identity.seen", ...shown, identity, type: "role", allows: [allowed] }];
}

function userNamed({ tenant }: Said, { requestParameters, userIdentity }: Detail) {
  const name = unmasked(requestParameters?.userName);
  return name === undefined ? [] : [iamIdentity(iamUserArn(tenant, name, partitionOf(userIdentity.arn)))];
}

function roleNamed({ tenant }: Said, { requestParameters, userIdentity }: Detail) {
  const name = unmasked(requestParameters?.roleName);
  return name === undefined ? [] : [iamRole(iamRoleArn(tenant, name, partitionOf(userIdentity.arn)))];
}

/** By the name that AWS gives it, whatever version; what stands in our own account is somebody's own policy of that name. */
const QUARANTINE = /:iam::aws:policy\/AWSCompromisedKeyQuarantine/;
/** As AWS wrote it into the user itself before it had a policy of its own for it. */
const WRITTEN = /^(AWSCompromisedKeyQuarantine|AWSExposedCredentialPolicy_DO_NOT_REMOVE)/;

/** AWS attaches it to a user of whom a key was found in public; of which key only its health event tells. */
export function attached(said: Said, detail: Detail): readonly Signal[] {
  const { policyArn, policyName } = detail.requestParameters ?? {};
  const isOne =
    detail.eventName === "PutUserPolicy" ? WRITTEN.test(unmasked(policyName) ?? "") : isQuarantine(unmasked(policyArn));
  const named = userNamed(said, detail);
  const exposed = isOne ? named.map((identity) => ({ kind: "identity.exposed" as const, ...said, identity })) : [];
  return [...exposed, ...rights(said, "user", named)];
}

export const isQuarantine = (policyArn: string | undefined): boolean => QUARANTINE.test(policyArn ?? "");
