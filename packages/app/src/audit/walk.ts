import type { Case } from "@leasehold/core/casework";
import type { CaseId, WindDownId } from "@leasehold/core/kernel";
import { type Entry, type Head, type Root, rootsIn } from "@leasehold/core/trail";
import * as z from "zod/mini";
import type { StoredCase, World } from "../world/index.ts";

export type TrailPorts = Pick<World, "cases" | "windDowns" | "trails" | "ledger">;

/** Where a walk over every trail goes on: after this item of this case, on this page of the list. */
export const Place = z.strictObject({
  list: z.enum(["open", "closed", "brake"]),
  page: z.optional(z.string().check(z.maxLength(2_048))),
  case: z.optional(z.string().check(z.maxLength(64))),
  items: z.optional(z.int().check(z.minimum(0))), // of that case, that were walked
});
export type Place = z.infer<typeof Place>;

/** One trail as the store has it. */
export interface Found {
  readonly trail: string; // cas_… or wdc_…, or that of the brake
  readonly head: Head | undefined; // undefined: a case names it, and it is not there
  readonly roots: readonly Root[]; // where its closed case wrote down that it ended
  readonly of?: Case; // of a case's own trail
}
interface Step {
  readonly found: Found;
  readonly after: Place;
}

/**
 * Every trail that there is: each case's and those of its wind-downs, open cases first, so that one which closes meanwhile is
 * walked twice and never missed; then that of the hands on the brake. A wind-down that two cases share comes twice, too.
 */
export async function* everyTrail(world: TrailPorts, from: Place = { list: "open" }): AsyncIterable<Step> {
  for (const list of ["open", "closed"] as const) {
    if (from.list === "brake" || (from.list === "closed" && list === "open")) continue;
    yield* listed(world, list, from.list === list ? from : { list });
  }
  const head = await world.ledger.handed();
  if (head.n > 0 || (await world.trails.entries("brake")).length > 0)
    yield { found: { trail: "brake", head, roots: [] }, after: { list: "brake" } };
}

async function* listed(world: TrailPorts, list: "open" | "closed", from: Place): AsyncIterable<Step> {
  let page = from.page;
  let present: Place | undefined = from;
  do {
    const { items: ids, next } = await world.cases.list(list, page);
    const begin = present?.case === undefined ? 0 : Math.max(0, ids.indexOf(present.case as CaseId));
    for (const id of ids.slice(begin)) {
      const stored = await world.cases.get(id);
      const done = id === present?.case ? (present.items ?? 0) : undefined;
      if (stored !== undefined) yield* ofCase(world, stored, { list, ...(page && { page }), case: id }, done);
    }
    page = next;
    present = undefined;
  } while (page !== undefined);
}

/** A case's trail, and then each of its wind-downs'. `done`: of its items; undefined where its own is still to come. */
export async function* ofCase(
  world: TrailPorts,
  { case: of, head }: StoredCase,
  at: Place = { list: "open" },
  done?: number,
): AsyncIterable<Step> {
  if (done === undefined) yield { found: { trail: of.id, head, roots: [], of }, after: { ...at, items: 0 } };
  const entries = await world.trails.entries(of.id);
  const windDowns = windDownsOf(of, entries);
  const roots = [...listedBy(of), ...rootsIn(entries)];
  for (const [n, trail] of [...windDowns.entries()].slice(done ?? 0)) {
    const head = (await world.windDowns.get(trail))?.head;
    const own = roots.filter((one) => one.trail === trail);
    yield { found: { trail, head, roots: own }, after: { ...at, items: n + 1 } };
  }
}

/** Those that the case has, and those that only its trail still names, because another followed them. */
export function windDownsOf({ items }: Case, entries: readonly Entry[]): readonly WindDownId[] {
  const named = entries.flatMap(({ facts }) => [facts["before"], facts["windDown"]]).map(String);
  const listed = rootsIn(entries).map(({ trail }) => trail);
  const all = [...items.flatMap(({ windDown }) => windDown ?? []), ...[...listed, ...named].filter(isWindDown)];
  return [...new Set(all)];
}

const isWindDown = (id: string): id is WindDownId => id.startsWith("wdc_");

const listedBy = ({ completeness }: Case): readonly Root[] =>
  (completeness?.roots ?? []).map(({ windDown, entries, hash }) => ({ trail: windDown, entries, hash }));
