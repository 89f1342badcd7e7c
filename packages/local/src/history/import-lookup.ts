import { goOnFrom, isDone, markDone, markPart, type Source } from "@leasehold/app/import";
import type { Mark } from "@leasehold/app/world";
import type { LookedUp, LookupAsk } from "@leasehold/connectors/kit";
import { digest, Fault, type FaultName, type Instant, instantOf, later, millisOf } from "@leasehold/core/kernel";
import { createBatch, sortedOut } from "./batch.ts";
import type { Gather, TrailImport, TrailSummary } from "./import-trail.ts";
import type { Item } from "./model.ts";
import { type Pause, paced, patiently } from "./patience.ts";
import { createTally } from "./tally.ts";
import { understanding } from "./understand.ts";

export interface LookupImport extends Pick<TrailImport, "world" | "connectors" | "now" | "again" | "onProgress"> {
  readonly account: string;
  readonly regions: readonly string[];
  readonly days: number;
  readonly pause: Pause;
  readonly gather?: Gather | undefined; // of days that have settled: of today the pages still move
  readonly ask: (asked: LookupAsk) => Promise<LookedUp | "the token is no longer valid">;
}
export interface LookupSummary extends TrailSummary {
  readonly stopped: readonly {
    readonly region: string;
    readonly because: FaultName;
    readonly next: string | undefined;
  }[];
}

const A_SECOND = 2; // https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html: per account, per region
const SETTLES = 1; // hours until the log of a day is taken to be complete: events come within about fifteen minutes

/**
 * CloudTrail's own ninety days, a day of a region at a time. A day that has settled is marked when all of it was joined,
 * and within it every page: a run that was killed goes on with the page that it was at. Today is asked for each time.
 */
export async function importLookup(asked: LookupImport): Promise<LookupSummary> {
  const { connectors, world, now, regions, days } = asked;
  const tally = createTally();
  const batch = createBatch(world, now);
  const run: Run = {
    ...{ asked, tally, batch, understand: understanding(connectors) },
    ...{ heard: digest(connectors.map(({ id }) => id).sort()), count: { files: 0, skipped: 0, records: 0 } },
    total: regions.length * days,
  };
  const stopped: LookupSummary["stopped"][number][] = [];
  for (const region of regions) {
    const fault = await readRegion(run, region);
    if (fault !== undefined) stopped.push({ region, because: fault.name, next: permissionIn(fault) });
  }
  return { ...run.count, ...batch.joined(), ...tally.counted(), stopped };
}

interface Run {
  readonly asked: LookupImport;
  readonly tally: ReturnType<typeof createTally>;
  readonly batch: ReturnType<typeof createBatch>;
  readonly understand: ReturnType<typeof understanding>;
  readonly heard: string;
  readonly count: { files: number; skipped: number; records: number };
  readonly total: number;
}

const permissionIn = ({ facts }: Fault): string | undefined =>
  facts["permission"] === undefined ? undefined : String(facts["permission"]);

/** A region that refuses or does not answer is said, and the others go on. */
async function readRegion(run: Run, region: string): Promise<Fault | undefined> {
  const turn = paced(run.asked.pause, A_SECOND);
  try {
    for (const day of daysOf(run.asked)) await readDay(run, region, day, turn);
    return undefined;
  } catch (error) {
    if (error instanceof Fault && STOPS.includes(error.name)) return error;
    throw error;
  }
}
const STOPS: readonly FaultName[] = ["PermissionMissing", "Throttled", "Unavailable"];

interface Day {
  readonly name: string;
  readonly from: Instant;
  readonly to: Instant; // its last second: the end that is asked for counts
  readonly settled: boolean;
}

/** The latest day first: what is newest is worth most where somebody stops it. */
function daysOf({ now, days }: LookupImport): readonly Day[] {
  const today = `${now.slice(0, 10)}T00:00:00.000Z` as Instant;
  return Array.from({ length: days }, (_, ago) => {
    const from = later(today, -24 * ago);
    const to = instantOf(millisOf(later(from, 24)) - 1_000);
    return { name: from.slice(0, 10), from, to, settled: later(to, SETTLES) <= now };
  });
}

type Turn = ReturnType<typeof paced>;

async function readDay(run: Run, region: string, day: Day, turn: Turn): Promise<void> {
  const { asked, heard, count } = run;
  const { world, now, account, again } = asked;
  const source: Source = { source: `lookup/${account}/${region}/${day.name}`, stamp: heard };
  if (again !== true && (await isDone(world, source))) {
    count.skipped += 1;
    return;
  }
  const part = day.settled && again !== true ? await goOnFrom(world, source) : undefined;
  const faults = await readPages(run, { region, day, source, part }, turn);
  count.files += 1;
  if (day.settled && faults === 0) await markDone(world, source, now);
  else if (day.settled) await markPart(world, source, now, {}); // from its beginning, the next time
  tell(run);
}

interface Pages {
  readonly region: string;
  readonly day: Day;
  readonly source: Source;
  readonly part: Mark["notes"] | undefined;
}

/** Page after page, each marked when it was joined; how many faults the day had, those of earlier runs among them. */
async function readPages(run: Run, { region, day, source, part }: Pages, turn: Turn): Promise<number> {
  const { asked, tally } = run;
  const told = tally.counted().faults.total;
  const before = Number(part?.["faults"] ?? 0);
  const faults = () => before + tally.counted().faults.total - told;
  let next = part?.["next"] === undefined ? undefined : String(part["next"]);
  let page = Number(part?.["page"] ?? 0);
  for (;;) {
    const ask = { region, from: new Date(day.from), to: new Date(day.to), next };
    const found = await patiently(asked.pause, () => turn(() => asked.ask(ask)));
    const lapsed = typeof found === "string"; // a token of an earlier run has an end: then from the day's beginning
    if (!lapsed) await takePage(run, { region, day, page }, found);
    [next, page] = lapsed ? [undefined, 0] : [found.next, page + 1];
    if (lapsed) continue;
    if (next === undefined) return faults();
    if (day.settled) await markPart(asked.world, source, asked.now, { next, page, faults: faults() });
  }
}

async function takePage(run: Run, at: { region: string; day: Day; page: number }, { events }: LookedUp): Promise<void> {
  const { asked, batch, understand, tally, count } = run;
  const name = `cloudtrail://${at.region}/${at.day.name}`;
  const gathering = at.day.settled
    ? asked.gather?.(`lookup/${asked.account}/${at.region}/${at.day.name}/${at.page}`)
    : undefined;
  for (const [nth, { text }] of events.entries()) {
    const item = itemOf(name, 1 + nth + at.page * 50, text);
    count.records += 1;
    if ("record" in item) gathering?.take(item.record);
    await batch.add(sortedOut(item, understand, tally));
  }
  await batch.flush();
  await gathering?.end();
}

function itemOf(file: string, line: number, text: string): Item {
  const place = { file, line };
  try {
    return { place, bytes: 0, record: JSON.parse(text) as unknown };
  } catch {
    return { place, bytes: 0, broken: "not JSON" };
  }
}

function tell({ asked, count, batch, total }: Run): void {
  const { signals, subjects } = batch.joined();
  asked.onProgress?.({ files: count.files + count.skipped, of: total, records: count.records, signals, subjects });
}
