import type { Reach } from "@leasehold/core/signal";

const ORDER: readonly Reach[] = ["admin", "write", "unknown", "read"];
const SIGN_IN = new Set(["openid", "email", "profile"]);
const ADMINISTRATION = new Set(["admin", "apps", "cloud-platform", "cloud-identity", "cloudplatformprojects", "iam"]);

/** Of these whoever gets a scope that is not called read-only may write: https://developers.google.com/identity/protocols/oauth2/scopes */
const DATA = new Set([
  ...["calendar", "chat", "classroom", "contacts", "documents", "drive", "forms", "gmail", "keep", "meetings"],
  ...["presentations", "spreadsheets", "tasks", "bigquery", "compute", "datastore", "devstorage", "pubsub"],
]);
const WHOLE = /^https:\/\/(mail[.]google[.]com|www[.]google[.]com\/(m8|calendar)\/feeds)\/?$/;

/** What the widest of the scopes allows. A scope that says nothing of itself is unknown, which outweighs read. */
export function reachOf(scopes: readonly string[]): Reach {
  const found = new Set(scopes.map(one));
  return ORDER.find((reach) => found.has(reach)) ?? "unknown";
}

/** For every user of the customer: who may write as any of them has as good as all that they have. */
export function reachOfAll(scopes: readonly string[]): Reach {
  const reach = reachOf(scopes);
  return reach === "write" ? "admin" : reach;
}

function one(scope: string): Reach {
  if (WHOLE.test(scope)) return "write";
  const name = /^https:\/\/www[.]googleapis[.]com\/auth\/([\w.-]+)\/?$/.exec(scope)?.[1] ?? scope.toLowerCase();
  const [first = "", ...rest] = name.split(".");
  if (SIGN_IN.has(name) || first === "userinfo") return "read";
  if (["readonly", "read_only", "read-only", "metadata"].includes(rest.at(-1) ?? "")) return "read";
  if (ADMINISTRATION.has(first)) return "admin";
  return DATA.has(first) && !rest.includes("addons") ? "write" : "unknown";
}
