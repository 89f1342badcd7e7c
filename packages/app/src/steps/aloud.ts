import { sweepPending } from "../announce/index.ts";
import type { World } from "../world/index.ts";

/** What a step left to be said, of whatever it wrote, is said with it; the sweep of every minute is for what a crash left. */
export async function aloud<T>(world: World, step: Promise<T>): Promise<T> {
  const next = await step;
  await sweepPending(world);
  return next;
}
