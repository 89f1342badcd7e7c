import type { Lister, Page } from "@leasehold/core/connector";
import type { Instant } from "@leasehold/core/kernel";
import { READS_ASSIGNMENTS, READS_TAGS } from "../access.ts";
import type { Api } from "../api.ts";
import { instanceId } from "../handles.ts";
import { READS_POLICY, READS_PROVISIONED } from "../sessions/index.ts";
import { placeIn, written } from "./cursor.ts";
import { pageOfAccounts, pageOfSets } from "./sets.ts";
import { pageOfUsers } from "./users.ts";

/** Every user of the store, every permission set, and which user is let into which account with it. */
export const lister: Lister<Api> = {
  permissions: [
    ...["identitystore:ListUsers", "sso:ListPermissionSets", "sso:DescribePermissionSet"],
    ...["sso:ListManagedPoliciesInPermissionSet", READS_PROVISIONED],
    ...[READS_ASSIGNMENTS, READS_TAGS, READS_POLICY],
  ],
  emits: ["account.seen", "identity.seen", "credential.seen"],
  page,
};

async function page(api: Api, cursor: string | undefined, now: Instant): Promise<Page> {
  const place = placeIn(cursor);
  if (place.in === "users") return afterUsers(api, await pageOfUsers(api, place.token, now));
  if (api.access === undefined) return { signals: [], next: undefined, whole: false }; // it was taken out of the configuration meanwhile
  const { access } = api;
  const page = place.in === "sets" ? pageOfSets(access, place.token) : pageOfAccounts(api, access, place, now);
  return { ...(await page), region: instanceId(access.instance) };
}

const NOT_LOOKED_AT =
  "Who is let into which account by IAM Identity Center is not looked at: name its instance in the configuration (`instance`).";

function afterUsers({ access }: Api, { next: token, ...rest }: Page): Page {
  if (token !== undefined) return { ...rest, next: written({ in: "users", token }) };
  if (access === undefined) return { ...rest, next: undefined, gaps: [{ what: NOT_LOOKED_AT }] };
  return { ...rest, next: written({ in: "sets" }) };
}
