import { give, stops, type Window } from "@leasehold/core/brake";
import { type Receipt, type State, same } from "@leasehold/core/connector";
import { Fault, type WindDownId } from "@leasehold/core/kernel";
import type { Draft } from "@leasehold/core/trail";
import { type Happened, record } from "@leasehold/core/winddown";
import type { Hand, Intent, Outcome, Stored, Versioned, World } from "../world/index.ts";
import type { IntendPorts } from "./intend.ts";

const UNTOUCHED: readonly string[] = ["StalePlan", "Throttled", "PermissionMissing"]; // refused: nothing was changed
const TRIES = 8;

/** One more look at ourselves, then act, then receipt. `false`: it moved, or its time was over, and nothing was done. */
export async function carryOut(world: IntendPorts, mine: Stored, hand: Hand): Promise<boolean> {
  const { id } = mine.windDown;
  const intent = mine.open;
  if (intent === undefined) return false;
  const present = await world.windDowns.get(id); // an answer may have come, or we may have slept
  const held = intent.place !== undefined && stops((await world.ledger.brake()).value, intent.place, world.clock()); // since it took its place
  if (held || present?.version !== mine.version || world.clock() >= intent.actBy) {
    await closeIntent(world, id, intent, { kind: "withdrawn" });
    return false;
  }
  const receipt = await hand.apply(intent.plan).catch(async (fault: unknown) => {
    if (fault instanceof Fault && UNTOUCHED.includes(fault.name))
      await closeIntent(world, id, intent, { kind: "withdrawn" });
    throw fault; // whatever else went wrong leaves the intent open, for `settle`
  });
  await closeIntent(world, id, intent, { kind: receipt.adopted ? "adopted" : "done", receipt });
  return true;
}

/** Somebody stopped half way. We never finish their act: we write down what it left, and the next run decides afresh. */
export function whatCameOf({ verb, target, before, wanted }: Intent["plan"], seen: State): Outcome {
  if (same(seen, wanted)) {
    const receipt: Receipt = { verb, target, before, after: wanted, changed: true, adopted: true };
    return { kind: "adopted", receipt };
  }
  return same(seen, before) ? { kind: "withdrawn" } : { kind: "unknown", seen };
}

/** Only while that very intent is open; what was written meanwhile stays written. False: somebody else closed it. */
export async function closeIntent(
  world: Pick<World, "windDowns" | "clock" | "ledger">,
  id: WindDownId,
  intent: Intent,
  outcome: Outcome,
): Promise<boolean> {
  for (let left = TRIES; ; left -= 1) {
    const stored = await world.windDowns.get(id);
    if (stored?.open?.key !== intent.key) return false;
    const next = record(stored.windDown, happened(intent, outcome, world.clock()));
    try {
      const window = outcome.kind === "withdrawn" ? await givenBack(world, intent) : undefined;
      await world.windDowns.close(stored, next, draftOf(intent, outcome), { window });
      return true;
    } catch (error) {
      if (!(error instanceof Fault) || error.name !== "Conflict" || left <= 1) throw error;
    }
  }
}

/** Nothing was done, so it takes nobody's place in the brake. */
async function givenBack(
  { ledger, clock }: Pick<World, "ledger" | "clock">,
  { place, at }: Intent,
): Promise<Versioned<Window> | undefined> {
  if (place === undefined) return undefined;
  const { value, version } = await ledger.brake();
  return { value: give(value, place, at, clock()), version };
}

/** For `record`: the same words for both stores. */
function happened({ does, to }: Intent, outcome: Outcome, at: Intent["at"]): Happened {
  if (outcome.kind === "withdrawn" || outcome.kind === "unknown") return outcome;
  return { kind: does === "undo" ? "undone" : "descended", to, receipt: outcome.receipt, at };
}

function draftOf({ key, does, to, plan }: Intent, outcome: Outcome): Draft {
  const facts = { intent: key, to, verb: plan.verb };
  if (outcome.kind === "withdrawn") return { did: "intent.withdrawn", by: "leasehold", facts };
  if (outcome.kind === "unknown") return { did: "outcome.unknown", by: "leasehold", facts };
  const { changed, adopted } = outcome.receipt;
  return { did: does === "undo" ? "act.undone" : "act.done", by: "leasehold", facts: { ...facts, changed, adopted } };
}
