import { type FindingKind, found } from "@leasehold/core/finding";
import { derivedId, Fault, type FaultName, type Instant, later } from "@leasehold/core/kernel";
import type { SubjectId } from "@leasehold/core/lineage";
import type { Signal } from "@leasehold/core/signal";
import { type IngestPorts, ingest } from "../ingest/index.ts";
import { unknownIn } from "../sweep/index.ts";
import type { Mark, Provider, World } from "../world/index.ts";

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
const MOST_PAGES = 20; // of one source in one run: the rest is for the next
const SOON = 0.1; // hours in which an event may come by itself
const STAMP = "poll"; // a source's log goes on for ever: it is never another one

export const markOf = (connector: string): string => `poll/${connector}`;

/**
 * What happened at one source since the last poll, taken in as if it had come by itself. The cursor is kept after each page was
 * joined: a crash before that reads the page again, which changes nothing.
 */
export async function pollOne(world: PollPorts, { id, since }: Pick<Provider, "id" | "since">): Promise<Polled> {
  const none = { connector: id, pages: 0, signals: 0, unheard: 0, stopped: undefined, toAnnounce: [] };
  if (since === undefined) return none;
  let polled: Polled = none;
  let mark = await world.marks.get(markOf(id));
  for (let left = MOST_PAGES; left > 0; left -= 1) {
    const cursor = cursorIn(mark);
    const page = await pageOf(since, cursor);
    if (page instanceof Fault) return stopped(world, polled, page);
    const taken = await taking(world, page.signals);
    mark = await kept(world, id, mark, page.next, taken.missed);
    polled = {
      ...polled,
      pages: polled.pages + 1,
      signals: polled.signals + page.signals.length,
      unheard: polled.unheard + taken.unheard,
      toAnnounce: [...new Set([...polled.toAnnounce, ...taken.toAnnounce])],
    };
    if (page.signals.length === 0 || page.next === undefined || page.next === cursor) break;
  }
  for (const kind of Object.values(STOPS)) await world.findings.close(derivedId("fnd", kind, markOf(id)));
  if (polled.unheard > 0)
    world.log("warn", "found by a poll, and no event was seen", { connector: id, signals: polled.unheard });
  return polled;
}

function cursorIn(mark: Mark | undefined): string | undefined {
  const cursor = mark?.notes["cursor"];
  return typeof cursor === "string" ? cursor : undefined;
}

async function pageOf(since: NonNullable<Provider["since"]>, cursor: string | undefined) {
  try {
    return await since(cursor);
  } catch (error) {
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
  id: string,
  before: Mark | undefined,
  next: string | undefined,
  missed: Instant | undefined,
): Promise<Mark> {
  const cursor = next ?? cursorIn(before);
  const latest = [missedIn(before), missed]
    .filter((at) => at !== undefined)
    .toSorted()
    .at(-1);
  const notes = { ...(cursor !== undefined && { cursor }), ...(latest && { missed: latest }) };
  const mark: Mark = { source: markOf(id), stamp: STAMP, at: clock(), notes };
  await marks.put(mark);
  return mark;
}

/** When the latest happened that a poll found and nothing had told of by then. */
export const missedIn = (mark: Mark | undefined): Instant | undefined => mark?.notes["missed"] as Instant | undefined;

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
