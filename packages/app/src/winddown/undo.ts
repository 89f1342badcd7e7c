import { type AccountId, badInput, conflict, type WindDownId } from "@leasehold/core/kernel";
import { again, type World } from "../world/index.ts";

type UndoPorts = Pick<World, "windDowns" | "graph" | "clock">;
export type Undoing = "undoing" | "already undone" | "nothing to undo" | "deleted: nothing undoes it";

/**
 * Back to the state before our first act, newest first. Voids every answer; marks an open intent rather than cancelling it.
 * A wind-down that ended is opened again for it, under the same condition as a new one.
 */
export function undo(world: UndoPorts, id: WindDownId, by: AccountId | undefined): Promise<Undoing> {
  return again(() => attempt(world, id, by));
}

async function attempt(world: UndoPorts, id: WindDownId, by: AccountId | undefined): Promise<Undoing> {
  const stored = await world.windDowns.get(id);
  if (stored === undefined) throw badInput("there is no such wind-down", { where: "windDown" });
  const { windDown, open } = stored;
  if (windDown.closed?.as === "undone" || (windDown.answer?.kind === "undo" && windDown.answer.by !== undefined))
    return "already undone";
  if (windDown.rung === "deleted") return "deleted: nothing undoes it";
  if (windDown.closed && windDown.acts.length === 0) return "nothing to undo";

  const node = windDown.closed ? await world.graph.node(windDown.credential) : undefined;
  if (node?.value.windDown !== undefined && node.value.windDown !== id) throw conflict(windDown.credential);
  const answer = { kind: "undo", by, at: world.clock() } as const;
  const next = { ...windDown, answer, question: undefined, wants: undefined, tried: [], closed: undefined };
  const lives = windDown.closed ? windDown.lives + 1 : windDown.lives; // its execution has ended with it
  const draft = { did: "undo.asked", by: by ?? "leasehold", facts: { rung: windDown.rung, open: open !== undefined } };
  const pointing = node && { node: { ...node, value: { ...node.value, windDown: id, left: undefined } } };
  await world.windDowns.change(stored, { ...next, lives }, draft, pointing);
  return "undoing";
}
