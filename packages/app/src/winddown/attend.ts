import { type Case, pointersOf } from "@leasehold/core/casework";
import type { Node } from "@leasehold/core/lineage";
import type { WindDown } from "@leasehold/core/winddown";
import type { Versioned, World } from "../world/index.ts";

type AttendPorts = Pick<World, "cases" | "graph">;

/** Only a case asks. Where the one of a wind-down has closed meanwhile, or knows only the one before it, it takes this one up. */
export async function attend(world: AttendPorts, { id, case: of, credential }: WindDown): Promise<void> {
  const stored = await world.cases.get(of);
  if (stored === undefined) return;
  const { case: known } = stored;
  const listed = known.items.some(({ windDown }) => windDown === id);
  const follows = known.items.some((item) => item.credential === credential && item.windDown !== id);
  if (known.status === "open" && (listed || !follows)) return;

  const items = known.items.filter((item) => item.credential !== credential);
  const item = { credential, windDown: id, left: undefined };
  const closed = known.status === "closed";
  const open = { status: "open", closed: undefined, completeness: undefined, lives: known.lives + 1 } as const;
  const next: Case = { ...known, items: [...items, item], ...(closed && open) };
  const before = known.items.find((one) => one.credential === credential && one.windDown !== id)?.windDown;
  const facts = { windDown: id, ...(before && { before }) }; // the trail alone names it from now on
  const draft = { did: closed ? "case.reopened" : "item.followed", by: "leasehold", facts };
  await world.cases.change(stored, next, draft, closed ? await pointing(world, known) : []);
}

/** Back to whatever stands in no other case by now. */
async function pointing({ graph }: AttendPorts, of: Case): Promise<readonly Versioned<Node>[]> {
  const nodes = await Promise.all(pointersOf(of).map((subject) => graph.node(subject)));
  return nodes
    .filter((node) => node !== undefined)
    .filter(({ value }) => value.openCase === undefined)
    .map((node) => ({ ...node, value: { ...node.value, openCase: of.id } }));
}
