import * as z from "zod/mini";
import { keepRoots } from "../watch/index.ts";
import { step } from "./step.ts";

/** Where every trail ends, kept apart from the store. A process that has no such place keeps none, and says so. */
export const keepRootsDaily = step(z.object({}), async (world) =>
  world.roots === undefined ? { kept: false } : keepRoots(world, world.roots.keep, await world.roots.last()),
);
