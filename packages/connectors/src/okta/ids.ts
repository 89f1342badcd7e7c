import { type CredentialId, derivedId, type IdentityId } from "@leasehold/core/kernel";
import type { Reach } from "@leasehold/core/signal";

export { oktaAccount } from "../../kit/index.ts";

/** Where a record names no organisation. Real ids of users and grants are unique across organisations all the same. */
export const NO_ORG = "okta";

/** An organisation is named by the first label of its host, which is all that a log stream tells. */
export const orgOfHost = (host: string): string => host.split(".", 1).join().toLowerCase();

export const oktaApp = (org: string, clientId: string): IdentityId => derivedId("idn", "okta", org, clientId);

/** A grant, client secret or token: Okta gives each an id of its own. */
export const oktaCredential = (org: string, id: string): CredentialId => derivedId("crd", "okta", org, id);

/** A consent whose record names no grant. */
export const consentOf = (org: string, userId: string, clientId: string): CredentialId =>
  derivedId("crd", "okta", org, userId, clientId);

const SIGN_IN = new Set(["openid", "profile", "email", "address", "phone", "offline_access", "device_sso", "groups"]);

/** What the widest of the scopes allows. A scope that says nothing of itself is unknown, which outweighs read. */
export function reachOf(scopes: readonly string[]): Reach {
  const order: readonly Reach[] = ["admin", "write", "unknown", "read"];
  const found = new Set(scopes.map(one));
  return order.find((reach) => found.has(reach)) ?? "unknown";
}

function one(scope: string): Reach {
  const name = scope.toLowerCase();
  if (SIGN_IN.has(name)) return "read";
  const words = new Set(name.split(/[^a-z]+/));
  const has = (...any: readonly string[]) => any.some((word) => words.has(word));
  const own = has("self", "myaccount", "personal", "enduser"); // of the one who consented, nobody else
  if (has("admin", "superadmin") && !name.endsWith(".read")) return "admin";
  if (has("manage") && name.startsWith("okta.") && !own) return "admin"; // of the whole organisation
  if (has("manage", "write", "delete", "update", "create", "edit", "modify", "send")) return "write";
  return has("read", "readonly", "view", "list") ? "read" : "unknown";
}
