import { type Action, draw, type Plan, type Receipt, type State, same, type Target } from "@leasehold/core/connector";
import { badInput, Fault } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { pathOf, shaped } from "../../kit/index.ts";
import type { Api } from "./api.ts";
import { sameOrg, USERS_READ } from "./org.ts";

const USERS_MANAGE = "okta.users.manage";
const GONE: State = undefined;
const FOR_ALL: State = { status: "consented for everybody" };

/** An access token that was issued before is checked by whoever takes it, and lives as long as its policy says: 24 hours at most. */
const LONGEST_TOKEN = 24 * 3_600; // seconds; https://developer.okta.com/docs/concepts/auth-servers/

const Handle = z.object({
  org: z.string(),
  clientId: z.string(),
  userId: z.optional(z.string()),
  grantId: z.optional(z.string()),
});
type Handle = z.infer<typeof Handle>;
const Grant = z.object({ status: z.string(), scopeId: z.string() });

/** One consent of one user. The user stays as they are: no action here is on a person. */
const revoke: Action<Api> = {
  verb: "revoke",
  credential: "oauth grant",
  blast: "credential",
  reversibility: "R2",
  permissions: [USERS_READ, USERS_MANAGE],
  settlesAfter: 5,
  sessions: { longest: LONGEST_TOKEN },
  see,
  plan,
  apply,
  verify: async (api, { target }) => {
    const seen = await see(api, target);
    return { verdict: same(seen, GONE) ? "confirmed" : "still alive", seen };
  },
  wayBack: ({ target }) => {
    const { clientId, userId } = handleOf(target);
    return `User ${userId ?? "unknown"} must sign in to app ${clientId} once more and consent when Okta asks. Nobody can consent for them.`;
  },
  isBack,
};

export const actions = [revoke];

async function plan(api: Api, target: Target): Promise<Plan> {
  const seen = await see(api, target);
  return draw({
    verb: "revoke",
    target,
    before: seen ?? {},
    wanted: GONE,
    alsoAffects: [],
    refusals: refusalsOf(seen),
  });
}

function refusalsOf(seen: State): string[] {
  if (seen === undefined) return ["the grant no longer exists"];
  if (!same(seen, FOR_ALL)) return [];
  return [
    "an administrator consented for everybody, so it is taken back by hand: Admin Console, the app, Okta API Scopes",
  ];
}

/** Looks again, compares, changes only what differs. */
async function apply(api: Api, { verb, target, before, wanted }: Plan): Promise<Receipt> {
  if (wanted !== undefined) throw badInput("nobody can consent for somebody else", { verb });
  const now = await see(api, target);
  const receipt = { verb, target, before, after: wanted, changed: !same(before, wanted) };
  if (same(now, wanted)) return { ...receipt, adopted: receipt.changed };
  if (!same(now, before)) throw new Fault("StalePlan", "the grant changed since it was looked at");
  const { userId, grantId } = oneGrant(target);
  const path = pathOf`/api/v1/users/${userId}/grants/${grantId}`;
  await api.http.call({ method: "DELETE", path, permission: USERS_MANAGE, accept: [404] });
  return { ...receipt, adopted: false };
}

/** What is revoked is gone: Okta may show it for a while, or answer that there is none. */
async function see(api: Api, target: Target): Promise<State> {
  const { org, userId } = handleOf(target);
  sameOrg(api.org, org);
  if (userId === undefined) return FOR_ALL;
  const path = pathOf`/api/v1/users/${userId}/grants/${oneGrant(target).grantId}`;
  const { status, json } = await api.http.call({ method: "GET", path, permission: USERS_READ, accept: [404] });
  if (status === 404) return GONE;
  const { status: stands, scopeId: scope } = shaped("okta", Grant, json);
  return stands === "REVOKED" ? GONE : { status: stands, scope };
}

/** A new consent is a new grant, so it is looked for by user, app and scope: the app's other scopes are grants of their own. */
async function isBack(api: Api, { target, before }: Receipt): Promise<boolean> {
  const { org, clientId, userId } = handleOf(target);
  sameOrg(api.org, org);
  if (userId === undefined) return false;
  const path = pathOf`/api/v1/users/${userId}/clients/${clientId}/grants`;
  const { status, json } = await api.http.call({ method: "GET", path, permission: USERS_READ, accept: [404] });
  const grants = status === 404 ? [] : shaped("okta", z.array(Grant), json);
  return grants.some((grant) => grant.status === "ACTIVE" && grant.scopeId === before["scope"]);
}

const handleOf = ({ handle }: Target): Handle => shaped("okta", Handle, handle);

function oneGrant(target: Target): { userId: string; grantId: string } {
  const { userId, grantId } = handleOf(target);
  if (userId === undefined || grantId === undefined)
    throw badInput("the handle does not name one grant of one user; the next sweep finds it", { field: "grantId" });
  return { userId, grantId };
}
