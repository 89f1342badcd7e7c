import {
  type Action,
  draw,
  type Plan,
  type Receipt,
  readBack,
  type State,
  same,
  type Target,
} from "@leasehold/core/connector";
import { badInput, Fault, type Instant } from "@leasehold/core/kernel";
import type { Api } from "./api.ts";
import { type Ended, endedWith, isEnded, LIVE, OTHERS, standing } from "./ended.ts";
import { ENDED_POLICY } from "./handles.ts";
import { endsUntil } from "./opened.ts";

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
    verify: async (api, { target, after }) => readBack(await see(api, target), after),
    ...(lastUsed && { lastUsed }),
  };
}

const stateOf = async (of: Ended, api: Api, target: Target): Promise<State> => (await standing(of, api, target)).state;

async function look(of: Ended, api: Api, target: Target): Promise<Plan> {
  const before = await stateOf(of, api, target);
  const refusals = before === undefined ? [`the ${of.on} no longer exists`] : await refusalsOf(of, api, target, before);
  const wanted = isEnded(before) ? before : endedWith(await of.left?.(api, target));
  return draw({ verb: "end-sessions", target, before: before ?? {}, wanted, alsoAffects: [], refusals });
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
  const { state: now, written } = await standing(of, api, target);
  const receipt = { verb, target, before, after: wanted, changed: !same(before, wanted) };
  const isBack = same(wanted, LIVE);
  const inTheWay = isBack && same(now, LIVE) && written !== undefined; // new ones live, and what we wrote still denies the old
  if (same(now, wanted) && !inTheWay) return { ...receipt, adopted: receipt.changed };
  if ((!same(now, before) && !inTheWay) || same(now, OTHERS))
    throw new Fault("StalePlan", "the policy changed since it was looked at, or is not ours");
  if (!isBack && !isEnded(wanted)) throw badInput("sessions are ended, or let live again", { where: "wanted" });
  if (api.contain === undefined) throw isBack ? byHand(of) : new Fault("StalePlan", UNSUPPORTED);
  if (isBack) await of.remove(api, target);
  else await ended(of, api, target, wanted, api.contain.now());
  return { ...receipt, adopted: false };
}

/** Who may write policies was taken out of the settings since: without it nobody of ours can take one away, either. */
const byHand = ({ on }: Ended): Fault =>
  new Fault("PermissionMissing", "the settings no longer opt in to *contain*, without which no policy is taken away", {
    ...{ provider: "aws", permission: `iam:Delete${on === "user" ? "User" : "Role"}Policy` },
    byHand: `say \`contain: true\` again, or delete the inline policy of its ${on} by hand: ${OURS[on]}`,
  });
const OURS = { user: ENDED_POLICY, role: `${ENDED_POLICY}-of-… with its source identity` };

async function ended(of: Ended, api: Api, target: Target, wanted: State, now: Instant): Promise<void> {
  const against = (await of.never(api, target)) ?? (await of.first?.(api, target))?.[0];
  if (against !== undefined) throw new Fault("StalePlan", against);
  const left = await of.left?.(api, target);
  if (!same(wanted, endedWith(left)))
    throw new Fault("StalePlan", "what opens new ones changed since it was looked at");
  await of.put(api, target, JSON.stringify(of.policy(target, endsUntil(now), left))).catch(full(of));
}

/** Nothing was changed then, and somebody must make room: a user's inline policies have 2,048 characters, a role's 10,240. */
const full =
  ({ on }: Ended) =>
  (error: unknown): never => {
    if (!/^LimitExceeded(Exception)?$/.test((error as Error).name)) throw error;
    throw new Fault("StalePlan", `no further policy fits into the ${on}: shorten or move one of its inline policies`);
  };
