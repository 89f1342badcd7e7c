import type { FindingKind } from "@leasehold/core/finding";
import { type Instant, later } from "@leasehold/core/kernel";
import { each, type World } from "../world/index.ts";
import { kindOf } from "./absent.ts";

const TOLD: readonly FindingKind[] = ["the log stopped", "the log was changed"];
const SETTLES = 0.25; // hours; a look may not see yet what was done right before it

/**
 * What events told of the logs of an account ends with a whole look at them that finds each of them running: what they record
 * now, and what they do not, is said by that look.
 */
export async function endLogs(
  { findings }: Pick<World, "findings">,
  kinds: readonly string[],
  began: Instant,
): Promise<void> {
  const looked = new Set(kinds);
  for await (const { id, kind, facts, at } of each((cursor) => findings.list(cursor)))
    if (TOLD.includes(kind) && looked.has(kindOf(String(facts["account"]), String(facts["type"]))))
      if (at < later(began, -SETTLES)) await findings.close(id);
}
