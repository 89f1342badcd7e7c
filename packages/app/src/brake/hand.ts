import { type Frozen, type Used, usage, type Window } from "@leasehold/core/brake";
import { Fault } from "@leasehold/core/kernel";
import type { Draft } from "@leasehold/core/trail";
import type { ReadingPorts, Versioned, World } from "../world/index.ts";
import { activePeople } from "./active.ts";

type HandPorts = Pick<World, "ledger" | "clock">;

/** The brake as it stands: whose hand is on it, and how much of each limit is used. */
export interface BrakeView {
  readonly frozen: Frozen | undefined;
  readonly limits: readonly Used[];
}
export interface TurnedOn {
  readonly outcome: "on" | "was on already"; // the first hand stays: who it was is not written over
  readonly frozen: Frozen;
}
export interface Released {
  readonly outcome: "released" | "was not on";
  readonly frozen: Frozen | undefined; // as it was
}

const TRIES = 8; // every intent writes the same item

export async function brakeView({
  ledger,
  config,
  clock,
}: Pick<ReadingPorts, "ledger" | "config" | "clock">): Promise<BrakeView> {
  const { value } = await ledger.brake();
  const limits = usage(value, clock(), config.brake, await activePeople(ledger));
  return { frozen: value.frozen, limits };
}

/** From its write on no act takes a place, on a yes or on silence. An undo and a notice take none, and go on. */
export function brakeOn(world: HandPorts, by: string, because: string): Promise<TurnedOn> {
  return tried(async () => {
    const { value, version } = await world.ledger.brake();
    if (value.frozen !== undefined) return { outcome: "was on already", frozen: value.frozen };
    const frozen: Frozen = { by, at: world.clock(), because };
    await hand(world, { value: { ...value, frozen }, version }, { did: "brake.set", by, facts: { because } });
    return { outcome: "on", frozen };
  });
}

/** What was counted stays counted: whoever lets go gives nobody a new window. */
export function release(world: HandPorts, by: string): Promise<Released> {
  return tried(async () => {
    const { value, version } = await world.ledger.brake();
    const { frozen, ...rest } = value;
    if (frozen === undefined) return { outcome: "was not on", frozen };
    await hand(world, { value: rest, version }, { did: "brake.released", by, facts: { setBy: frozen.by } });
    return { outcome: "released", frozen };
  });
}

const hand = ({ ledger, clock }: HandPorts, window: Versioned<Window>, draft: Draft): Promise<void> =>
  ledger.handBrake(window, draft, clock());

/** An act that took a place meanwhile moved the item: it is read again, and judged again. */
async function tried<T>(attempt: () => Promise<T>): Promise<T> {
  for (let left = TRIES; ; left -= 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Fault) || error.name !== "Conflict" || left <= 1) throw error;
    }
  }
}
