import type { Actor } from "@leasehold/core/signal";
import * as z from "zod";
import { accessKey, emailAccount, iamUserAccount, identityCenterAccount, isEmail, unmasked } from "./aws-ids.ts";

const Text = z.string().max(2048).optional();

/** Who called, as CloudTrail writes it: only the fields that we read. Identity Center's own events have lost names and principals. */
export const UserIdentity = z.object({
  type: Text,
  arn: Text,
  principalId: Text,
  userName: Text,
  accessKeyId: Text,
  invokedBy: Text,
  onBehalfOf: z.object({ userId: Text, identityStoreArn: Text }).nullish(),
  sessionContext: z.object({ sessionIssuer: z.object({ arn: Text }).nullish() }).nullish(),
});
export type UserIdentity = z.infer<typeof UserIdentity>;

type Who = Pick<Actor, "via" | "account" | "name">;

/** Who acted. An account is named only where nobody but AWS could have written it; a session name is its holder's own words. */
export function readActor(identity: UserIdentity): Actor {
  const accessKeyId = unmasked(identity.accessKeyId);
  return { realm: "aws", ...who(identity), ...(accessKeyId && { credential: accessKey(accessKeyId) }) };
}

function who(identity: UserIdentity): Who {
  const behalf = onBehalfOf(identity);
  if (behalf) return behalf;
  const { type, invokedBy } = identity;
  const arn = unmasked(identity.arn);
  if (type === "IAMUser" && arn !== undefined) return { via: "iam-user", account: iamUserAccount(arn), name: arn };
  if (type === "AssumedRole" && arn !== undefined) return inSession(identity, arn);
  if (type === "FederatedUser" && arn !== undefined) return { via: "session-name", name: arn };
  const service = unmasked(invokedBy);
  if (service !== undefined && (type === "AWSService" || type === "AssumedRole")) return workload(service);
  return { via: "unknown", name: arn ?? "unknown" }; // root, a foreign account, a masked one: nobody
}

const workload = (name: string): Who => ({ via: "workload", name });

/** Identity Center stamps its own user id; the store's id makes it unique. It stands also on events whose type is Unknown. */
function onBehalfOf({ arn, onBehalfOf }: UserIdentity): Who | undefined {
  const userId = unmasked(onBehalfOf?.userId);
  const storeId = unmasked(onBehalfOf?.identityStoreArn)?.split("identitystore/")[1];
  if (userId === undefined || !storeId) return undefined;
  return { via: "on-behalf-of", account: identityCenterAccount(storeId, userId), name: unmasked(arn) ?? userId };
}

/** A person's session stays theirs when a service goes on with it; a plain role that a service uses is the service. */
function inSession({ sessionContext, invokedBy }: UserIdentity, arn: string): Who {
  const session = arn.split("/")[2] ?? "";
  if (isIdentityCenter(sessionContext?.sessionIssuer?.arn))
    return { via: "sso-session", name: arn, ...(isEmail(session) && { account: emailAccount(session) }) };
  const service = unmasked(invokedBy);
  return service === undefined || service === "signin.amazonaws.com"
    ? { via: "session-name", name: arn }
    : workload(service);
}

/** By the path, which only AWS can give; anybody may name a role AWSReservedSSO_ something. */
const isIdentityCenter = (issuer: string | undefined) =>
  /^arn:aws[a-z-]*:iam::\d+:role\/aws-reserved\/sso[.]amazonaws[.]com\/(.+\/)?AWSReservedSSO_/.test(issuer ?? "");
