import type { Gap, Page } from "@leasehold/core/connector";
import { type FindingKind, found } from "@leasehold/core/finding";
import { badInput, type CredentialId, derivedId, Fault, type FaultName, type Instant } from "@leasehold/core/kernel";
import type { SubjectId } from "@leasehold/core/lineage";
import { type IngestPorts, ingest } from "../ingest/index.ts";
import type { Coverage, Provider, World } from "../world/index.ts";
import { type Absent, absentFrom } from "./absent.ts";
import { endLogs } from "./end-logs.ts";
import { newsIn } from "./news.ts";
import {
  type Brought,
  broughtBy,
  further,
  type Progress,
  progressOf,
  type So,
  soFar,
  start,
  union,
} from "./progress.ts";
import { type Asked, type Cursor, sideBySide } from "./side-by-side.ts";
import { vanishedFrom } from "./vanished.ts";

export type SweepPorts = IngestPorts & Pick<World, "estate" | "clock" | "log">;

/** One page was joined: what it brought. What was kept of all of them, in their order, is the progress. */
export type Kept = (page: Brought) => Promise<void>;
export interface How {
  readonly from?: Progress | undefined;
  readonly maxPages?: number;
  readonly until?: Instant; // no page is begun after it
  readonly kept?: Kept;
}
export interface Swept {
  readonly connector: string;
  readonly whole: boolean; // the list was walked to its end, and every page of it was whole
  readonly goOn: Progress | undefined; // undefined: it is at its end
  readonly stopped: FaultName | undefined; // what the provider answered instead of a page
  readonly seen: number;
  readonly news: number; // signals that said something new
  readonly unheard: readonly SubjectId[]; // have left, no event was seen, and are announced now
  readonly reported: readonly SubjectId[]; // have left, and nobody is told: for a person to open cases from
  readonly gone: readonly CredentialId[]; // absent from the whole list
  readonly toAnnounce: readonly SubjectId[];
}

/** Looks at everything that one provider has. Push is a hint; this is the truth, and it says how much of it was seen. */
export async function sweepEstate(
  world: SweepPorts,
  connector: string,
  { maxPages = Number.POSITIVE_INFINITY, from, until, kept }: How = {},
): Promise<Swept> {
  const list = listOf(world, connector);
  const installed = await world.ledger.installed(world.clock());
  let tally = beginning(connector, from ?? start(world.clock()));
  let refused: Fault | undefined;
  let pages = 0;
  const ask = (cursor: Cursor): Asked | undefined => {
    const now = world.clock();
    if (pages >= maxPages || (until !== undefined && now >= until)) return undefined;
    pages += 1;
    return { now, page: pageOf(list, cursor, now) };
  };
  for await (const { cursor, now, page } of sideBySide(tally.so.left, ask)) {
    if (page instanceof Fault) refused ??= page;
    else {
      const brought = broughtBy(page, cursor);
      tally = await taken(world, tally, page, brought, { now, installed });
      if (tally.so.left.length === 0) return finished(world, tally);
      await kept?.(brought);
    }
  }
  return refused === undefined ? { ...tally.swept, goOn: goOn(tally) } : stopped(world, tally, refused);
}

type List = NonNullable<Provider["page"]>;

function listOf({ estate }: SweepPorts, connector: string): List {
  const provider = estate.provider(connector);
  if (provider === undefined) throw badInput("no such connector is configured", { where: "connector", connector });
  if (provider.page === undefined) throw badInput("this connector lists nothing", { where: "connector", connector });
  return provider.page;
}

interface Tally {
  readonly so: So;
  readonly seen: Set<string>; // grows as the pages come: copied for each page it would cost their square
  readonly swept: Swept;
}

const goOn = ({ so, seen }: Tally): Progress => progressOf(so, seen);

const beginning = (connector: string, progress: Progress): Tally => ({
  so: soFar(progress),
  seen: new Set(progress.seen),
  swept: {
    ...{ connector, whole: false, goOn: undefined, stopped: undefined, seen: progress.seen.length, news: 0 },
    ...{ unheard: [], reported: [], gone: [], toAnnounce: [] },
  },
});

async function pageOf(list: List, cursor: string | undefined, now: Instant): Promise<Page | Fault> {
  try {
    return await list(cursor, now);
  } catch (error) {
    if (error instanceof Fault && STOPS[error.name] !== undefined) return error;
    throw error;
  }
}

/** A provider that refuses or cannot answer ends the look, not the process: what was not seen is said. */
const STOPS: { readonly [name in FaultName]?: FindingKind } = {
  PermissionMissing: "permission missing",
  Unavailable: "provider unavailable",
  Throttled: "provider unavailable",
};

async function taken(
  world: SweepPorts,
  { so, seen, swept }: Tally,
  { signals, asOf }: Page,
  brought: Brought,
  look: { readonly now: Instant; readonly installed: Instant },
): Promise<Tally> {
  const news = await newsIn(world, signals, look, asOf);
  const { toAnnounce } = await ingest(world, news.signals, { live: true, recordedAt: look.now, found: "sweep" });
  for (const account of news.unheard)
    world.log("warn", "departed on the list, and no event was seen", { connector: swept.connector, account });
  for (const id of brought.seen) seen.add(id);
  return {
    ...{ so: further(so, brought), seen },
    swept: {
      ...swept,
      seen: seen.size,
      news: swept.news + news.signals.length,
      unheard: union(swept.unheard, news.unheard),
      reported: union(swept.reported, news.reported),
      toAnnounce: union(swept.toAnnounce, toAnnounce),
    },
  };
}

/**
 * One account that cannot be seen says nothing of the others: each is judged by its own pages. A list that is not whole though all its
 * places are was cut short somewhere else, and then nobody knows where.
 */
function isSeenWhole({ places = [] }: Pick<So, "places">, tenant: string): boolean {
  return places.some((one) => !one.whole) && places.some((one) => one.id === tenant && one.whole);
}

async function finished(world: SweepPorts, { so, seen, swept }: Tally): Promise<Swept> {
  const { connector } = swept;
  const { began, whole, active, kinds, gaps = [], asOf = began, regions } = so;
  const since = asOf < began ? asOf : began; // what came later may be missing from what it rests on
  const shown = { connector, began: since, seen, kinds: new Set(kinds), regions: regions && new Set(regions) };
  const { gone, unlooked } = kinds.length > 0 ? await absentFrom(world, shown) : NOTHING;
  const absent = whole ? gone : gone.filter(({ tenant }) => isSeenWhole(so, tenant));
  const people = [...seen].some((id) => id.startsWith("acc_")); // a list that names nobody says nothing about who is gone
  const vanished = whole && people ? await vanishedFrom(world, { connector, began: since, seen }) : [];
  const how = { live: true, recordedAt: world.clock(), found: "sweep" } as const;
  const said = await ingest(world, [...absent, ...vanished], how);
  const missing = [...new Set(gaps.flatMap(({ place }) => place ?? []))];
  const known = {
    seen: seen.size,
    active,
    ...lookedAt({ ...so, gaps: [...gaps, ...passedOver(unlooked, missing)] }),
  };
  await world.ledger.cover({ connector, whole, at: began, ended: world.clock(), ...known });
  await sayStopped(world, connector, gaps, whole);
  if (whole && !gaps.some((one) => one.stopped || one.dark)) await endLogs(world, kinds, began);
  for (const kind of new Set(Object.values(STOPS)))
    if (missing.length === 0 || kind !== MISSING) await world.findings.close(derivedId("fnd", kind, connector));
  if (missing.length > 0) await sayMissing(world, connector, missing);
  return {
    ...swept,
    whole,
    gone: absent.flatMap((signal) => (signal.kind === "credential.deleted" ? [signal.credential] : [])),
    toAnnounce: union(swept.toAnnounce, said.toAnnounce),
  };
}

async function stopped(world: SweepPorts, tally: Tally, fault: Fault): Promise<Swept> {
  const { swept, seen, so } = tally;
  const { connector } = swept;
  const kind = STOPS[fault.name] ?? "provider unavailable";
  await world.findings.put(found(kind, connector, world.clock(), REMEDIES[fault.remedy] ?? AGAIN, { ...fault.facts }));
  const { began, active } = so;
  const known = { seen: seen.size, active, ...lookedAt(so) };
  await world.ledger.cover({ connector, whole: false, at: began, ...known });
  return { ...swept, stopped: fault.name, goOn: goOn(tally) };
}

const NOTHING: Absent = { gone: [], unlooked: [] };

/** Configured no longer: what is known there is no more gone than it is looked at. A place that could not be seen is said already. */
function passedOver(unlooked: readonly string[], missing: readonly string[]): readonly Gap[] {
  const all = unlooked.filter((one) => !missing.includes(one));
  if (all.length === 0) return [];
  const named = [...all.slice(0, NAMED), ...(all.length > NAMED ? [`${all.length - NAMED} more`] : [])].join(", ");
  return [{ what: `Not looked at, though credentials there are known: ${named}. ${OF_OLD}` }];
}
const NAMED = 5;
const OF_OLD = "The configuration does not name them, or nothing is listed there; what is known may be old.";

/** Of what was looked at, in which places, and what was not to be seen there. */
const lookedAt = ({ gaps = [], places }: Pick<So, "gaps" | "places">): Pick<Coverage, "gaps" | "places"> => ({
  ...(gaps.length > 0 && { gaps: [...new Set(gaps.map(({ what }) => what))] }),
  ...(places && { places }),
});

/** What was seen in part may have another log that goes on, but one that stopped has stopped; only a whole look ends the finding. */
async function sayStopped(world: SweepPorts, connector: string, gaps: readonly Gap[], whole: boolean): Promise<void> {
  const stopped = gaps.filter((one) => one.stopped);
  const logs = stopped.map(({ what }) => what).join(" ");
  if (stopped.length > 0) await world.findings.put(found(STOPPED, connector, world.clock(), START_AGAIN, { logs }));
  else if (whole) await world.findings.close(derivedId("fnd", STOPPED, connector));
}
async function sayMissing(world: SweepPorts, connector: string, missing: readonly string[]): Promise<void> {
  const accounts = missing.join(" ");
  await world.findings.put(found(MISSING, connector, world.clock(), LET_IN, { accounts }));
}
const MISSING = "permission missing";
const LET_IN =
  "See why in `leasehold doctor`. Roll the member stack out where it is missing, or take the account out of the configuration; then sweep again.";
const STOPPED = "the log stopped";
const START_AGAIN =
  "Find out who stopped it and why, and start it again: until then nothing that happens there is recorded.";

const AGAIN = "Nothing needs doing: it is asked again at the next sweep.";
const REMEDIES: { readonly [remedy in Fault["remedy"]]?: string } = {
  "grant-permission": "Grant the permission that the connector's page names, then sweep again.",
};
