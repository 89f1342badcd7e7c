import type { IdentityId } from "@leasehold/core/kernel";
import { iamIdentity, iamRole, unmasked } from "../../../kit/index.ts";
import type { Detail } from "./event.ts";

/** The user or role by which a call was made: a session's name is its holder's own word, the role behind it is AWS's. */
export function readerIn({ userIdentity: { type, arn, sessionContext } }: Detail): IdentityId | undefined {
  const issuer = unmasked(sessionContext?.sessionIssuer?.arn);
  if (issuer?.includes(":role/")) return iamRole(issuer).id;
  const own = unmasked(arn);
  return type === "IAMUser" && own?.includes(":user/") ? iamIdentity(own).id : undefined;
}
