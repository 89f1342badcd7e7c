import type { World } from "../world/index.ts";

/** How many people the widest whole list has in good standing: part of a list says nothing about how many there are. */
export async function activePeople(ledger: Pick<World["ledger"], "coverage">): Promise<number> {
  const lists = (await ledger.coverage()).filter(({ whole }) => whole);
  return Math.max(0, ...lists.map(({ active }) => active));
}
