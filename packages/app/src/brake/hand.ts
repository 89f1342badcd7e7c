import type { Frozen, HandId, Window } from "@leasehold/core/brake";
import { type Finding, found } from "@leasehold/core/finding";
import { badInput, derivedId, type FindingId } from "@leasehold/core/kernel";
import type { Draft } from "@leasehold/core/trail";
import type { Versioned, World } from "../world/index.ts";
import { retried } from "./retried.ts";

export type HandPorts = Pick<World, "ledger" | "clock" | "random" | "pause">;
type TellingPorts = HandPorts & Pick<World, "findings">;

export interface TurnedOn {
  readonly outcome: "on" | "was on already"; // the first hand stays: who it was is not written over
  readonly frozen: Frozen;
}
export interface LetGo {
  readonly outcome: "released" | "was not on";
  readonly frozen: Frozen | undefined; // as it was
}

/** From its write on no act takes a place, on a yes or on silence. An undo and a notice take none, and go on. */
export async function brakeOn(world: TellingPorts, by: string, because: string): Promise<TurnedOn> {
  const turned = await retried(world, async (): Promise<TurnedOn> => {
    const { value, version } = await world.ledger.brake();
    if (value.frozen !== undefined) return { outcome: "was on already", frozen: value.frozen };
    const frozen: Frozen = { by, at: world.clock(), because };
    await hand(world, { value: { ...value, frozen }, version }, { did: "brake.set", by, facts: { because } });
    return { outcome: "on", frozen };
  });
  if (!turned.frozen.restored) await tellHand(world, turned.frozen);
  return turned;
}

/** What was counted stays counted, and what is held stays held: whoever lets go gives nobody a new window. */
export async function letGo(world: TellingPorts, by: string, because?: string): Promise<LetGo> {
  const letting = await retried(world, async (): Promise<LetGo> => {
    const { value, version } = await world.ledger.brake();
    const { frozen, ...rest } = value;
    if (frozen === undefined) return { outcome: "was not on", frozen };
    if (frozen.restored)
      throw badInput("the store was restored: `leasehold reconcile` compares it with the providers, and lets go then");
    const last = { ...frozen, lifted: { by, at: world.clock() } };
    const facts = { setBy: frozen.by, ...(because !== undefined && { because }) };
    await hand(world, { value: { ...rest, last }, version }, { did: "brake.released", by, facts });
    return { outcome: "released", frozen };
  });
  if (letting.frozen !== undefined) await world.findings.close(findingOfHand(letting.frozen));
  return letting;
}

export const hand = ({ ledger, clock }: HandPorts, window: Versioned<Window>, draft: Draft): Promise<void> =>
  ledger.handBrake(window, draft, clock());

/** One hand, and no later one of the same person's. */
export const handIdOf = ({ by, at }: Pick<Frozen, "by" | "at">): HandId => derivedId("hnd", by, at);

const KIND = "a hand is on the brake";
const REMEDY = "nothing is acted, whoever said yes: once you know why, somebody of security takes it off";

/** Said again it is the same: a crash between the brake and this is made good by whoever puts it on again. */
export const tellHand = ({ findings }: Pick<World, "findings">, frozen: Frozen): Promise<void> =>
  findings.put(findingOf(frozen));

const findingOf = (frozen: Frozen): Finding =>
  found(KIND, handIdOf(frozen), frozen.at, REMEDY, { by: frozen.by, because: frozen.because });
const findingOfHand = (frozen: Frozen): FindingId => derivedId("fnd", KIND, handIdOf(frozen));
