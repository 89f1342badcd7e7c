import { same } from "@leasehold/core/connector";
import { Fault, later, laterBy, type WindDownId } from "@leasehold/core/kernel";
import { KEPT_DAYS } from "@leasehold/core/usage";
import { record } from "@leasehold/core/winddown";
import type { Stored, World } from "../world/index.ts";
import { type Located, type LookPorts, locate, stateNow } from "./look.ts";
import { lookAgain } from "./look-again.ts";
import { noteTry } from "./tried.ts";
import { raise, usedSince } from "./verify.ts";

type DeadPorts = LookPorts & Pick<World, "windDowns" | "cases" | "findings" | "random" | "log">;

/**
 * What was confirmed dead and is heard to be used after all, also weeks later and after its wind-down has ended: it is still
 * alive. Where it does not stand as we left it, it was somebody's hand. True where something was found.
 */
export async function stillDead(world: DeadPorts, stored: Stored): Promise<boolean> {
  const { windDown, open } = stored;
  const last = windDown.acts.at(-1);
  if (open !== undefined || last?.verified !== "confirmed" || isLongAgo(world, stored)) return false;
  if (last.to !== "disabled" && last.to !== "deleted") return false;
  const where = await locate(world, windDown); // of its owner nothing is asked: every day, of all that is switched off
  if (await isAnothers(world, windDown.id, where)) return false;
  const { hands, target } = where;
  const state = await stateNow(where);
  const hand = hands.find(({ verb }) => verb === last.receipt.verb);
  const used = hand && (await usedSince(world, hand, target, last));
  const moved = state !== undefined && !same(state, last.receipt.after); // not found is no hand
  if (used === undefined && !moved) {
    if (hand) await noteTry(world, stored, laterBy(last.at, hand.settlesAfter));
    return false;
  }
  if (moved) return (await lookAgain(world, windDown.credential)) !== "as we left it";
  return aliveAfterAll(world, stored, used);
}

/** Another has taken it down since: what it was used for between the two came after ours, and is no sign that it lives. */
async function isAnothers({ windDowns }: DeadPorts, id: WindDownId, { node: { value } }: Located): Promise<boolean> {
  const since = value.windDown ?? value.left;
  if (since === undefined || since === id) return false;
  return ((await windDowns.get(since))?.windDown.acts.length ?? 0) > 0;
}

/** Usage is kept no longer than that. */
const isLongAgo = ({ clock }: DeadPorts, { windDown: { closed } }: Stored): boolean =>
  closed !== undefined && later(closed.at, KEPT_DAYS * 24) < clock();

async function aliveAfterAll(
  world: DeadPorts,
  stored: Stored,
  used: Awaited<ReturnType<typeof usedSince>>,
): Promise<boolean> {
  const { windDown } = stored;
  await raise(world, stored, used);
  const verdict = "still alive";
  const proof = { ...windDown.acts.at(-1)?.proof, at: world.clock() };
  const facts = { verdict, of: windDown.rung, at: proof.at, used: used ?? "unknown" };
  const draft = { did: "credential.verified", by: "leasehold", facts };
  try {
    await world.windDowns.change(stored, record(windDown, { kind: "verified", verdict, proof }), draft);
  } catch (error) {
    if (!(error instanceof Fault) || error.name !== "Conflict") throw error; // it moved: whoever moved it looks
  }
  world.log("error", "credential verified", { windDownId: windDown.id, credentialId: windDown.credential, verdict });
  return true;
}
