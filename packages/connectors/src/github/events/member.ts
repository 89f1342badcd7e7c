import { derivedId, type Instant, instantOf } from "@leasehold/core/kernel";
import type { Actor, Identity, Signal } from "@leasehold/core/signal";
import * as z from "zod/mini";
import { accountOf, actorOf, Id, Text, User } from "./who.ts";

const Login = Text.check(z.regex(/^[\w-]+$/)); // with the short name of a company behind it, where a company owns the account
const Organization = z.object({ id: Id, login: Login });

/** Only the fields that we use: https://docs.github.com/webhooks/webhook-events-and-payloads#organization. */
export const MemberBody = z.object({
  action: Text,
  membership: z.object({ user: User }),
  organization: Organization,
  sender: z.nullish(User),
});

const Millis = z.int().check(z.positive(), z.maximum(253_402_300_799_999));

/**
 * A line of the organisation's audit log, as GitHub exports and streams it:
 * https://docs.github.com/organizations/keeping-your-organization-secure/managing-security-settings-for-your-organization/audit-log-events-for-your-organization
 */
export const AuditLine = z.object({
  action: z.literal("org.remove_member"),
  org: Login,
  org_id: z.nullish(Id),
  user: Login,
  user_id: z.nullish(Id),
  actor: z.nullish(Text.check(z.minLength(1))),
  actor_id: z.nullish(Id),
  actor_is_bot: z.nullish(z.boolean()),
  created_at: Millis,
  _document_id: z.nullish(Text),
});
type AuditLine = z.infer<typeof AuditLine>;

/**
 * Who is no longer a member has lost one account's place in one organisation, and has not left: the directory says who has. So it is said of
 * the member, which opens nothing, and never of the person; what they made (keys, installations) stays, and goes on to work.
 */
export function memberSaid(
  { action, membership, organization, sender }: z.infer<typeof MemberBody>,
  cameAt: Instant | undefined,
): readonly Signal[] {
  if (action !== "member_removed" || cameAt === undefined) return []; // GitHub tells no time of it
  const { user } = membership;
  return [
    {
      kind: "identity.deleted",
      source: { connector: "github", eventId: `${organization.id}/${user.id}/${action}/${cameAt}`, occurredAt: cameAt },
      tenant: organization.login,
      by: actorOf(sender),
      identity: memberIdentity(organization, user),
    },
  ];
}

export function auditSaid(line: AuditLine): readonly Signal[] {
  const { action, org, org_id, user, user_id, created_at: at } = line;
  const eventId = line._document_id ?? [org, user, action, at].join("/");
  return [
    {
      kind: "identity.deleted",
      source: { connector: "github", eventId, occurredAt: instantOf(at) },
      tenant: org,
      by: auditedBy(line),
      identity: memberIdentity({ id: org_id, login: org }, { id: user_id, login: user }),
    },
  ];
}

/** A login alone is a name for whoever reads it, and nobody's account. */
function auditedBy({ actor: name, actor_id: id, actor_is_bot: isBot }: AuditLine): Actor {
  if (!name) return actorOf(undefined);
  if (isBot || name.endsWith("[bot]")) return { realm: "github", name, via: "workload" };
  const account = id ? accountOf({ id, login: name, type: "User" }) : undefined;
  return { realm: "github", name, via: "idp-user", ...(account && { account }) };
}

interface Named {
  readonly id?: number | null | undefined;
  readonly login: string;
}

/** By numbers where both are told; in older lines by names, as an IAM user is known by its name in its account. */
const memberIdentity = (org: Named, user: Named): Identity => ({
  id:
    org.id && user.id
      ? derivedId("idn", "github", "member", String(org.id), String(user.id))
      : derivedId("idn", "github", "member named", org.login.toLowerCase(), user.login.toLowerCase()),
  realm: "github",
  name: `${org.login}/${user.login}`,
});
