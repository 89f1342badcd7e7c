import type { RoleDetail, UserDetail } from "@aws-sdk/client-iam";
import type { Target } from "@leasehold/core/connector";
import { derivedId } from "@leasehold/core/kernel";
import type { Identity, SignalOf } from "@leasehold/core/signal";
import { emailAccount, isEmail } from "../../../kit/index.ts";
import type { Api } from "../api.ts";
import { ENDED_POLICY, isAwsOwn, ROLE_SESSIONS, roleSessionsOf, USER_SESSIONS, userSessionsOf } from "../handles.ts";
import { type Ended, isOurs } from "../inline-deny.ts";
import { roleSessions } from "../role-sessions.ts";
import { userSessions } from "../user-sessions.ts";
import { sourceIdentitiesOf } from "./trust.ts";

type Seen = SignalOf<"credential.seen">;
type Told = Omit<Seen, "kind" | "credential" | "type" | "handle" | "state" | "identity" | "lastUsed">;
type Policies = RoleDetail["RolePolicyList"];

/** What was opened with a user's credentials: an item of its own only where somebody lets us end it. */
export function userSessionsSeen(api: Api, user: UserDetail, identity: Identity, told: Told): readonly Seen[] {
  const { UserName: userName, UserId: userId, UserPolicyList } = user;
  if (api.contain === undefined || userName === undefined || userId === undefined) return [];
  const target = { credential: userSessionsOf(userId), handle: { account: api.account, userName, userId } };
  const state = stateOf(userSessions, target, UserPolicyList, ENDED_POLICY);
  return [{ kind: "credential.seen", ...told, ...target, type: USER_SESSIONS, identity, state }];
}

/**
 * Whose sessions a role can have, where its trust policy names each source identity that it lets in: then one's can be ended, and
 * the others go on. A source identity that is an address says whose it is.
 */
export function roleSessionsSeen(api: Api, role: RoleDetail, identity: Identity, told: Told): readonly Seen[] {
  const { Arn = "", RoleName: roleName, RoleId: roleId, RolePolicyList, AssumeRolePolicyDocument } = role;
  if (api.contain === undefined || roleName === undefined || roleId === undefined || isAwsOwn(Arn)) return [];
  return sourceIdentitiesOf(AssumeRolePolicyDocument).map((sourceIdentity) => {
    const handle = { account: api.account, roleName, roleId, sourceIdentity };
    const target = { credential: roleSessionsOf(roleId, sourceIdentity), handle };
    const state = stateOf(roleSessions, target, RolePolicyList, `${ENDED_POLICY}-of-${sourceIdentity}`);
    const { owner: _, source, ...rest } = told; // the role's own owner is not whose sessions these are
    const owner = isEmail(sourceIdentity) ? { owner: emailAccount(sourceIdentity) } : {};
    const from = { ...source, eventId: `${source.eventId}:${sourceIdentity}` };
    return {
      kind: "credential.seen",
      ...rest,
      source: from,
      ...owner,
      ...target,
      type: ROLE_SESSIONS,
      identity: actingAs(identity, roleId, sourceIdentity),
      state,
    };
  });
}

/**
 * An identity of its own: what is known of the role, as who made it and whom its tags name, says nothing of whose sessions these
 * are. By the role's name, so that whoever protects the role protects them too.
 */
const actingAs = (role: Identity, roleId: string, sourceIdentity: string): Identity => ({
  ...role,
  id: derivedId("idn", "aws", roleId, sourceIdentity),
});

function stateOf(of: Ended, target: Target, policies: Policies, name: string): Seen["state"] {
  const ours = policies?.find(({ PolicyName }) => PolicyName === name)?.PolicyDocument;
  return ours !== undefined && isOurs(of, target, ours) ? "off" : "on";
}
