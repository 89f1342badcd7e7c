import { type Actives, activesOf } from "@leasehold/core/brake";
import type { World } from "../world/index.ts";

/** How many people were active on the last whole list before an instant: part of a list says nothing about how many there are. */
export async function activesNow(ledger: Pick<World["ledger"], "coverage">): Promise<Actives> {
  const all = await ledger.coverage();
  return activesOf(all.map(({ connector, lists = [] }) => ({ connector, lists })));
}
