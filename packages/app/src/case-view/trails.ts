import type { Case } from "@leasehold/core/casework";
import type { WindDownId } from "@leasehold/core/kernel";
import { broken, type Entry, type Head } from "@leasehold/core/trail";
import { each, type StoredCase, type World } from "../world/index.ts";

/** One chain, walked from its first entry. */
export interface TrailView {
  readonly trail: string; // cas_… or wdc_…, or that of the brake
  readonly entries: number;
  readonly hash: string; // where it ends
  readonly broken: string | undefined; // the first thing that is wrong with it
}

type TrailPorts = Pick<World, "cases" | "windDowns" | "trails" | "ledger">;

/**
 * Every trail that there is: each case's, each wind-down's, and that of the hands on the brake. A closed case has written down where its wind-downs' trails
 * ended; each must still pass through there, so that a whole chain put in a chain's place is found, too.
 */
export async function verifyTrails(world: TrailPorts): Promise<readonly TrailView[]> {
  const views: TrailView[] = [];
  const roots = new Map<WindDownId, Head | undefined>();
  for await (const stored of everyCase(world)) {
    views.push(await walked(world, stored.case.id, stored.head));
    for (const [id, root] of rootsOf(stored.case)) roots.set(id, root ?? roots.get(id));
  }
  for (const [id, root] of roots) {
    const head = (await world.windDowns.get(id))?.head;
    views.push(head === undefined ? missing(id) : await walked(world, id, head, root));
  }
  const brake = await walked(world, "brake", await world.ledger.handed());
  return brake.entries === 0 && brake.broken === undefined ? views : [...views, brake]; // most never lay a hand on it
}

async function* everyCase({ cases }: TrailPorts): AsyncIterable<StoredCase> {
  for (const status of ["open", "closed"] as const)
    for await (const id of each((cursor) => cases.list(status, cursor))) {
      const stored = await cases.get(id);
      if (stored !== undefined) yield stored;
    }
}

/** Each wind-down of a case, and where its trail ended when the case was closed. */
function rootsOf({ items, completeness }: Case): readonly (readonly [WindDownId, Head | undefined])[] {
  return items.flatMap(({ windDown }) => {
    if (windDown === undefined) return [];
    const root = completeness?.roots.find((one) => one.windDown === windDown);
    return [[windDown, root && { n: root.entries, hash: root.hash }] as const];
  });
}

async function walked({ trails }: TrailPorts, trail: string, head: Head, root?: Head): Promise<TrailView> {
  const entries = await trails.entries(trail);
  const wrong = broken(trail, entries, head) ?? (root && astray(entries, root));
  return { trail, entries: entries.length, hash: head.hash, broken: wrong };
}

function astray(entries: readonly Entry[], { n, hash }: Head): string | undefined {
  return entries[n - 1]?.hash === hash ? undefined : `entry ${n} is not the one that its closed case wrote down`;
}

const missing = (trail: string): TrailView => ({
  ...{ trail, entries: 0, hash: "" },
  broken: "a case names it, and it is not there",
});
