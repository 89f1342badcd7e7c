import { Fault } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { sweepPending } from "../announce/index.ts";
import { guardAll } from "../guardrail/index.ts";
import { orphans, sweepEstate as sweepOneEstate } from "../sweep/index.ts";
import type { World } from "../world/index.ts";
import { step } from "./step.ts";

export const sweepEstate = step(z.object({}), sweepAll);

/** Every lister that is configured, one after the other; one that cannot answer is coverage, and does not stop the others. */
async function sweepAll(world: World) {
  const swept: Record<string, boolean> = {};
  for (const { id, page } of world.estate.providers()) {
    if (page === undefined) continue;
    swept[id] = await sweepOne(world, id);
  }
  const { items } = await orphans(world);
  const { naked } = await guardAll(world);
  await sweepPending(world);
  return { swept, orphans: items.length, naked };
}

async function sweepOne(world: World, id: string): Promise<boolean> {
  try {
    return (await sweepOneEstate(world, id)).whole;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    world.log("error", "not swept, and tried again tomorrow", { connector: id, fault: error.name });
    return false;
  }
}
