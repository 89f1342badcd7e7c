import type { Handle } from "@leasehold/core/connector";
import type { Signal } from "@leasehold/core/signal";
import { consentOf, oktaAccount, oktaApp, oktaCredential, reachOf } from "./ids.ts";
import { type LogEvent, type Said, type Target, targetOf } from "./log-event.ts";

/** One signal for each grant: Okta gives every scope that is consented to a grant of its own. */
export function consents(said: Said, detail: LogEvent): readonly Signal[] {
  const grants = detail.target.filter(isGrant);
  if (grants.length > 0) return grants.flatMap((grant) => created(said, detail, grant));
  return created(said, detail, undefined);
}

/** Without a grant or both of user and client nobody could say what was taken back: the next sweep will. */
export function revocations(said: Said, detail: LogEvent): readonly Signal[] {
  const grants = detail.target.filter(isGrant);
  if (grants.length > 0)
    return grants.map(({ id }) => ({ kind: "grant.revoked", ...said, credential: oktaCredential(said.tenant, id) }));
  const [userId, clientId] = [targetOf(detail, "User")?.id, clientOf(detail, undefined)];
  if (userId === undefined || clientId === undefined) return [];
  return [{ kind: "grant.revoked", ...said, credential: consentOf(said.tenant, userId, clientId) }];
}

/** The secret or key of an app. Its value stands in the same record, in a field that is not read. */
export function clientCredentials(said: Said, detail: LogEvent, change: string): readonly Signal[] {
  const org = said.tenant;
  return detail.target.flatMap((target): readonly Signal[] => {
    const { clientid, clientcredentialstype } = target.detailEntry ?? {};
    const clientId = clientid ?? detail.debugContext?.debugData?.clientId;
    if (clientId === undefined || clientcredentialstype === undefined) return [];
    const credential = oktaCredential(org, target.id);
    if (change === "deactivate") return [{ kind: "credential.disabled", ...said, credential }];
    if (change === "activate") return [{ kind: "credential.restored", ...said, credential }];
    if (change === "delete") return [{ kind: "credential.deleted", ...said, credential }];
    if (change !== "create") return [];
    const type = clientcredentialstype.toLowerCase() === "secret" ? "client secret" : "client key";
    const handle = { org, clientId, credentialId: target.id };
    return [{ kind: "credential.issued", ...said, credential, type, identity: appOf(org, clientId, detail), handle }];
  });
}

function created(said: Said, detail: LogEvent, grant: Target | undefined): readonly Signal[] {
  const org = said.tenant;
  const clientId = clientOf(detail, grant);
  const userId = detail.eventType === "app.oauth2.admin.consent.grant" ? undefined : consenting(detail, grant);
  if (clientId === undefined || (grant === undefined && userId === undefined)) return [];

  const handle: Handle = { org, clientId, ...(userId && { userId }), ...(grant && { grantId: grant.id }) };
  const scopes = scopesOf(detail, grant);
  return [
    {
      kind: "grant.created",
      ...said,
      credential: grant ? oktaCredential(org, grant.id) : consentOf(org, userId ?? "", clientId),
      type: "oauth grant", // the action's own word: a case may plan before the next list
      identity: appOf(org, clientId, detail),
      ...(userId && { authoriser: oktaAccount(org, userId) }),
      scopes,
      reach: reachOf(scopes),
      handle,
    },
  ];
}

const isGrant = ({ id, type }: Target) => type === "ConsentGrant" || /^oag\w{10,}$/.test(id);

/** Whose consent it is. The actor may be Okta itself, acting for the user; then only the grant's own detail tells. */
function consenting({ actor, ...detail }: LogEvent, grant: Target | undefined): string | undefined {
  const named = grant?.detailEntry?.user ?? targetOf({ actor, ...detail }, "User")?.id;
  return named ?? (actor?.type === "User" ? actor.id : undefined);
}

function clientOf(detail: LogEvent, grant: Target | undefined): string | undefined {
  const entry = (grant ?? detail.target.find(({ detailEntry }) => detailEntry?.publicclientapp))?.detailEntry;
  const named = entry?.publicclientapp ?? entry?.clientid ?? targetOf(detail, "PublicClientApp")?.id;
  return named ?? detail.debugContext?.debugData?.clientId ?? targetOf(detail, "AppInstance")?.id;
}

function appOf(org: string, clientId: string, detail: LogEvent) {
  const label = targetOf(detail, "AppInstance", "PublicClientApp")?.displayName;
  return { id: oktaApp(org, clientId), realm: "okta", name: label ?? clientId };
}

function scopesOf(detail: LogEvent, grant: Target | undefined): string[] {
  const words = (text: string | undefined) => text?.split(/[\s,]+/).filter((word) => word !== "") ?? [];
  if (grant !== undefined) return words(grant.detailEntry?.scope ?? grant.displayName).slice(0, 256);
  const named = detail.target.filter(({ type }) => /scope/i.test(type ?? ""));
  return named.flatMap(({ displayName }) => words(displayName)).slice(0, 256);
}
