import type { RoleDetail, UserDetail } from "@aws-sdk/client-iam";
import type { Target } from "@leasehold/core/connector";
import { derivedId } from "@leasehold/core/kernel";
import type { Identity, Signal, SignalOf } from "@leasehold/core/signal";
import { emailAccount, isEmail } from "../../../kit/index.ts";
import type { Api } from "../api.ts";
import { type Ended, PASSWORD, type Written, writtenIn } from "../ended.ts";
import {
  ACCESS_KEY,
  ENDED_POLICY,
  isAwsOwn,
  LOGIN_PROFILE,
  ROLE_SESSIONS,
  roleSessionsOf,
  USER_SESSIONS,
  userSessionsOf,
} from "../handles.ts";
import { isOpenedSince, type Way } from "../opened.ts";
import { roleSessions } from "../role-sessions.ts";
import { userSessions } from "../user-sessions.ts";
import type { Look } from "./look.ts";
import { sourceIdentitiesOf } from "./trust.ts";

type Seen = SignalOf<"credential.seen">;
type Told = Omit<Seen, "kind" | "credential" | "type" | "handle" | "state" | "identity" | "lastUsed">;
type Policies = RoleDetail["RolePolicyList"];

/**
 * What was opened with a user's credentials: an item of its own only where somebody lets us end it. `seen`: the credentials, for
 * whatever was opened by one of them since is not ended. Where not all of them could be looked at, nothing is said to be ended.
 */
export function userSessionsSeen(
  { api, whole }: Look,
  user: UserDetail,
  seen: readonly Signal[],
  { identity, ...told }: Told & Pick<Seen, "identity">,
): readonly Seen[] {
  const { UserName: userName, UserId: userId, UserPolicyList } = user;
  if (api.contain === undefined || userName === undefined || userId === undefined) return [];
  const target = { credential: userSessionsOf(userId), handle: { account: api.account, userName, userId } };
  const written = writtenFor(userSessions, target, UserPolicyList, ENDED_POLICY);
  const opens = written?.left === PASSWORD ? [ACCESS_KEY] : [ACCESS_KEY, LOGIN_PROFILE];
  const ways = seen.flatMap((one) => (one.kind === "credential.seen" && opens.includes(one.type) ? [wayOf(one)] : []));
  const state = written === undefined || isOpenedSince(written.until, ways) ? "on" : "off";
  if (state === "off" && !whole) return [];
  return [{ kind: "credential.seen", ...told, ...target, type: USER_SESSIONS, identity, state }];
}

const wayOf = ({ state, createdAt, lastUsed }: Seen): Way => ({ on: state === "on", made: createdAt, used: lastUsed });

/**
 * Whose sessions a role can have, where its trust policy names each source identity that it lets in: then one's can be ended, and
 * the others go on. A source identity that is an address says whose it is. What we ended stays on the list, whomever the role lets in now.
 */
export function roleSessionsSeen(api: Api, role: RoleDetail, identity: Identity, told: Told): readonly Seen[] {
  const { Arn = "", RoleName: roleName, RoleId: roleId, RolePolicyList, AssumeRolePolicyDocument } = role;
  if (api.contain === undefined || roleName === undefined || roleId === undefined || isAwsOwn(Arn)) return [];
  const targetOf = (sourceIdentity: string) => ({
    ...{
      credential: roleSessionsOf(roleId, sourceIdentity),
      handle: { account: api.account, roleName, roleId, sourceIdentity },
    },
  });
  const writtenOf = (one: string) => writtenFor(roleSessions, targetOf(one), RolePolicyList, `${OF}${one}`);
  const ended = (RolePolicyList ?? []).map(({ PolicyName = "" }) => PolicyName.slice(OF.length)).filter(writtenOf);
  return [...new Set([...sourceIdentitiesOf(AssumeRolePolicyDocument), ...ended])].sort().map((sourceIdentity) => {
    const target = targetOf(sourceIdentity);
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
      state: writtenOf(sourceIdentity) === undefined ? "on" : "off",
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

const OF = `${ENDED_POLICY}-of-`;

function writtenFor(of: Ended, target: Target, policies: Policies, name: string): Written | undefined {
  const ours = policies?.find(({ PolicyName }) => PolicyName === name)?.PolicyDocument;
  return ours === undefined ? undefined : writtenIn(of, target, ours);
}
