import type { Since } from "@leasehold/core/connector";
import { type FindingKind, found } from "@leasehold/core/finding";
import { derivedId, Fault, type FaultName, type Instant, later } from "@leasehold/core/kernel";
import type { SubjectId } from "@leasehold/core/lineage";
import type { Signal } from "@leasehold/core/signal";
import { type IngestPorts, ingest } from "../ingest/index.ts";
import { unknownIn } from "../sweep/index.ts";
import type { Mark, Provider, World } from "../world/index.ts";
import { coverPoll } from "./cover.ts";
import { markOf, missedIn } from "./mark.ts";

export type PollPorts = IngestPorts & Pick<World, "estate" | "clock" | "log" | "marks">;

export interface Polled {
  readonly connector: string;
  readonly pages: number;
  readonly signals: number;
  readonly unheard: number; // signals that nothing had told of
  readonly stopped: FaultName | undefined; // what the provider answered instead of a page
  readonly toAnnounce: readonly SubjectId[];
}

/** What every way of sending carries: a hook may be set up for people alone, and its consents found by polls alone. */
const SENT: readonly Signal["kind"][] = ["person.left", "person.held", "person.reinstated"];
const MOST_PAGES = 20; // of one place of one source in one run: the rest is for the next
const LONGEST = 0.1; // hours after which a run begins no further page: the function lives ten minutes
const SOON = 0.1; // hours in which an event may come by itself
const STAMP = "poll"; // a source's log goes on for ever: it is never another one

type Source = Pick<Provider, "id"> & { readonly since: NonNullable<Provider["since"]>; readonly enough: Instant };

/** One source's poll of one place, as far as it came. */
interface Run {
  readonly polled: Polled;
  readonly gaps: readonly string[];
  readonly after: string | undefined;
}

/**
 * What happened at one source since the last poll, taken in as if it had come by itself. The cursor is kept after each page was
 * joined: a crash before that reads the page again, which changes nothing. Of several places each has a cursor of its own, and a
 * run that has no time for all of them leaves the rest to the next, which begins there.
 */
export async function pollOne(world: PollPorts, { id, since }: Pick<Provider, "id" | "since">): Promise<Polled> {
  const none = { connector: id, pages: 0, signals: 0, unheard: 0, stopped: undefined, toAnnounce: [] };
  if (since === undefined) return none;
  const enough = later(world.clock(), LONGEST);
  const seen = new Set<string | undefined>();
  const gaps: string[] = [];
  let polled: Polled = none;
  let place = turnIn(await world.marks.get(markOf(id)));
  do {
    seen.add(place);
    const run = await pollPlace(world, { id, since, enough }, polled, place).catch((error: unknown) =>
      passedOver(world, id, place, error),
    );
    [polled, place] = [run.polled, run.after];
    gaps.push(...run.gaps);
  } while (polled.stopped === undefined && !seen.has(place) && world.clock() < enough);
  if (polled.stopped !== undefined) {
    await leaveTurn(world, id, place);
    return polled;
  }
  if (seen.size > 1 || !seen.has(place)) await leaveTurn(world, id, seen.has(place) ? undefined : place);
  if (!seen.has(place))
    gaps.push(`The last poll of ${id} had no time for every account: the next begins with the others.`);
  await coverPoll(world, id, gaps);
  for (const kind of Object.values(STOPS)) await world.findings.close(derivedId("fnd", kind, markOf(id)));
  if (polled.unheard > 0)
    world.log("warn", "found by a poll, and no event was seen", { connector: id, signals: polled.unheard });
  return polled;
}

/** One that goes wrong each time would else be the last that anything is heard of. */
async function passedOver(world: PollPorts, id: string, place: string | undefined, error: unknown): Promise<never> {
  if (error instanceof Fault) await leaveTurn(world, id, afterIn(await world.marks.get(markOf(id, place))));
  throw error;
}

async function pollPlace(world: PollPorts, source: Source, before: Polled, place: string | undefined): Promise<Run> {
  let polled = before;
  let mark = await world.marks.get(markOf(source.id, place));
  let page: Since | undefined;
  for (let left = MOST_PAGES; left > 0; left -= 1) {
    const cursor = cursorIn(mark);
    const asked = await pageOf(source, cursor, place);
    if (asked instanceof Fault) return { polled: await stopped(world, polled, asked), gaps: [], after: afterIn(mark) };
    page = asked;
    const taken = await taking(world, page.signals);
    mark = await kept(world, markOf(source.id, place), mark, page, taken.missed);
    polled = {
      ...polled,
      pages: polled.pages + 1,
      signals: polled.signals + page.signals.length,
      unheard: polled.unheard + taken.unheard,
      toAnnounce: [...new Set([...polled.toAnnounce, ...taken.toAnnounce])],
    };
    if (!(page.more ?? page.signals.length > 0) || page.next === undefined || page.next === cursor) break;
    if (world.clock() >= source.enough) break;
  }
  return { polled, gaps: page?.gaps ?? [], after: page?.after };
}

const textIn = (mark: Mark | undefined, name: string): string | undefined => {
  const text = mark?.notes[name];
  return typeof text === "string" ? text : undefined;
};
const cursorIn = (mark: Mark | undefined) => textIn(mark, "cursor");
/** Where the last run had no time left: undefined is the first place. */
const turnIn = (mark: Mark | undefined) => textIn(mark, "turn");
/** Of several places: which came after this one when it was last polled. */
const afterIn = (mark: Mark | undefined) => textIn(mark, "after");

async function leaveTurn({ marks, clock }: PollPorts, id: string, turn: string | undefined): Promise<void> {
  const mark = await marks.get(markOf(id));
  if (turnIn(mark) === turn) return;
  const { turn: _, ...notes } = mark?.notes ?? {};
  await marks.put({ source: markOf(id), stamp: STAMP, at: clock(), notes: { ...notes, ...(turn && { turn }) } });
}

/** An account that was next and is not named any more: then the first is. */
async function pageOf(
  { since }: Source,
  cursor: string | undefined,
  place: string | undefined,
): Promise<Since | Fault> {
  try {
    return await since(cursor, place);
  } catch (error) {
    if (error instanceof Fault && place !== undefined && error.facts["where"] === "cursor")
      return { signals: [], next: undefined };
    if (error instanceof Fault && ENDS.includes(error.name)) return error;
    throw error;
  }
}

/** What the graph does not know was not told by any event, or not yet: what has only just happened may still come. */
async function taking(world: PollPorts, signals: readonly Signal[]) {
  const now = world.clock();
  const unheard = await unknownIn(world, signals);
  const { toAnnounce } = await ingest(world, signals, { live: true, recordedAt: now, found: "poll" });
  const at = unheard
    .filter(({ kind }) => SENT.includes(kind))
    .map(({ source }) => source.occurredAt)
    .filter((one) => one <= now);
  return {
    toAnnounce,
    unheard: unheard.filter(({ source }) => source.occurredAt <= later(now, -SOON)).length,
    missed: at.toSorted().at(-1),
  };
}

async function kept(
  { marks, clock }: PollPorts,
  source: string,
  before: Mark | undefined,
  { next, after }: Since,
  missed: Instant | undefined,
): Promise<Mark> {
  const cursor = next ?? cursorIn(before);
  const latest = [missedIn(before), missed]
    .filter((at) => at !== undefined)
    .toSorted()
    .at(-1);
  const turn = turnIn(before);
  const notes = {
    ...(cursor !== undefined && { cursor }),
    ...(latest && { missed: latest }),
    ...(turn !== undefined && { turn }),
    ...(after !== undefined && { after }),
  };
  const mark: Mark = { source, stamp: STAMP, at: clock(), notes };
  await marks.put(mark);
  return mark;
}

const ENDS: readonly FaultName[] = ["PermissionMissing", "Unavailable", "Throttled"];
const STOPS: { readonly [name in FaultName]?: FindingKind } = {
  PermissionMissing: "permission missing",
  Unavailable: "provider unavailable",
};

/** One that only asks us to wait is polled again at the next time, from where it stopped, and nobody need know. */
async function stopped(world: PollPorts, polled: Polled, fault: Fault): Promise<Polled> {
  const { connector } = polled;
  const kind = STOPS[fault.name];
  const remedy =
    fault.remedy === "grant-permission"
      ? "Grant the permission that the connector's page names: until then leavers are found by events and sweeps alone."
      : "Nothing needs doing: it is polled again, from where it stopped.";
  if (kind !== undefined)
    await world.findings.put(found(kind, markOf(connector), world.clock(), remedy, { ...fault.facts }));
  world.log("warn", "a poll stopped, and goes on at the next time", { connector, fault: fault.name });
  return { ...polled, stopped: fault.name };
}
