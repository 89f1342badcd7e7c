import { Fault, type Instant, later } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { sweepPending } from "../announce/index.ts";
import { guardAll } from "../guardrail/index.ts";
import { beginSweep, goOnSweeping, isBegun, orphans } from "../sweep/index.ts";
import type { World } from "../world/index.ts";
import { inTheirTurn } from "./in-their-turn.ts";
import { step } from "./step.ts";

const A_RUN = 1 / 6; // hours in which pages are begun: a run lives fifteen minutes, and a page may take three

/** Every lister that is configured, from its beginning; one that cannot answer is coverage, and does not stop the others. */
export const sweepEstate = step(z.object({}), async (world) => {
  const listers = listersOf(world);
  for (const id of listers) await beginSweep(world, id);
  return sweepOf(world, listers);
});

/** What the last run did not come to the end of. */
export const sweepOn = step(z.object({}), async (world) => {
  const begun: string[] = [];
  for (const id of listersOf(world)) if (await isBegun(world, id)) begun.push(id);
  return sweepOf(world, begun);
});

const listersOf = ({ estate }: World): readonly string[] =>
  estate.providers().flatMap(({ id, page }) => (page === undefined ? [] : [id]));

async function sweepOf(world: World, listers: readonly string[]) {
  const until = later(world.clock(), A_RUN);
  const swept: Record<string, boolean> = {};
  const { turn, end } = inTheirTurn();
  for (const id of listers) {
    const whole = await turn(() => sweepOne(world, id, until));
    if (whole !== undefined) swept[id] = whole;
  }
  const judged = Object.keys(swept).length === 0 ? {} : await judge(world);
  end();
  return { swept, ...judged };
}

async function judge(world: World) {
  const { items } = await orphans(world);
  const { naked } = await guardAll(world);
  await sweepPending(world);
  return { orphans: items.length, naked };
}

/** Whether its list was whole; undefined where nothing was to be done. */
async function sweepOne(world: World, id: string, until: Instant): Promise<boolean | undefined> {
  try {
    return (await goOnSweeping(world, id, until))?.whole;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    world.log("error", "not swept, and tried again", { connector: id, fault: error.name });
    return false;
  }
}
