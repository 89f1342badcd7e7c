import { take } from "@leasehold/core/brake";
import type { Plan } from "@leasehold/core/connector";
import { type AccountId, Fault, laterBy } from "@leasehold/core/kernel";
import type { Rung } from "@leasehold/core/winddown";
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

/** Written before we act: a condition on the version read, a claim, and a place in the brake. An undo takes none: nothing ever stops it. */
export async function intend(world: IntendPorts, stored: Stored, step: Taken, looked: Looked): Promise<Stored> {
  const { windDown } = stored;
  const settles = looked.hands.find(({ verb }) => verb === step.plan.verb)?.settlesAfter ?? 0;
  for (let left = TRIES; ; left -= 1) {
    const at = world.clock();
    const actBy = laterBy(at, ACT_WITHIN);
    const draft = {
      did: "intent.opened",
      by: "leasehold",
      facts: { does: step.do, to: step.to, verb: step.plan.verb, plan: step.plan.token },
    };
    const intent: Omit<Intent, "key" | "version"> = {
      ...{ does: step.do, to: step.to, plan: step.plan, at, actBy, onYesOf: voiceOf(stored) },
      claimedUntil: laterBy(actBy, LONGEST_CALL + settles),
    };
    const window = step.do === "undo" ? undefined : await place(world, intent, looked);
    try {
      return await world.windDowns.intend(stored, intent, draft, window);
    } catch (error) {
      const moved = (await world.windDowns.get(windDown.id))?.version !== stored.version;
      if (!(error instanceof Fault) || error.name !== "Conflict" || moved || left <= 1) throw error;
    }
  }
}

const voiceOf = ({ windDown: { answer } }: Stored): AccountId | undefined =>
  answer?.kind === "yes" ? answer.voices[0]?.account : undefined;

async function place({ ledger, config }: IntendPorts, intent: Omit<Intent, "key" | "version">, looked: Looked) {
  const window = await ledger.brake();
  const coverage = await ledger.coverage();
  const active = Math.max(0, ...coverage.map((one) => one.active));
  const { owner, departed } = looked.view.standing;
  const person = owner ?? (`acc_${looked.node.value.subject.id}` as AccountId); // nobody's credential counts as a person of its own
  const act = { person, onYesOf: intent.onYesOf, departed };
  const taken = take(window.value, act, intent.at, config.brake, active);
  if ("full" in taken) throw new Fault("Braked", "the brake has no place left", { because: taken.full });
  return { value: taken.taken, version: window.version };
}
