import type { AccountId, CaseId } from "@leasehold/core/kernel";
import { wake } from "../winddown/index.ts";
import type { World } from "../world/index.ts";

/** Whatever is open about these people looks again now: what it showed may not be so any more. */
export async function wakeCasesOf(world: World, accounts: readonly AccountId[]): Promise<number> {
  const nodes = await Promise.all(accounts.map((account) => world.graph.node(account)));
  const cases = new Set(nodes.flatMap((node) => node?.value.openCase ?? []));
  let woken = 0;
  for (const id of cases) woken += await wakeCase(world, id);
  return woken;
}

async function wakeCase(world: World, id: CaseId): Promise<number> {
  const stored = await world.cases.get(id);
  if (stored?.case.status !== "open") return 0;
  const items = stored.case.items.flatMap(({ windDown }) => windDown ?? []);
  const all = await Promise.all(items.map((one) => world.windDowns.get(one)));
  const open = all.flatMap((one) => (one && !one.windDown.closed ? [one.windDown.id] : []));
  for (const one of [...open, id]) await wake(world, one);
  return open.length + 1;
}
