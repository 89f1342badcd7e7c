import { digest, FAULTS, Fault, type FaultName, Instant, later } from "@leasehold/core/kernel";
import type { Mark, World } from "../world/index.ts";
import { type Brought, further, type Progress, progressOf, soFar, start } from "./progress.ts";
import { type SweepPorts, type Swept, sweepEstate } from "./sweep-estate.ts";

export type GoOnPorts = SweepPorts & Pick<World, "marks">;

const LONGEST = 24; // hours for one list; what takes longer is begun anew
const CLAIM = 0.3; // hours: longer than a run lives that nobody ended

export const sweepMark = (connector: string): string => `sweep/${connector}`;
const pageMark = (connector: string, page: number): string => `${sweepMark(connector)}/${page}`;

/** To be listed from its beginning, in this run or a later one. */
export async function beginSweep({ marks, clock }: GoOnPorts, connector: string): Promise<void> {
  await marks.put(markOf(connector, { ...anew(clock()), claimed: undefined }, clock()));
}

const anew = (began: Instant) => ({ began, pages: 0, sum: "" });

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
  const from = await resumed(world, connector, place);
  let { pages, sum } = from;
  const { began } = from.progress;
  const keep = (claimed: Instant | undefined) => marks.put(markOf(connector, { began, pages, sum, claimed }, clock()));
  const end = (how: FaultName | undefined) =>
    how === undefined || FAULTS[how] === "retry" ? keep(undefined) : marks.put(ended(connector, clock()));
  await keep(later(clock(), CLAIM));
  try {
    const swept = await sweepEstate(world, connector, {
      ...{ from: from.progress, until },
      kept: async (page) => {
        for (const notes of inRows(page).map(noted)) {
          await marks.put({ source: pageMark(connector, pages), stamp: began, at: clock(), notes });
          [pages, sum] = [pages + 1, added(sum, notes)];
        }
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

const isFree = ({ began, claimed }: Place, now: Instant): boolean =>
  later(began, LONGEST) >= now && (claimed === undefined || claimed <= now);

/** What the pages brought stands by itself, page for page: this stays small, however many lists there are. */
interface Place {
  readonly began: Instant;
  readonly pages: number; // that are kept
  readonly sum: string; // of what they brought, in their order
  readonly claimed: Instant | undefined; // by a run that lives until then at most
}

const IN_A_ROW = 2_000; // subjects, of some 25 bytes each: no row may have more than 400 kB

/** What goes before the page itself only says more of what was seen: it answers no cursor, and leads nowhere. */
function inRows(page: Brought): readonly Brought[] {
  const rest: Brought = { cursor: "more", leads: [], seen: [], whole: true, kinds: [], active: 0 };
  const rows: Brought[] = [];
  for (let from = IN_A_ROW; from < page.seen.length; from += IN_A_ROW)
    rows.push({ ...rest, seen: page.seen.slice(from, from + IN_A_ROW) });
  return [...rows, { ...page, seen: page.seen.slice(0, IN_A_ROW) }];
}

const noted = ({ seen, ...page }: Brought) => ({ seen: seen.join(" "), page: JSON.stringify(page) });
type Noted = ReturnType<typeof noted>;

/** Two runs that had one list at once wrote over each other's pages: the sum tells whether these are the pages of this progress. */
const added = (sum: string, { seen, page }: Noted): string => digest([sum, seen, page]);

function markOf(connector: string, { began, pages, sum, claimed }: Place, at: Instant): Mark {
  const notes = { pages, sum, ...(claimed !== undefined && { claimed }) };
  return { source: sweepMark(connector), stamp: began, at, notes };
}

const ENDED = "ended";
const ended = (connector: string, at: Instant): Mark => ({
  ...{ source: sweepMark(connector), stamp: ENDED, at, notes: {} },
});

/** Undefined where it is at its end. */
function placeIn({ stamp, notes }: Mark): Place | undefined {
  if (stamp === ENDED) return undefined;
  return {
    ...{ began: stamp as Instant, pages: Number(notes["pages"] ?? 0), sum: String(notes["sum"] ?? "") },
    claimed: Instant.safeParse(notes["claimed"]).data,
  };
}

/** From what the pages before brought. Where one is not kept, or is another's, it begins anew: what that page had would look absent. */
async function resumed(
  { marks, clock }: Pick<World, "marks" | "clock">,
  connector: string,
  { began, pages, sum: theirs }: Place,
): Promise<Pick<Place, "pages" | "sum"> & { readonly progress: Progress }> {
  const kept: Noted[] = [];
  for (let page = 0; page < pages; page += 1) {
    const mark = await marks.get(pageMark(connector, page));
    if (mark?.stamp !== began) break;
    kept.push({ seen: String(mark.notes["seen"]), page: String(mark.notes["page"]) });
  }
  if (kept.length < pages || kept.reduce(added, "") !== theirs) {
    const now = clock();
    return { ...anew(now), progress: start(now) };
  }
  const all = kept.map(broughtIn);
  const seen = new Set(all.flatMap((page) => page.seen));
  return { pages, sum: theirs, progress: progressOf(all.reduce(further, soFar(start(began))), seen) };
}

function broughtIn({ seen, page }: Noted): Brought {
  return { ...(JSON.parse(page) as Brought), seen: seen.split(" ").filter(Boolean) };
}
