import { type Action, draw, type Plan, type Receipt, type State, same, type Target } from "@leasehold/core/connector";
import { badInput, Fault } from "@leasehold/core/kernel";
import type { Api } from "./api.ts";

/** Sessions that are ended by an inline policy of ours on whoever they act as: a user, a role. */
export interface Ended {
  readonly type: string; // of the credential
  readonly on: "user" | "role"; // on which the policy lies
  readonly permissions: readonly string[]; // all of them
  readonly lastUsed?: Action<Api>["lastUsed"];
  /** Undefined: whoever they act as is not there any more. */
  read(api: Api, target: Target): Promise<{ readonly document: string | undefined } | undefined>;
  /** Our own policy, for what is to be ended now. */
  policy(target: Target, now: string): object;
  never(api: Api, target: Target): Promise<string | undefined>;
  /** What must be done before, as a sentence. */
  first?(api: Api, target: Target): Promise<readonly string[]>;
  put(api: Api, target: Target, document: string): Promise<unknown>;
  remove(api: Api, target: Target): Promise<unknown>;
}

const LIVE: State = { sessions: "Live" };
const ENDED: State = { sessions: "Ended" };
const OTHERS: State = { sessions: "under a policy that is not ours" };

export const UNSUPPORTED =
  "unsupported: the settings do not opt in to *contain*, without which no policy is written; they end by themselves";

/** The whole policy is ours, so restoring is taking it away; one of our name that reads otherwise is somebody else's, and stays. */
export function endSessions(of: Ended): Action<Api> {
  const { type, permissions, lastUsed } = of;
  const see = (api: Api, target: Target) => stateOf(of, api, target);
  return {
    ...{ verb: "end-sessions", credential: type, blast: "credential", reversibility: "R1", settlesAfter: 10, see },
    ...{ contain: true, permissions },
    plan: (api, target) => look(of, api, target),
    apply: (api, plan) => applied(of, api, plan),
    verify: async (api, { target, after }) => {
      const seen = await see(api, target);
      return { verdict: same(seen, after) ? "confirmed" : seen === undefined ? "unconfirmed" : "still alive", seen };
    },
    ...(lastUsed && { lastUsed }),
  };
}

async function stateOf(of: Ended, api: Api, target: Target): Promise<State> {
  const found = await of.read(api, target);
  if (found === undefined) return undefined;
  if (found.document === undefined) return LIVE;
  return isOurs(of, target, found.document) ? ENDED : OTHERS;
}

const INSTANT = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z/;

/** Word for word, whatever the instant: another instant is a policy of ours that was made at another time. */
export function isOurs({ policy }: Pick<Ended, "policy">, target: Target, document: string): boolean {
  const text = document.startsWith("%") ? decodeURIComponent(document) : document; // IAM hands documents out URL-encoded
  const at = INSTANT.exec(text)?.[0] ?? "";
  return text === JSON.stringify(policy(target, at));
}

async function look(of: Ended, api: Api, target: Target): Promise<Plan> {
  const before = await stateOf(of, api, target);
  const refusals = before === undefined ? [`the ${of.on} no longer exists`] : await refusalsOf(of, api, target, before);
  return draw({ verb: "end-sessions", target, before: before ?? {}, wanted: ENDED, alsoAffects: [], refusals });
}

async function refusalsOf(of: Ended, api: Api, target: Target, before: State): Promise<readonly string[]> {
  const never = await of.never(api, target);
  const first = same(before, LIVE) ? await of.first?.(api, target) : [];
  return [
    ...(never === undefined ? [] : [never]),
    ...(api.contain === undefined ? [UNSUPPORTED] : []),
    ...(same(before, OTHERS) ? [`a policy of our name is on the ${of.on}, and not as we write it`] : []),
    ...(first ?? []),
  ];
}

/** Looks again, compares, changes only what differs; `verify` looks once more. */
async function applied(of: Ended, api: Api, { verb, target, before, wanted }: Plan): Promise<Receipt> {
  const now = await stateOf(of, api, target);
  const receipt = { verb, target, before, after: wanted, changed: !same(before, wanted) };
  if (same(now, wanted)) return { ...receipt, adopted: receipt.changed };
  if (!same(now, before) || same(now, OTHERS))
    throw new Fault("StalePlan", "the policy changed since it was looked at, or is not ours");
  if (!same(wanted, LIVE) && !same(wanted, ENDED))
    throw badInput("sessions are ended, or let live again", { where: "wanted" });
  if (api.contain === undefined) throw new Fault("StalePlan", UNSUPPORTED);
  if (same(wanted, LIVE)) await of.remove(api, target);
  else await ended(of, api, target, api.contain.now());
  return { ...receipt, adopted: false };
}

async function ended(of: Ended, api: Api, target: Target, now: string): Promise<void> {
  const against = (await of.never(api, target)) ?? (await of.first?.(api, target))?.[0];
  if (against !== undefined) throw new Fault("StalePlan", against);
  await of.put(api, target, JSON.stringify(of.policy(target, now))).catch(full(of));
}

/** Nothing was changed then, and somebody must make room: a user's inline policies have 2,048 characters, a role's 10,240. */
const full =
  ({ on }: Ended) =>
  (error: unknown): never => {
    if (!/^LimitExceeded(Exception)?$/.test((error as Error).name)) throw error;
    throw new Fault("StalePlan", `no further policy fits into the ${on}: shorten or move one of its inline policies`);
  };
