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
import { badInput, Fault, type Instant, laterBy, millisOf } from "@leasehold/core/kernel";
import { askAws, isMissing } from "../../../kit/index.ts";
import type { Api } from "../api.ts";
import { COUNTS, isCalled, LIVES, SETTLES } from "./counted.ts";
import { READS_LOGS, type Session, sessionsLogged } from "./logged.ts";
import { READS_TAGS, RUNTIME_SESSIONS, type Runtime, runtimeNow, runtimeOf } from "./runtime.ts";

export const LIVE: State = { sessions: "Live" };
export const NONE: State = { sessions: "None" };

const STOPS = "bedrock-agentcore:StopRuntimeSession";

/** At most so many in one act, those of which something was heard last: what is left ends by itself, and no proof is given before. */
export const MOST_STOPPED = 20;
const STOPS_WITHIN = 12; // seconds from its beginning, of the twenty that an act has
const LOGGED_WITHIN = LIVES + 3_600; // seconds

/**
 * Stops what is known to run, and is believed only when nothing that was opened before could live any more. There is no list of
 * sessions: that some live is what AWS counted, and which ones, what the runtime logged.
 */
export const stopSessions: Action<Api> = {
  ...{ verb: "end-sessions", credential: RUNTIME_SESSIONS, blast: "shared", reversibility: "R2", contain: true },
  settlesAfter: SETTLES,
  permissions: [READS_TAGS, COUNTS, ...READS_LOGS, STOPS],
  see: async (api, target) => (await standing(api, runtimeOf(api, target))).state,
  plan,
  apply,
  verify: async (api, { target, after }) => {
    const runtime = runtimeOf(api, target);
    const { state: seen } = await standing(api, runtime);
    const found = readBack(seen, after);
    return found.verdict === "confirmed" && (await isUncounted(api, runtime))
      ? { verdict: "unconfirmed", seen }
      : found;
  },
  wayBack: () =>
    "Whoever uses the agent calls it again: a new session opens by itself. What the ended ones had in memory and in their files is lost.",
  isBack: async (api, { target }) => same((await standing(api, runtimeOf(api, target))).state, LIVE),
};

interface Standing {
  readonly state: State;
  readonly never?: string | undefined;
}

async function standing(api: Api, runtime: Runtime): Promise<Standing> {
  const found = await runtimeNow(api, runtime);
  if (found === undefined) return { state: undefined };
  return { state: (await isCalled(api, runtime)) ? LIVE : NONE, never: found.never };
}

/**
 * Nothing is counted, and sessions were opened: then the count is not to be relied on. One that was opened before that and logged on
 * is no sign of it, for it has ended by now.
 */
async function isUncounted(api: Api, runtime: Runtime): Promise<boolean> {
  const since = millisOf(laterBy(api.now(), -LIVES));
  return (await sessionsLogged(api, runtime, LIVES)).some(({ opened }) => opened >= since);
}

const UNSUPPORTED =
  "unsupported: the settings do not opt in to *contain*, without which no session is stopped; they end by themselves within eight hours";
const UNCOUNTED = "its logs tell of sessions, and AWS counts no call of it: whether some live cannot be told";
const EVERYBODY =
  "everybody who uses the runtime; whoever may call it opens a new session at once, so quarantine its role first";

async function plan(api: Api, target: Target): Promise<Plan> {
  const runtime = runtimeOf(api, target);
  const now = await standing(api, runtime);
  const refusals = now.state === undefined ? ["the runtime no longer exists"] : await refusalsOf(api, runtime, now);
  const before = now.state ?? {};
  return draw({ verb: "end-sessions", target, before, wanted: NONE, alsoAffects: [EVERYBODY], refusals });
}

async function refusalsOf(api: Api, runtime: Runtime, { state, never }: Standing): Promise<readonly string[]> {
  const uncounted = same(state, NONE) && (await isUncounted(api, runtime));
  const said = [never, api.contain ? undefined : UNSUPPORTED, uncounted ? UNCOUNTED : undefined];
  return said.filter((one) => one !== undefined);
}

/** Looks again, and stops what is logged; `verify` looks when they must all have ended. */
async function apply(api: Api, { verb, target, before, wanted }: Plan): Promise<Receipt> {
  const runtime = runtimeOf(api, target);
  const until = laterBy(api.now(), STOPS_WITHIN);
  const now = await standing(api, runtime);
  const receipt = { verb, target, before, after: wanted, changed: !same(before, wanted) };
  if (same(now.state, wanted)) return { ...receipt, adopted: receipt.changed };
  if (now.state === undefined || !same(now.state, before))
    throw new Fault("StalePlan", "the runtime or its sessions changed since it was looked at");
  if (!same(wanted, NONE)) throw badInput("sessions are stopped, and nobody of ours opens any", { where: "wanted" });
  const against = now.never ?? (api.contain ? undefined : UNSUPPORTED);
  if (against !== undefined) throw new Fault("StalePlan", against);
  await stopAll(api, runtime, until);
  return { ...receipt, adopted: false };
}

/**
 * One that cannot be stopped leaves the others no longer alive; then it is said, and all of it may be done again: what was stopped
 * stays so. Who asks us to slow down, or refuses us, is not asked about the rest.
 */
async function stopAll(api: Api, runtime: Runtime, until: Instant): Promise<void> {
  const sessions = await sessionsLogged(api, runtime, LOGGED_WITHIN);
  let against: Fault | undefined;
  for (const session of sessions.slice(0, MOST_STOPPED)) {
    if (api.now() >= until) break;
    const failed = await stop(api, runtime, session);
    against ??= failed;
    if (failed !== undefined && ENDS.includes(failed.name)) break;
  }
  if (against !== undefined) throw against;
}

const ENDS = ["Throttled", "PermissionMissing"];

/** What went wrong, if anything: one that is not there is over. Nothing of what AWS says of it is handed on. */
async function stop(api: Api, { region, arn }: Runtime, { endpoint, id }: Session): Promise<Fault | undefined> {
  const input = { agentRuntimeArn: arn, qualifier: endpoint, runtimeSessionId: id };
  try {
    await askAws(STOPS, () => api.ask(region, STOPS, input)).catch(isMissing);
    return undefined;
  } catch (error) {
    if (error instanceof Fault) return error;
    return new Fault("Unexpected", "AWS did not stop a session", { provider: "aws", said: (error as Error).name });
  }
}
