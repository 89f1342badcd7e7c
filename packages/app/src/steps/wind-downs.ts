import * as z from "zod/mini";
import { advance, type Next } from "../winddown/index.ts";
import type { World } from "../world/index.ts";
import { aloud } from "./aloud.ts";
import { contract, windDownId } from "./ids.ts";
import { step } from "./step.ts";
import { whenItMay } from "./when-it-may.ts";

const AT_ONCE = 4; // moves in one run of the function: each is written before the next, so a crash between two repeats neither

export const windDownStep = step(z.object({ contract, id: windDownId }), (world, { id }) =>
  aloud(world, (noted) => whenItMay(noted, id, moves(noted, id))),
);

export const windDownDelete = step(z.object({ contract, id: windDownId }), (world, { id }) =>
  aloud(world, (noted) => whenItMay(noted, id, advance(noted, id, "delete"))),
);

/** Going on by itself spares the workflow two transitions, which cost more than all that the move reads and writes. */
async function moves(world: World, id: Parameters<typeof advance>[1]): Promise<Next> {
  let next = await advance(world, id);
  for (let left = AT_ONCE; next.do === "again" && left > 1; left -= 1) next = await advance(world, id);
  return next;
}
