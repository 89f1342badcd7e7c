import { type Groups, type Handle, MOST_MEMBERS } from "@leasehold/core/connector";
import { type AccountId, badInput } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { pathOf, shaped } from "../../kit/index.ts";
import type { Api } from "./api.ts";
import { oktaAccount } from "./ids.ts";
import { sameOrg, USERS_READ } from "./org.ts";

const GROUPS_READ = "okta.groups.read";
const Ids = z.array(z.object({ id: z.string().check(z.minLength(1)) }));

/**
 * Whether one user is in a group is asked of the user, for which the scope suffices that the live read has; who is in it needs one
 * more (https://developer.okta.com/docs/api/openapi/okta-management/management/tag/UserResources/, …/tag/Group/).
 * Okta's groups hold no groups.
 */
export const groups: Groups<Api> = { permissions: [USERS_READ, GROUPS_READ], has, members };

async function has({ http, org }: Api, group: string, handle: Handle): Promise<boolean> {
  const { org: theirs, userId } = shaped("okta", z.object({ org: z.string(), userId: z.string() }), handle);
  sameOrg(org, theirs);
  let path: string | undefined = pathOf`/api/v1/users/${userId}/groups`;
  while (path !== undefined) {
    const { status, json, next } = await http.call({ method: "GET", path, permission: USERS_READ, accept: [404] });
    if (status === 404) return false; // whom Okta does not know is in no group
    if (shaped("okta", Ids, json).some(({ id }) => id === group)) return true;
    path = next;
  }
  return false;
}

async function members({ http, org }: Api, group: string): Promise<readonly AccountId[]> {
  const found: AccountId[] = [];
  let path: string | undefined = `${pathOf`/api/v1/groups/${group}/users`}?limit=200`;
  while (path !== undefined) {
    const { status, json, next } = await http.call({ method: "GET", path, permission: GROUPS_READ, accept: [404] });
    if (status === 404) throw badInput("Okta knows no group of this id", { where: "group" });
    found.push(...shaped("okta", Ids, json).map(({ id }) => oktaAccount(org, id)));
    if (found.length > MOST_MEMBERS)
      throw badInput(`more than ${MOST_MEMBERS} people are in this group: name a smaller one`, { where: "group" });
    path = next;
  }
  return found;
}
