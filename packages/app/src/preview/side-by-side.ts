import type { WindDown } from "@leasehold/core/winddown";
import { look } from "../winddown/index.ts";
import type { ReadingPorts } from "../world/index.ts";

const AT_ONCE = 8; // few enough that a provider does not mind

/**
 * Looks at all before their courses do so one after the other, so that a stage answers in time. `world` remembers: what is
 * found is not asked for again, and what fails is said by whoever looks next.
 */
export async function lookedAt(world: ReadingPorts, windDowns: readonly WindDown[]): Promise<void> {
  for (let from = 0; from < windDowns.length; from += AT_ONCE)
    await Promise.allSettled(windDowns.slice(from, from + AT_ONCE).map((one) => look(world, one)));
}
