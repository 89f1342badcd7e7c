import type { Gap } from "@leasehold/core/connector";
import { digest, FAULTS, Fault, type FaultName, Instant, later } from "@leasehold/core/kernel";
import type { Mark, Walked, World } from "../world/index.ts";
import { type Progress, type SweepPorts, type Swept, start, sweepEstate } from "./sweep-estate.ts";

export type GoOnPorts = SweepPorts & Pick<World, "marks">;

const LONGEST = 24; // hours for one list; what takes longer is begun anew
const CLAIM = 0.3; // hours: longer than a run lives that nobody ended

export const sweepMark = (connector: string): string => `sweep/${connector}`;
const seenMark = (connector: string, page: number): string => `${sweepMark(connector)}/${page}`;

/** To be listed from its beginning, in this run or a later one. */
export async function beginSweep({ marks, clock }: GoOnPorts, connector: string): Promise<void> {
  await marks.put(markOf(connector, { ...anew(clock()), claimed: undefined }, clock()));
}

const anew = (now: Instant) => ({ progress: start(now), pages: 0, sum: "" });

/** Whether there is a list to go on with, at a glance: what was begun this very moment is found the next time. */
export async function isBegun({ marks }: Pick<World, "marks">, connector: string): Promise<boolean> {
  const found = await marks.glance(sweepMark(connector));
  return found !== undefined && found.stamp !== ENDED;
}

/**
 * Goes on with a list that was begun, until its end or that instant. How far it came is kept after each page was joined, so that
 * whatever ends the run, the next one does one page of each list again at most. Undefined: there is none to go on with, or another run has it.
 */
export async function goOnSweeping(world: GoOnPorts, connector: string, until: Instant): Promise<Swept | undefined> {
  const { marks, clock } = world;
  const found = await marks.get(sweepMark(connector));
  const place = found && placeIn(found);
  if (place === undefined || !isFree(place, clock()) || clock() >= until) return undefined;
  const { seen, ...from } = await seenBy(world, connector, place);
  let { progress, pages, sum } = from;
  const keep = (claimed: Instant | undefined) =>
    marks.put(markOf(connector, { progress, pages, sum, claimed }, clock()));
  const end = (how: FaultName | undefined) =>
    how === undefined || FAULTS[how] === "retry" ? keep(undefined) : marks.put(ended(connector, clock()));
  await keep(later(clock(), CLAIM));
  try {
    const swept = await sweepEstate(world, connector, {
      ...{ from: { ...progress, seen }, until },
      kept: async (so, page) => {
        const source = seenMark(connector, pages);
        await marks.put({ source, stamp: so.began, at: clock(), notes: { seen: page.join(" ") } });
        [progress, pages, sum] = [so, pages + 1, added(sum, page)];
        await keep(later(clock(), CLAIM));
      },
    });
    await (swept.goOn === undefined ? marks.put(ended(connector, clock())) : end(swept.stopped));
    return swept;
  } catch (error) {
    if (isOfAnother(error)) return void (await beginSweep(world, connector));
    await end(error instanceof Fault ? error.name : undefined);
    throw error;
  }
}

/** The list does not know where it was: its accounts or Regions have been configured anew, and the next run begins it again. */
const isOfAnother = (error: unknown): boolean => error instanceof Fault && error.facts["where"] === "cursor";

const isFree = ({ progress, claimed }: Place, now: Instant): boolean =>
  later(progress.began, LONGEST) >= now && (claimed === undefined || claimed <= now);

interface Place {
  readonly progress: Omit<Progress, "seen">;
  readonly pages: number; // whose subjects are kept
  readonly sum: string; // of those subjects, in the order of the pages
  readonly claimed: Instant | undefined; // by a run that lives until then at most
}

/** Two runs that had one list at once wrote over each other's pages: the sum tells whether these are the pages of this progress. */
const added = (sum: string, page: readonly string[]): string => digest([sum, ...page]);

function markOf(connector: string, { progress, pages, sum, claimed }: Place, at: Instant): Mark {
  const { cursor, beside, began, whole, kinds, active, gaps = [], asOf, places, regions } = progress;
  const notes = {
    ...{ whole: whole ? "yes" : "no", kinds: JSON.stringify(kinds), active, pages, sum, gaps: JSON.stringify(gaps) },
    ...(cursor !== undefined && { cursor }),
    ...(beside !== undefined && { beside: JSON.stringify(beside) }),
    ...(asOf !== undefined && { asOf }),
    ...(places !== undefined && { places: JSON.stringify(places) }),
    ...(regions !== undefined && { regions: JSON.stringify(regions) }),
    ...(claimed !== undefined && { claimed }),
  };
  return { source: sweepMark(connector), stamp: began, at, notes };
}

const ENDED = "ended";
const ended = (connector: string, at: Instant): Mark => ({
  ...{ source: sweepMark(connector), stamp: ENDED, at, notes: {} },
});

/** Undefined where it is at its end. */
function placeIn({ stamp, notes }: Mark): Place | undefined {
  if (stamp === ENDED) return undefined;
  const text = (name: string) => (typeof notes[name] === "string" ? notes[name] : undefined);
  const instant = (name: string) => Instant.safeParse(text(name)).data;
  const asOf = instant("asOf");
  const [beside, places, regions] = [text("beside"), text("places"), text("regions")];
  return {
    progress: {
      ...{ cursor: text("cursor"), began: stamp as Instant, whole: text("whole") === "yes" },
      ...{ kinds: JSON.parse(text("kinds") ?? "[]") as readonly string[], active: Number(notes["active"] ?? 0) },
      gaps: JSON.parse(text("gaps") ?? "[]") as readonly Gap[],
      ...(beside !== undefined && { beside: JSON.parse(beside) as readonly string[] }),
      ...(asOf !== undefined && { asOf }),
      ...(places !== undefined && { places: JSON.parse(places) as readonly Walked[] }),
      ...(regions !== undefined && { regions: JSON.parse(regions) as readonly string[] }),
    },
    pages: Number(notes["pages"] ?? 0),
    sum: text("sum") ?? "",
    claimed: instant("claimed"),
  };
}

/** With what the pages before had. Where one is not kept, or is another's, it begins anew: what that page had would look absent. */
async function seenBy(
  { marks, clock }: Pick<World, "marks" | "clock">,
  connector: string,
  place: Place,
): Promise<Omit<Place, "claimed"> & { readonly seen: readonly string[] }> {
  const seen: string[] = [];
  let sum = "";
  for (let page = 0; page < place.pages; page += 1) {
    const mark = await marks.get(seenMark(connector, page));
    if (mark?.stamp !== place.progress.began) return { ...anew(clock()), seen: [] };
    const those = String(mark.notes["seen"]).split(" ").filter(Boolean);
    seen.push(...those);
    sum = added(sum, those);
  }
  return sum === place.sum ? { ...place, seen } : { ...anew(clock()), seen: [] };
}
