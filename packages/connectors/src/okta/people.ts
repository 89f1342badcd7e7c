import type { Handle, People, PersonState } from "@leasehold/core/connector";
import * as z from "zod/mini";
import { pathOf, shaped } from "../../kit/index.ts";
import type { Api } from "./api.ts";
import { groups } from "./groups.ts";
import { sameOrg, USERS_READ } from "./org.ts";

type Stated = Exclude<PersonState, "gone">; // a user of whom Okta tells is there

/** Who is locked out or recovers a password has not left. Who is staged never came. */
const STATES: Readonly<Record<string, Stated>> = {
  ACTIVE: "active",
  PASSWORD_EXPIRED: "active",
  LOCKED_OUT: "active",
  RECOVERY: "active",
  PROVISIONED: "active",
  SUSPENDED: "suspended",
  DEPROVISIONED: "departed",
};

export const Standing = z.object({ status: z.string(), transitioningToStatus: z.nullish(z.string()) });

/** Deactivation takes a while: what is between two states is neither. */
export function stateOf({ status, transitioningToStatus }: z.infer<typeof Standing>): Stated {
  if (transitioningToStatus) return "unknown";
  return Object.hasOwn(STATES, status) ? (STATES[status] ?? "unknown") : "unknown";
}

export const people: People<Api> = { permissions: [USERS_READ], read, groups };

/** A user whom Okta does not know may have been deleted, or never have been: that is no departure. */
async function read({ http, org }: Api, handle: Handle): Promise<PersonState> {
  const { org: theirs, userId } = shaped("okta", z.object({ org: z.string(), userId: z.string() }), handle);
  sameOrg(org, theirs);
  const path = pathOf`/api/v1/users/${userId}`;
  const { status, json } = await http.call({ method: "GET", path, permission: USERS_READ, accept: [404] });
  if (status === 404) return "gone";
  const user = shaped("okta", z.extend(Standing, { id: z.string() }), json);
  return user.id === userId ? stateOf(user) : "unknown"; // asked by id, Okta also finds by login
}
