import * as z from "zod/mini";
import { review } from "../winddown/index.ts";
import type { World } from "../world/index.ts";
import { aloud } from "./aloud.ts";
import { step } from "./step.ts";

export const reviewUnresolved = step(z.object({}), (world) => aloud(world, reviewed));

async function reviewed(world: World) {
  return { begun: await review(world) };
}
