import { Instant } from "@leasehold/core/kernel";
import type { Actor } from "@leasehold/core/signal";
import * as z from "zod/mini";
import {
  accessKey,
  consoleSession,
  emailAccount,
  iamUserAccount,
  identityCenterAccount,
  isEmail,
  isSessionKey,
  keySession,
  unmasked,
} from "./aws-ids.ts";

const Text = z.nullish(z.string().check(z.maxLength(2048))); // where a rule hands on named paths alone, what is not there may come as nothing

/** Who called, as CloudTrail writes it: only the fields that we read. Identity Center's own events have lost names and principals. */
export const UserIdentity = z.object({
  type: Text,
  arn: Text,
  principalId: Text,
  userName: Text,
  accessKeyId: Text,
  invokedBy: Text,
  onBehalfOf: z.nullish(z.object({ userId: Text, identityStoreArn: Text })),
  inScopeOf: z.nullish(z.object({ sourceArn: Text, credentialsIssuedTo: Text })),
  sessionContext: z.nullish(
    z.object({
      sessionIssuer: z.nullish(z.object({ arn: Text })),
      attributes: z.nullish(z.object({ creationDate: Text })),
    }),
  ),
});
export type UserIdentity = z.infer<typeof UserIdentity>;

type Who = Pick<Actor, "via" | "account" | "name">;

/**
 * Who acted, and in which session. An account is named only where nobody but AWS could have written it; a session name is its
 * holder's own words. `fromConsole` is the record's own `sessionCredentialFromConsole`.
 */
export function readActor(identity: UserIdentity, fromConsole?: string | null): Actor {
  const accessKeyId = unmasked(identity.accessKeyId);
  const session = sessionOf(identity, accessKeyId, fromConsole === "true");
  return {
    ...{ realm: "aws", ...who(identity) },
    ...(accessKeyId && { credential: accessKey(accessKeyId) }),
    ...(session && { session }),
  };
}

/** The console signs each request with another key, so there the session is who it is and when it began. */
function sessionOf(
  { principalId, sessionContext }: UserIdentity,
  accessKeyId: string | undefined,
  fromConsole: boolean,
): Actor["session"] {
  const since = Instant.safeParse(sessionContext?.attributes?.creationDate).data;
  const dated = since && { since };
  if (accessKeyId !== undefined && !fromConsole)
    return isSessionKey(accessKeyId) ? { id: keySession(accessKeyId), name: accessKeyId, ...dated } : undefined;
  const principal = unmasked(principalId);
  if (principal === undefined || since === undefined) return undefined;
  return { id: consoleSession(principal, since), name: `${principal} since ${since}`, since };
}

function who(identity: UserIdentity): Who {
  const behalf = onBehalfOf(identity);
  if (behalf) return behalf;
  const { type, invokedBy } = identity;
  const arn = unmasked(identity.arn);
  if (type === "IAMUser" && arn !== undefined && isPhantom(arn)) return workload(arn);
  if (type === "IAMUser" && arn !== undefined) return { via: "iam-user", account: iamUserAccount(arn), name: arn };
  if (type === "AssumedRole" && arn !== undefined) return inSession(identity, arn);
  if (type === "FederatedUser" && arn !== undefined) return { via: "session-name", name: arn };
  const service = unmasked(invokedBy);
  if (service !== undefined && (type === "AWSService" || type === "AssumedRole")) return workload(service);
  return { via: "unknown", name: arn ?? "unknown" }; // root, a foreign account, a masked one: nobody
}

/** Behind a long-term key of Bedrock's own stands an IAM user that Bedrock made: nobody's account. */
const isPhantom = (arn: string) => /:user\/(.+\/)?BedrockAPIKey-[^/]+$/.test(arn);

const workload = (name: string): Who => ({ via: "workload", name });

/** Identity Center stamps its own user id; the store's id makes it unique. It stands also on events whose type is Unknown. */
function onBehalfOf({ arn, onBehalfOf }: UserIdentity): Who | undefined {
  const userId = unmasked(onBehalfOf?.userId);
  const storeId = unmasked(onBehalfOf?.identityStoreArn)?.split("identitystore/")[1];
  if (userId === undefined || !storeId) return undefined;
  return { via: "on-behalf-of", account: identityCenterAccount(storeId, userId), name: unmasked(arn) ?? userId };
}

/** A person's session stays theirs when a service goes on with it; a plain role that a service uses, or was given for what it runs, is the service. */
function inSession({ sessionContext, invokedBy, inScopeOf }: UserIdentity, arn: string): Who {
  const session = arn.split("/")[2] ?? "";
  if (isIdentityCenter(sessionContext?.sessionIssuer?.arn)) return inSso(arn, session);
  const issuedTo = unmasked(inScopeOf?.credentialsIssuedTo) ?? unmasked(inScopeOf?.sourceArn);
  if (issuedTo !== undefined) return workload(issuedTo);
  const service = unmasked(invokedBy);
  return service === undefined || service === "signin.amazonaws.com"
    ? { via: "session-name", name: arn }
    : workload(service);
}

export const inSso = (arn: string, session: string): Who => ({
  ...{ via: "sso-session", name: arn },
  ...(isEmail(session) && { account: emailAccount(session) }),
});

/** By the path, which only AWS can give; anybody may name a role AWSReservedSSO_ something. */
export const isIdentityCenter = (issuer: string | null | undefined): boolean =>
  /^arn:aws[a-z-]*:iam::\d+:role\/aws-reserved\/sso[.]amazonaws[.]com\/(.+\/)?AWSReservedSSO_/.test(issuer ?? "");
