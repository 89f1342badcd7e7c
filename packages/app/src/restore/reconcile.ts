import type { Frozen, Window } from "@leasehold/core/brake";
import { FINDING_OF_RESTORED, hand, retried, tellHand, watchRestored } from "../brake/index.ts";
import type { Mark, World } from "../world/index.ts";
import { type Compared, type ComparePorts, compare } from "./compare.ts";
import { type Place, START, subjectsFrom } from "./subjects.ts";

export type { As, Compared } from "./compare.ts";
export type ReconcilePorts = ComparePorts & Pick<World, "marks">;

/** One page of it, and what became of the brake: it is let go of when all was compared, and not before. */
export interface Reconciling {
  readonly outcome:
    | "goes on"
    | "not all was read"
    | "released"
    | "waits for security"
    | "a hand stays"
    | "was not restored";
  readonly items: readonly Compared[]; // of this page
  readonly looked: number; // since it began
  readonly unread: number;
  readonly frozen: Frozen | undefined; // as it is now
}
interface How {
  readonly by: string;
  readonly release: boolean; // whether whoever asks may take off what the restore put on
  readonly despite: boolean; // of what could not be read: each act looks for itself
}

const MOST = 20; // credentials to a page, each a live look: a stage's API answers within half a minute
const AT_ONCE = 5;
const SOURCE = "reconcile";

/**
 * After a restore: everything that was wound down or may have been is compared with its provider, a page at a time. Open
 * intents are settled by what is seen; what no longer stands as we left it is asked about. Where it came to is kept, so that
 * whoever asks again goes on there, and the last page alone lets go.
 */
export async function reconcile(world: ReconcilePorts, how: How): Promise<Reconciling> {
  await watchRestored(world);
  const { frozen } = (await world.ledger.brake()).value;
  if (!frozen?.restored) return { outcome: "was not restored", items: [], looked: 0, unread: 0, frozen };
  const before = countsIn(await world.marks.get(SOURCE), frozen);
  const { subjects, next } = await subjectsFrom(world, before.place, MOST);
  const items: Compared[] = [];
  for (let from = 0; from < subjects.length; from += AT_ONCE) {
    const some = subjects.slice(from, from + AT_ONCE).map((one) => compare(world, one));
    items.push(...(await Promise.all(some)).filter((one) => one !== undefined));
  }
  const looked = before.looked + items.length;
  const unread = before.unread + items.filter(({ as }) => as === "unread" || as === "under way").length;
  const said = { items, looked, unread };
  if (next.list !== "end") {
    await keep(world, frozen, { place: next, looked, unread });
    return { ...said, outcome: "goes on", frozen };
  }
  await keep(world, frozen, BEGINNING);
  if (unread > 0 && !how.despite) return { ...said, outcome: "not all was read", frozen };
  return { ...said, ...(await over(world, how, { of: frozen, looked, unread })) };
}

interface Counts {
  readonly place: Place;
  readonly looked: number;
  readonly unread: number;
}
const BEGINNING: Counts = { place: START, looked: 0, unread: 0 };

/** What was kept of an earlier restore is no beginning of this one. */
function countsIn(mark: Mark | undefined, frozen: Frozen): Counts {
  if (mark === undefined || mark.stamp !== stampOf(frozen)) return BEGINNING;
  const { list, after, of, credential, looked, unread } = mark.notes;
  const place = { list: list as Place["list"], after: String(after), of: String(of), credential: String(credential) };
  return { place, looked: Number(looked), unread: Number(unread) };
}

const keep = ({ marks, clock }: ReconcilePorts, frozen: Frozen, { place, looked, unread }: Counts): Promise<void> =>
  marks.put({ source: SOURCE, stamp: stampOf(frozen), at: clock(), notes: { ...place, looked, unread } });

const stampOf = ({ at, restoredAt = at }: Frozen): string => restoredAt;

interface Over {
  readonly of: Frozen; // the restore that was compared
  readonly looked: number;
  readonly unread: number;
}

async function over(world: ReconcilePorts, { by, release }: How, { of, ...counts }: Over) {
  const left = await retried(world, async (): Promise<Pick<Reconciling, "outcome" | "frozen">> => {
    const { value, version } = await world.ledger.brake();
    const { frozen, ...rest } = value;
    if (frozen?.restored && stampOf(frozen) !== stampOf(of)) return { outcome: "goes on", frozen }; // restored anew meanwhile
    const after = staying(frozen, release);
    const next: Window = after.frozen === undefined ? rest : { ...rest, frozen: after.frozen };
    const did = after.outcome === "released" ? "brake.released" : "store.reconciled";
    await hand(world, { value: next, version }, { did, by, facts: { setBy: frozen?.by ?? "nobody", ...counts } });
    return after;
  });
  if (left.outcome !== "goes on") {
    await world.findings.close(FINDING_OF_RESTORED);
    if (left.frozen !== undefined) await tellHand(world, left.frozen); // so that whoever may take it off has the button
  }
  return left;
}

/** A hand that was on the brake before stays; what the restore put on goes, by whoever may, or waits for them as any hand does. */
function staying(frozen: Frozen | undefined, release: boolean): Pick<Reconciling, "outcome" | "frozen"> {
  if (frozen === undefined) return { outcome: "released", frozen };
  const { restored: _, restoredAt: __, ...theirs } = frozen;
  if (theirs.by !== "leasehold") return { outcome: "a hand stays", frozen: theirs };
  if (release) return { outcome: "released", frozen: undefined };
  return { outcome: "waits for security", frozen: { ...theirs, because: COMPARED } };
}

const COMPARED = "the store was restored, and has been compared with the providers: security lets go";
