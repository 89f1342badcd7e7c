import { Instant } from "@leasehold/core/kernel";
import type { Actor } from "@leasehold/core/signal";
import * as z from "zod/mini";
import {
  accessKey,
  bearerSession,
  consoleSession,
  emailAccount,
  iamUserAccount,
  identityCenterAccount,
  isEmail,
  isPhantom,
  isSessionKey,
  keySession,
  signInSession,
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
  credentialId: Text,
  invokedBy: Text,
  invokedByDelegate: z.nullish(z.object({ accountId: Text })),
  onBehalfOf: z.nullish(z.object({ userId: Text, identityStoreArn: Text })),
  inScopeOf: z.nullish(z.object({ sourceArn: Text, credentialsIssuedTo: Text })),
  sessionContext: z.nullish(
    z.object({
      sessionIssuer: z.nullish(z.object({ arn: Text })),
      attributes: z.nullish(z.object({ creationDate: Text, sessionCredentialFromConsole: Text })),
      signInSessionArn: Text,
    }),
  ),
});
export type UserIdentity = z.infer<typeof UserIdentity>;

/** The same fields as paths of an event, for a rule that may hand on no others. */
export const IDENTITY_PATHS: readonly string[] = /* @__PURE__ */ [
  ...["type", "arn", "principalId", "userName", "accessKeyId", "credentialId", "invokedBy"],
  ...["onBehalfOf.userId", "onBehalfOf.identityStoreArn", "inScopeOf.sourceArn", "inScopeOf.credentialsIssuedTo"],
  ...["invokedByDelegate.accountId", "sessionContext.signInSessionArn", "sessionContext.sessionIssuer.arn"],
  ...["creationDate", "sessionCredentialFromConsole"].map((name) => `sessionContext.attributes.${name}`),
].map((path) => `$.detail.userIdentity.${path}`);

type Who = Pick<Actor, "via" | "account" | "name">;

/**
 * Who acted, and in which session. An account is named only where nobody but AWS could have written it; a session name is its
 * holder's own words. `fromConsole` is the record's own `sessionCredentialFromConsole`; older records have it in the session.
 */
export function readActor(identity: UserIdentity, fromConsole?: string | null): Actor {
  const console = fromConsole ?? identity.sessionContext?.attributes?.sessionCredentialFromConsole;
  const key = unmasked(identity.accessKeyId) ?? serviceSpecific(identity);
  return {
    ...{ realm: "aws", ...who(identity) },
    ...(key && { credential: accessKey(key) }),
    ...(delegateOf(identity) === undefined && sessionsOf(identity, console === "true")),
  };
}

/** A session, and the sign-in that it lives under; where nothing else tells one session from another, the sign-in alone. */
function sessionsOf(identity: UserIdentity, fromConsole: boolean): Pick<Actor, "session" | "signIn"> {
  const arn = unmasked(identity.sessionContext?.signInSessionArn);
  const signIn = arn === undefined ? undefined : { id: signInSession(arn), name: arn };
  const session = sessionOf(identity, fromConsole);
  if (session === undefined) return signIn ? { session: signIn } : {};
  return { session, ...(signIn && { signIn }) };
}

/** Beside a bearer token stands its id: of a service-specific credential it is the one that IAM knows it by. */
function serviceSpecific({ credentialId }: UserIdentity): string | undefined {
  return /^ACCA[A-Z0-9]{12,124}$/.test(credentialId ?? "") ? (credentialId ?? undefined) : undefined;
}

/** The console signs each request with another key, so there the session is who it is and when it began. */
function sessionOf(identity: UserIdentity, fromConsole: boolean): Actor["session"] {
  const accessKeyId = unmasked(identity.accessKeyId);
  const since = Instant.safeParse(identity.sessionContext?.attributes?.creationDate).data;
  const dated = since && { since };
  if (accessKeyId !== undefined && !fromConsole)
    return isSessionKey(accessKeyId) ? { id: keySession(accessKeyId), name: accessKeyId, ...dated } : undefined;
  const principal = unmasked(identity.principalId);
  if (principal !== undefined && since !== undefined)
    return { id: consoleSession(principal, since), name: `${principal} since ${since}`, since };
  return bearer(identity);
}

/** Several calls with one token are one session: where one of them says whose, it is so of all. */
function bearer(identity: UserIdentity): Actor["session"] {
  const token = unmasked(identity.credentialId);
  if (token === undefined || serviceSpecific(identity) !== undefined) return undefined;
  const id = bearerSession(token);
  return { id, name: `bearer token ${id.slice(-6)}` };
}

function who(identity: UserIdentity): Who {
  const { invokedBy, type = typeIn(identity.arn) } = identity;
  const delegate = delegateOf(identity);
  if (delegate !== undefined) return workload(`delegate of account ${delegate}`);
  const behalf = onBehalfOf(identity);
  if (behalf) return behalf;
  const arn = unmasked(identity.arn);
  if (type === "IAMUser" && arn !== undefined && isPhantom(arn)) return workload(arn);
  const account = arn && iamUserAccount(arn, unmasked(identity.principalId));
  if (type === "IAMUser" && account) return { via: "iam-user", account, name: arn };
  if (type === "AssumedRole" && arn !== undefined) return inSession(identity, arn);
  if (type === "FederatedUser" && arn !== undefined) return { via: "session-name", name: arn };
  const service = unmasked(invokedBy);
  if (service !== undefined && (type === "AWSService" || type === "AssumedRole")) return workload(service);
  return { via: "unknown", name: arn ?? "unknown" }; // root, a foreign account, a masked one: nobody
}

/** Records that are not CloudTrail's own may show the ARN alone; AWS writes it, and its form says of what kind it is. */
function typeIn(arn: string | null | undefined): string | undefined {
  const [, form = ""] =
    /^arn:aws[a-z-]*:(iam::\d{12}:user|sts::\d{12}:(?:assumed-role|federated-user))\//.exec(arn ?? "") ?? [];
  if (form.endsWith(":user")) return "IAMUser";
  if (form.endsWith(":assumed-role")) return "AssumedRole";
  return form === "" ? undefined : "FederatedUser";
}

/** Another company's hand, lent this identity's rights for a while: whoever lent them did not do what it does. */
const delegateOf = ({ invokedByDelegate }: UserIdentity) => unmasked(invokedByDelegate?.accountId);

const workload = (name: string): Who => ({ via: "workload", name });

/** Identity Center stamps its own user id; the store's id makes it unique. It stands also on events whose type is Unknown. */
function onBehalfOf({ arn, onBehalfOf }: UserIdentity): Who | undefined {
  const userId = unmasked(onBehalfOf?.userId);
  const storeId = unmasked(onBehalfOf?.identityStoreArn)?.split("identitystore/")[1];
  if (userId === undefined || !storeId) return undefined;
  return { via: "on-behalf-of", account: identityCenterAccount(storeId, userId), name: unmasked(arn) ?? userId };
}

/** Through these a session goes on that was there before them: the console, and what an agent's tools call AWS by. */
const GOES_ON = ["signin.amazonaws.com", "aws-mcp.amazonaws.com"];

/** A person's session stays theirs when a service goes on with it; a plain role that a service uses, or was given for what it runs, is the service. */
function inSession({ sessionContext, invokedBy, inScopeOf }: UserIdentity, arn: string): Who {
  const session = arn.split("/")[2] ?? "";
  if (isIdentityCenter(sessionContext?.sessionIssuer?.arn)) return inSso(arn, session);
  const issuedTo = unmasked(inScopeOf?.credentialsIssuedTo) ?? unmasked(inScopeOf?.sourceArn);
  if (issuedTo !== undefined) return workload(issuedTo);
  const service = unmasked(invokedBy);
  return service === undefined || GOES_ON.includes(service) ? { via: "session-name", name: arn } : workload(service);
}

export const inSso = (arn: string, session: string): Who => ({
  ...{ via: "sso-session", name: arn },
  ...(isEmail(session) && { account: emailAccount(session) }),
});

/** By the path, which only AWS can give; anybody may name a role AWSReservedSSO_ something. */
export const isIdentityCenter = (issuer: string | null | undefined): boolean =>
  /^arn:aws[a-z-]*:iam::\d+:role\/aws-reserved\/sso[.]amazonaws[.]com\/(.+\/)?AWSReservedSSO_/.test(issuer ?? "");
