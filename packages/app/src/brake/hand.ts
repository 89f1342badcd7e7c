import type { Frozen, Window } from "@leasehold/core/brake";
import { badInput } from "@leasehold/core/kernel";
import type { Draft } from "@leasehold/core/trail";
import type { Versioned, World } from "../world/index.ts";
import { retried } from "./retried.ts";

export type HandPorts = Pick<World, "ledger" | "clock" | "random" | "pause">;

export interface TurnedOn {
  readonly outcome: "on" | "was on already"; // the first hand stays: who it was is not written over
  readonly frozen: Frozen;
}
export interface LetGo {
  readonly outcome: "released" | "was not on";
  readonly frozen: Frozen | undefined; // as it was
}

/** From its write on no act takes a place, on a yes or on silence. An undo and a notice take none, and go on. */
export function brakeOn(world: HandPorts, by: string, because: string): Promise<TurnedOn> {
  return retried(world, async () => {
    const { value, version } = await world.ledger.brake();
    if (value.frozen !== undefined) return { outcome: "was on already", frozen: value.frozen };
    const frozen: Frozen = { by, at: world.clock(), because };
    await hand(world, { value: { ...value, frozen }, version }, { did: "brake.set", by, facts: { because } });
    return { outcome: "on", frozen };
  });
}

/** What was counted stays counted, and what is held stays held: whoever lets go gives nobody a new window. */
export function letGo(world: HandPorts, by: string): Promise<LetGo> {
  return retried(world, async () => {
    const { value, version } = await world.ledger.brake();
    const { frozen, ...rest } = value;
    if (frozen === undefined) return { outcome: "was not on", frozen };
    if (frozen.restored)
      throw badInput("the store was restored: `leasehold reconcile` compares it with the providers, and lets go then");
    await hand(world, { value: rest, version }, { did: "brake.released", by, facts: { setBy: frozen.by } });
    return { outcome: "released", frozen };
  });
}

export const hand = ({ ledger, clock }: HandPorts, window: Versioned<Window>, draft: Draft): Promise<void> =>
  ledger.handBrake(window, draft, clock());
