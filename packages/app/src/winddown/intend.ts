import { type Place, take } from "@leasehold/core/brake";
import type { Plan } from "@leasehold/core/connector";
import { type AccountId, Fault, type Instant, laterBy } from "@leasehold/core/kernel";
import { areTwo, type Rung, voicesFor } from "@leasehold/core/winddown";
import { activePeople } from "../brake/index.ts";
import type { Intent, Stored, World } from "../world/index.ts";
import type { Looked } from "./look.ts";

export type IntendPorts = Pick<World, "windDowns" | "ledger" | "clock" | "config">;
export interface Taken {
  readonly do: "descend" | "undo";
  readonly to: Rung;
  readonly plan: Plan;
}

const ACT_WITHIN = 60; // seconds
const LONGEST_CALL = 30; // seconds
const TRIES = 5; // for the brake's item, which every intent writes

/** Written before we act: a condition on the version read, a claim, and a place in the brake. An undo takes none: nothing ever stops it; nor does security's word about what has leaked. */
export async function intend(world: IntendPorts, stored: Stored, step: Taken, looked: Looked): Promise<Stored> {
  const { windDown } = stored;
  const settles = looked.hands.find(({ verb }) => verb === step.plan.verb)?.settlesAfter ?? 0;
  for (let left = TRIES; ; left -= 1) {
    const at = world.clock();
    const place =
      step.do === "undo" || isUrgent(stored, step, looked, at) ? undefined : placeOf(stored, step, looked, at);
    const actBy = laterBy(at, ACT_WITHIN);
    const draft = {
      did: "intent.opened",
      by: "leasehold",
      facts: { does: step.do, to: step.to, verb: step.plan.verb, plan: step.plan.token },
    };
    const intent: Omit<Intent, "key" | "version"> = {
      ...{ does: step.do, to: step.to, plan: step.plan, at, actBy, onYesOf: place?.onYesOf, place },
      claimedUntil: laterBy(actBy, LONGEST_CALL + settles),
    };
    const window = place && (await taken(world, place, at));
    try {
      return await world.windDowns.intend(stored, intent, draft, window);
    } catch (error) {
      const moved = (await world.windDowns.get(windDown.id))?.version !== stored.version;
      if (!(error instanceof Fault) || error.name !== "Conflict" || moved || left <= 1) throw error;
    }
  }
}

/** Security's word about what has leaked is not braked: the brake is for mistakes about many, and this is about one. */
const isUrgent = ({ windDown }: Stored, { plan }: Taken, { view }: Looked, now: Instant): boolean =>
  windDown.exposed !== undefined && voicesFor({ ...view, plan }, windDown.answer, now).some(({ security }) => security);

/** Whose yes it hangs on is judged as `decide` judges it: a yes to anything but this very plan is silence here. */
function placeOf(stored: Stored, { plan }: Taken, { view }: Looked, now: Instant): Place {
  const { owner, departed } = view.standing;
  const voices = voicesFor({ ...view, plan }, stored.windDown.answer, now);
  const seconded = voices.some((one) => voices.some((other) => areTwo(one, other)));
  return {
    person: owner ?? (`acc_${stored.windDown.credential}` as AccountId), // nobody's credential counts as a person of its own
    onYesOf: voices[0]?.account,
    departed,
    ...(seconded && { seconded }),
  };
}

async function taken({ ledger, config }: IntendPorts, place: Place, at: Instant) {
  const window = await ledger.brake();
  const next = take(window.value, place, at, config.brake, await activePeople(ledger));
  if ("full" in next) throw new Fault("Braked", "the brake has no place left", { because: next.full });
  return { value: next.taken, version: window.version };
}
