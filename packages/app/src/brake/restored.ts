import type { Window } from "@leasehold/core/brake";
import { type Finding, found } from "@leasehold/core/finding";
import { derivedId, Fault, type FindingId } from "@leasehold/core/kernel";
import type { Versioned, World } from "../world/index.ts";
import { type HandPorts, hand } from "./hand.ts";
import { retried } from "./retried.ts";

export type RestoredPorts = HandPorts & Pick<World, "findings" | "life" | "log">;

const KIND = "the store was restored";
const BECAUSE = `${KIND} from an older copy: \`leasehold reconcile\` compares it with the providers`;

/**
 * The store is older than what was done from it: acts that were ours may be missing. Nothing but an undo acts from this write
 * on, whoever's yes it is; a hand that was on the brake stays the one that put it on.
 */
export async function freezeRestored(world: RestoredPorts, store?: string): Promise<void> {
  await retried(world, async () => {
    const { value, version } = await world.ledger.brake();
    if (store !== undefined && value.frozen?.restored && value.store === store) return; // somebody was faster
    const first = value.frozen ?? { by: "leasehold", at: world.clock(), because: BECAUSE };
    const frozen = { ...first, restored: true, restoredAt: world.clock() } as const;
    const next: Window = { ...value, frozen, ...(store !== undefined && { store }) };
    const draft = { did: "store.restored", by: "leasehold", facts: { store: store ?? "" } };
    await hand(world, { value: next, version }, draft);
    world.log("error", KIND);
  });
  await tellRestored(world);
}

/** Said again it is the same: a crash between the brake and this is made good by whoever looks next. */
const tellRestored = ({ findings, clock }: Pick<World, "findings" | "clock">): Promise<void> =>
  findings.put(findingOf(clock()));

const findingOf = (at: Finding["at"]): Finding => found(KIND, "store", at, BECAUSE);
export const FINDING_OF_RESTORED: FindingId = derivedId("fnd", KIND, "store");

/**
 * Whether this is a copy of the store, by what the brake's own item says: it is read before every act, and a table that was
 * restored has another id than the one it was written in. Where it says nothing yet, a table that was made after what stands in
 * it is a copy, too. The first time that this is asked the id is written down.
 */
async function isRestored(world: RestoredPorts, { value, version }: Versioned<Window>): Promise<boolean> {
  if (world.life === undefined) return value.frozen?.restored === true;
  const { id, made } = await world.life();
  if (value.store === id) return value.frozen?.restored === true;
  if (value.store !== undefined || made > (await world.ledger.installed(world.clock()))) {
    await freezeRestored(world, id);
    return true;
  }
  await hand(
    world,
    { value: { ...value, store: id }, version },
    { did: "store.known", by: "leasehold", facts: { id } },
  );
  return false;
}

/** Before an act is written down. An undo does not ask. */
export async function refuseRestored(world: RestoredPorts, window: Versioned<Window>): Promise<void> {
  if (await isRestored(world, window)) throw new Fault("Braked", BECAUSE, { because: KIND });
}

/** Asked where nobody acts, so that a copy is told of, too. */
export function watchRestored(world: RestoredPorts): Promise<void> {
  return retried(world, async () => {
    if (await isRestored(world, await world.ledger.brake())) await tellRestored(world);
  });
}
