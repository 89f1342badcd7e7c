import type { IdentityId } from "@leasehold/core/kernel";
import type { UserIdentity } from "./aws-actor.ts";
import { iamIdentity, iamRole, unmasked } from "./aws-ids.ts";

/** The user or role by which a call was made: a session's name is its holder's own word, the role behind it is AWS's. */
export function readerIn({ type, arn, sessionContext }: UserIdentity): IdentityId | undefined {
  const issuer = unmasked(sessionContext?.sessionIssuer?.arn);
  if (issuer?.includes(":role/")) return iamRole(issuer).id;
  const own = unmasked(arn);
  return type === "IAMUser" && own?.includes(":user/") ? iamIdentity(own).id : undefined;
}
