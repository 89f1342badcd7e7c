import { type Place, standingTrip, stops, take, type Window } from "@leasehold/core/brake";
import type { Plan } from "@leasehold/core/connector";
import { type AccountId, Fault, type Instant, later, laterBy } from "@leasehold/core/kernel";
import { areTwo, type Rung, voicesFor } from "@leasehold/core/winddown";
import {
  activesNow,
  type PlacePorts,
  type RestoredPorts,
  refuseRestored,
  retried,
  takePlace,
  tellHold,
} from "../brake/index.ts";
import { peopleOf } from "../question/index.ts";
import type { Intent, Stored, StoredCase, World } from "../world/index.ts";
import type { Looked } from "./look.ts";

export type IntendPorts = PlacePorts & RestoredPorts & Pick<World, "windDowns">;
export interface Taken {
  readonly do: "descend" | "undo";
  readonly to: Rung;
  readonly plan: Plan;
}

const ACT_WITHIN = 60; // seconds
const LONGEST_CALL = 30; // seconds

/**
 * Written before we act: a condition on the version read, a claim, and a place in the brake. An undo takes none: nothing ever
 * stops it; nor does security's word about what has leaked.
 */
export async function intend(world: IntendPorts, stored: Stored, step: Taken, looked: Looked): Promise<Stored> {
  const { windDown } = stored;
  const settles = looked.hands.find(({ verb }) => verb === step.plan.verb)?.settlesAfter ?? 0;
  const unbraked = step.do === "undo" || isUrgent(stored, step, looked, world.clock());
  const place = unbraked ? undefined : await placeOf(world, stored, step, looked);
  const attempt = async () => {
    const at = world.clock();
    const actBy = laterBy(looked.at, ACT_WITHIN); // whoever slept since the look acts on nothing that was seen in it
    if (at >= actBy) throw new Fault("StalePlan", "it was looked at too long ago", { windDown: windDown.id });
    const draft = {
      did: "intent.opened",
      by: "leasehold",
      facts: { does: step.do, to: step.to, verb: step.plan.verb, plan: step.plan.token },
    };
    const intent: Omit<Intent, "key" | "version"> = {
      ...{ does: step.do, to: step.to, plan: step.plan, at, actBy, onYesOf: place?.onYesOf, place },
      claimedUntil: laterBy(actBy, LONGEST_CALL + settles),
    };
    const window = step.do === "undo" ? undefined : await taken(world, place, at);
    return world.windDowns.intend(stored, intent, draft, window);
  };
  return retried(world, attempt, async () => (await world.windDowns.get(windDown.id))?.version !== stored.version);
}

/** Security's word about what has leaked is not braked: the brake is for mistakes about many, and this is about one. */
const isUrgent = ({ windDown }: Stored, { plan }: Taken, { view }: Looked, now: Instant): boolean =>
  windDown.exposed !== undefined && voicesFor({ ...view, plan }, windDown.answer, now).some(({ security }) => security);

/** Whose yes it hangs on is judged as `decide` judges it: a yes to anything but this very plan is silence here. */
async function placeOf(world: IntendPorts, stored: Stored, { plan }: Taken, { view }: Looked): Promise<Place> {
  const { owner, departed } = view.standing;
  const voices = voicesFor({ ...view, plan }, stored.windDown.answer, world.clock());
  const seconded = voices.some((one) => voices.some((other) => areTwo(one, other)));
  const its = departed && owner ? await departureCase(world, stored, owner) : undefined;
  return {
    person: owner ?? (`acc_${stored.windDown.credential}` as AccountId), // nobody's credential counts as a person of its own
    onYesOf: voices[0]?.account,
    departed,
    ...(seconded && { seconded }),
    ...(stored.windDown.acts.length > 0 && { begun: true }),
    ...{ case: its?.case.id ?? stored.windDown.case, brake: its?.case.brake },
  };
}

/** The case of the owner's departure, counted at the latest now; the wind-down may have been begun by another. */
async function departureCase(
  world: IntendPorts,
  { windDown }: Stored,
  owner: AccountId,
): Promise<StoredCase | undefined> {
  const { accounts } = await peopleOf(world, world.clock()).cluster(owner);
  const pointed = await Promise.all(accounts.map(async (one) => (await world.graph.node(one))?.value.openCase));
  const ids = new Set([...pointed.filter((id) => id !== undefined), windDown.case]);
  for (const id of ids) {
    const its = await world.cases.get(id);
    const isTheirs = its?.case.accounts.some((one) => accounts.includes(one));
    if (its?.case.gate === "departed" && its.case.status === "open" && isTheirs)
      return its.case.brake ? its : takePlace(world, its);
  }
  // they left long ago, and their case is over: what is found of theirs since is counted by the case that found it
  const own = await world.cases.get(windDown.case);
  if (own?.case.status !== "open") return undefined;
  return own.case.brake ? own : takePlace(world, own);
}

/** Nothing but an undo goes on in a store that was restored: not even what no place is needed for. */
async function taken(world: IntendPorts, place: Place | undefined, at: Instant) {
  const { ledger, config } = world;
  const window = await ledger.brake();
  await refuseRestored(world, window);
  if (place === undefined) return undefined;
  const actives = await activesNow(ledger);
  const next = take(window.value, place, at, config.brake, actives(later(at, -1)));
  if (!("full" in next)) return { value: next.taken, version: window.version };
  if (stops(window.value, place, at)) await tellWhose(world, window.value, place);
  throw new Fault("Braked", "the brake has no place left", { because: next.full });
}

/** What holds it is an open finding for as long as it does, also once a release has run out. */
async function tellWhose(world: IntendPorts, window: Window, { brake }: Place): Promise<void> {
  const its = window.holds?.find(({ id }) => brake?.as === "held" && id === brake.by);
  const hold = standingTrip(window) ?? its;
  if (hold) await tellHold(world, hold);
}
