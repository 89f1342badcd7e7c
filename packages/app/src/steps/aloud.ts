import { announceAll, noting } from "../announce/index.ts";
import type { World } from "../world/index.ts";

/**
 * What a step left to be said, of whatever it wrote, is said with it, and nothing of what others wrote: of twenty that run side by
 * side each would say what all of them are about to. The sweep of every minute is for what a crash left.
 */
export async function aloud<T>(world: World, step: (world: World) => Promise<T>): Promise<T> {
  const wrote = new Set<string>();
  const next = await step(noting(world, (subject) => wrote.add(subject)));
  await announceAll(world, [...wrote]);
  return next;
}
