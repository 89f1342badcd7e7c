import type { Signal } from "@leasehold/core/signal";
import { emailAccount, googleAccount, isEmail } from "../../kit/index.ts";
import { type Activity, type Happening, listIn, type Said, textIn } from "./activity.ts";
import { profileOf } from "./actor.ts";
import { appOf, consentOf, delegationOf } from "./ids.ts";
import { reachOf, reachOfAll } from "./scopes.ts";

const MOST_SCOPES = 256;

/** A user lets an application in. Whose consent it is stands there by Google's own id of them, and how they are reached. */
export function consented(said: Said, activity: Activity, happening: Happening): readonly Signal[] {
  const [user, clientId] = [profileOf(activity), textIn(happening, "client_id")];
  if (user === undefined || clientId === undefined) return [];
  const { account } = said.by;
  const scopes = listIn(happening, "scope");
  const created: Signal = {
    ...{ kind: "grant.created", ...said, credential: consentOf(googleAccount(user), clientId), type: "oauth grant" },
    identity: appOf(clientId, textIn(happening, "app_name")),
    ...(account && { authoriser: account }),
    ...{ scopes: scopes.slice(0, MOST_SCOPES), reach: reachOf(scopes) },
    handle: { customerId: said.tenant, userKey: user, clientId },
  };
  return [...reached(said, activity, user), created];
}

/** Otherwise nobody could tell whose a consent is: no other event bears both the id and the address. */
function reached({ source, tenant, by }: Said, { actor }: Activity, user: string): readonly Signal[] {
  const email = actor?.email;
  if (by.account === undefined || email === undefined || !isEmail(email)) return [];
  const handle = { customerId: tenant, userKey: user };
  return [
    { kind: "account.seen", source, tenant, account: by.account, handle, standing: "unknown", email, sameAs: [] },
  ];
}

/** By the user themself, who stands there by id. */
export function takenBack(said: Said, activity: Activity, happening: Happening): readonly Signal[] {
  const [user, clientId] = [profileOf(activity), textIn(happening, "client_id")];
  if (user === undefined || clientId === undefined) return [];
  return [{ kind: "grant.revoked", ...said, credential: consentOf(googleAccount(user), clientId) }];
}

/** By an administrator, of a user who stands there by address alone. An address may have been another's: it is never taken for the id. */
export function ended(said: Said, happening: Happening): readonly Signal[] {
  const [email, clientId] = [textIn(happening, "USER_EMAIL"), textIn(happening, "APP_ID")];
  if (email === undefined || !isEmail(email) || clientId === undefined) return [];
  return [{ kind: "grant.revoked", ...said, credential: consentOf(emailAccount(email), clientId) }];
}

/** One client may act as every user. That is nobody's consent: whoever set it up is the one who acted, and no more. */
export function delegated(said: Said, happening: Happening): readonly Signal[] {
  const clientId = textIn(happening, "API_CLIENT_NAME");
  if (clientId === undefined) return [];
  const scopes = listIn(happening, "API_SCOPES");
  return [
    {
      ...{ kind: "grant.created", ...said, credential: delegationOf(said.tenant, clientId) },
      ...{ type: "domain-wide delegation", identity: appOf(clientId) },
      ...{ scopes: scopes.slice(0, MOST_SCOPES), reach: reachOfAll(scopes) },
      handle: { customerId: said.tenant, clientId },
    },
  ];
}

export function undelegated(said: Said, happening: Happening): readonly Signal[] {
  const clientId = textIn(happening, "API_CLIENT_NAME");
  if (clientId === undefined) return [];
  return [{ kind: "grant.revoked", ...said, credential: delegationOf(said.tenant, clientId) }];
}
