import { Fault } from "@leasehold/core/kernel";
import type { World } from "../world/index.ts";

const TRIES = 60; // one of those who race gets through each time
const PAUSE = 40; // milliseconds at most, for each time it was tried

/** Everybody writes the same item: who was slower reads it again and writes again, and looks at nothing else again. */
export async function retried<T>(
  { random, pause }: Pick<World, "random" | "pause">,
  attempt: () => Promise<T>,
  hasMoved: () => Promise<boolean> = async () => false, // something else than the brake: not ours to write over
): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Fault) || error.name !== "Conflict" || tried >= TRIES || (await hasMoved())) throw error;
      await pause?.(((random(1)[0] ?? 0) / 255) * PAUSE * Math.min(tried, 5));
    }
  }
}
