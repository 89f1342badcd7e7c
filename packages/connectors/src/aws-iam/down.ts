import {
  type Action,
  draw,
  type Plan,
  type Receipt,
  type State,
  same,
  type Target,
  type Verb,
} from "@leasehold/core/connector";
import { badInput, Fault } from "@leasehold/core/kernel";
import { NEVER_TOUCH } from "@leasehold/core/signal";
import type { Api } from "./api.ts";
import { READS_TAGS, untouchable } from "./untouchable.ts";

/** What IAM switches on and off by a status, and deletes: one of a user's several, which falls alone. */
export interface Switched {
  readonly type: string; // in IAM's words
  readonly short: string;
  readonly lists: string; // the permission to see it
  readonly updates: string;
  readonly deletes: string;
  readonly sessions?: Action<Api>["sessions"];
  readonly lastUsed?: { readonly permission: string; readonly read: NonNullable<Action<Api>["lastUsed"]> };
  see(api: Api, target: Target): Promise<State>;
  update(api: Api, target: Target, status: "Active" | "Inactive"): Promise<unknown>;
  remove(api: Api, target: Target): Promise<unknown>;
}

const ON: State = { status: "Active" };
const OFF: State = { status: "Inactive" };
const GONE: State = undefined;

/** IAM cannot deny one credential: a policy falls on the whole user. So it has no quarantine; it goes from flagged to disabled. */
export function downOf(of: Switched): readonly Action<Api>[] {
  const { type, see, lists, lastUsed } = of;
  const common = { credential: type, blast: "credential", settlesAfter: 10, see } as const; // IAM answers reads from replicas
  const apply = (api: Api, plan: Plan) => applied(of, api, plan);
  const disable: Action<Api> = {
    ...common,
    verb: "disable",
    reversibility: "R1",
    permissions: [lists, READS_TAGS, of.updates, ...(lastUsed ? [lastUsed.permission] : [])],
    plan: (api, target) => look(of, api, "disable", target, OFF),
    apply,
    verify: async (api, { target, after }) => {
      const seen = await see(api, target);
      // Gone is not what we did: until a deletion event or a whole list agrees, we may be looking in the wrong place.
      return { verdict: same(seen, after) ? "confirmed" : same(seen, GONE) ? "unconfirmed" : "still alive", seen };
    },
    ...(of.sessions && { sessions: of.sessions }),
    ...(lastUsed && { lastUsed: lastUsed.read }),
  };
  const erase: Action<Api> = {
    ...common,
    verb: "delete",
    reversibility: "R3",
    permissions: [lists, READS_TAGS, of.deletes],
    plan: (api, target) => look(of, api, "delete", target, GONE),
    apply,
    verify: async (api, { target }) => {
      const seen = await see(api, target);
      return { verdict: same(seen, GONE) ? "confirmed" : "still alive", seen };
    },
  };
  return [disable, erase];
}

async function look(of: Switched, api: Api, verb: Verb, target: Target, wanted: State): Promise<Plan> {
  const seen = await of.see(api, target);
  const never = seen && (await untouchable(api, target));
  const refusals = [...(never === undefined ? [] : [never]), ...refusalsOf(of, seen, wanted)];
  return draw({ verb, target, before: seen ?? {}, wanted, alsoAffects: [], refusals });
}

/** What we could not bring back is not switched off: one that expired, or a state word that IAM did not have when this was written. */
function refusalsOf({ short }: Switched, seen: State, wanted: State): readonly string[] {
  if (seen === undefined) return [`the ${short} no longer exists`];
  if (wanted !== undefined && !same(seen, ON) && !same(seen, OFF)) return [`the ${short} is neither on nor off`];
  return [];
}

/** Looks again, compares, changes only what differs. Between this look and the call nobody can hold IAM still; `verify` looks once more. */
async function applied(of: Switched, api: Api, { verb, target, before, wanted }: Plan): Promise<Receipt> {
  const now = await of.see(api, target);
  const receipt = { verb, target, before, after: wanted, changed: !same(before, wanted) };
  if (same(now, wanted)) return { ...receipt, adopted: receipt.changed };
  if (!same(now, before)) throw new Fault("StalePlan", `the ${of.short} changed since it was looked at`);
  const never = same(wanted, ON) ? undefined : await untouchable(api, target); // what we took down may always be taken back
  if (never !== undefined) throw new Fault("StalePlan", never);
  const change = put(of, api, target, wanted);
  await (same(wanted, ON) ? change.catch((error: unknown) => barred(of, api, target, error)) : change);
  return { ...receipt, adopted: false };
}

/**
 * AWS has one permission for off and on, so our own policy denies both where somebody has tagged the user since. What is denied there
 * stays denied: a person takes it back, and is told how.
 */
async function barred(of: Switched, api: Api, target: Target, error: unknown): Promise<never> {
  const isDenied = error instanceof Fault && error.name === "PermissionMissing";
  if (!isDenied || (await untouchable(api, target)) === undefined) throw error;
  throw new Fault(
    "PermissionMissing",
    `its user is tagged ${NEVER_TOUCH} by now, and so our own role may not change it`,
    {
      ...{ provider: "aws", permission: of.updates },
      byHand: `set its status to Active by hand (${of.updates}), or take the tag ${NEVER_TOUCH} off its user until it is on again`,
    },
  );
}

async function put(of: Switched, api: Api, target: Target, to: State): Promise<void> {
  if (to === undefined) {
    await of.remove(api, target);
    return;
  }
  if (!same(to, ON) && !same(to, OFF))
    throw badInput(`a ${of.short} can be set to Active or Inactive only`, { where: "wanted" });
  await of.update(api, target, same(to, ON) ? "Active" : "Inactive");
}
