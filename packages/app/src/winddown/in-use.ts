import type { Target } from "@leasehold/core/connector";
import { hoursBetween, type Instant, later } from "@leasehold/core/kernel";
import { usedAfter } from "../usage/index.ts";
import type { Eyes, LookingPorts } from "../world/index.ts";

const IN_USE = 30 * 24; // hours

interface Use {
  readonly hands: readonly Eyes[];
  readonly target: Target;
  readonly heard: string | undefined; // by the graph
}

/**
 * The provider's own last use, read again now, what the graph heard of since, or a call in our usage records: the latest. Not
 * knowing is `undefined`; that we have no record of a call is not knowing, since nobody says that we have all.
 */
export async function inUse<E extends Eyes>(
  world: LookingPorts<E>,
  { hands, target, heard }: Use,
  now: Instant,
): Promise<boolean | undefined> {
  const asks = hands.find(({ lastUsed }) => lastUsed !== undefined);
  const live = asks ? await asks.lastUsed?.(target) : undefined;
  const uses = [live, heard === "never" ? undefined : heard].filter((one) => typeof one === "string") as Instant[];
  if (uses.some((use) => hoursBetween(use, now) < IN_USE)) return true;
  if ((await usedAfter(world, target.credential, later(now, -IN_USE), now)) !== undefined) return true;
  return live === undefined ? undefined : false;
}
