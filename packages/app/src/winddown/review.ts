import { Fault, later } from "@leasehold/core/kernel";
import { each, type Stored, type World } from "../world/index.ts";
import { attend } from "./attend.ts";
import { begin, opening } from "./begin.ts";

type ReviewPorts = Pick<World, "cases" | "windDowns" | "graph" | "estate" | "clock" | "random" | "log">;

const UNRESOLVED_AGAIN = 30 * 24; // hours

/** What nobody decided is looked at again: a new wind-down, with a new question, in the case that knew the one before. */
export async function review(world: ReviewPorts): Promise<number> {
  let begun = 0;
  for (const status of ["closed", "open"] as const)
    for await (const id of each((cursor) => world.cases.list(status, cursor))) {
      const items = (await world.cases.get(id))?.case.items ?? [];
      for (const { windDown } of items) {
        const stored = windDown && (await world.windDowns.get(windDown));
        if (stored?.windDown.case === id && isDue(world, stored)) begun += await again(world, stored);
      }
    }
  return begun;
}

function isDue({ clock }: ReviewPorts, { windDown: { closed } }: Stored): boolean {
  return closed?.as === "unresolved" && later(closed.at, UNRESOLVED_AGAIN) <= clock();
}

/** Under the same lock as any other: where one is open already, or it is gone, there is nothing to look at again. */
async function again(world: ReviewPorts, { windDown: last }: Stored): Promise<number> {
  const node = await world.graph.node(last.credential);
  if (node === undefined || node.value.windDown !== undefined) return 0;
  if (node.value.subject.facts["state"]?.value === "deleted") return 0;
  const next = begin(world, last.case, node.value);
  try {
    await world.windDowns.open(next, node, opening(next, node.value, last.id));
    await attend(world, next);
  } catch (error) {
    if (error instanceof Fault && error.name === "Conflict") return 0; // it moved: tomorrow again
    throw error;
  }
  world.log("info", "an unresolved credential is looked at again", { windDownId: next.id, caseId: last.case });
  return 1;
}
