import * as z from "zod/mini";
import { watchUse as watch } from "../winddown/index.ts";
import type { World } from "../world/index.ts";
import { aloud } from "./aloud.ts";
import { step } from "./step.ts";

export const watchUse = step(z.object({}), (world) => aloud(world, watched));

async function watched(world: World) {
  return { found: await watch(world) };
}
