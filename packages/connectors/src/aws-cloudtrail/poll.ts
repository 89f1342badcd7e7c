import type { Hear, Poller, Since } from "@leasehold/core/connector";
import { Fault, hoursBetween, type Instant, laterBy } from "@leasehold/core/kernel";
import type { Signal } from "@leasehold/core/signal";
import type { Api, Looks } from "./api.ts";
import { CHANGES, LOOKS_UP, lookUp } from "./lookup.ts";
import { openingOf, type Seeking, sessionIn } from "./session.ts";
import { hasTurn, type Run } from "./turns.ts";
import { begunAgain, cursorOf, placeIn, type Reached, reachedBy, windowOf } from "./window.ts";

/**
 * The calls that changed something, asked of CloudTrail itself, Region by Region. What it finds is no word of this connector: each
 * is handed on as EventBridge would have delivered it, and whoever listens there reads it. What an event told already changes nothing.
 */
export const poller: Poller<Api> = { permissions: [LOOKS_UP], emits: [], relays: true, since };

const MOST = 100; // lookups in one go, of all Regions together: their signals are one answer
const ROOM = 2_000_000; // characters; each Region may have begun a page when it is used up
const LONGEST = 60; // seconds: a lookup can take many of them, and whoever asks waits no more than three minutes

async function since(api: Api, cursor: string | undefined, hear: Hear): Promise<Since> {
  if (api === undefined || !api.looksUp) return { signals: [], next: cursor, more: false, gaps: [UNLOOKED] };
  const place = placeIn(cursor, api.regions);
  const until = laterBy(api.clock(), LONGEST);
  const run: Run = { api, hear, left: MOST, room: ROOM, until, followed: new Set() };
  const read = await Promise.all(api.regions.map((region) => regionOf(run, region, place[region])));
  const faults = read.flatMap(({ fault }) => fault ?? []);
  const [first] = faults;
  if (first !== undefined && faults.length === read.length && read.every(({ pages }) => pages === 0)) throw first;
  const next = read.flatMap(({ region, reached }) => (reached ? [[region, reached] as const] : []));
  return {
    signals: read.flatMap(({ signals }) => signals),
    next: cursorOf(Object.fromEntries(next)),
    more: read.some(({ fault, done }) => !done && fault === undefined),
    gaps: [...(api.regions.includes(IAM_IN) ? [] : [UNNAMED]), ...read.flatMap((one) => gapsOf(one, api))],
  };
}

const UNLOOKED =
  "What the event bus does not bring of AWS's calls is not looked up: name the account, role and Regions of aws-cloudtrail.";

const IAM_IN = "us-east-1";
const UNNAMED = `In ${IAM_IN}, where IAM's calls are recorded, what the event bus does not bring is not looked up: name it among the Regions.`;

interface Read {
  readonly region: string;
  reached: Reached | undefined;
  signals: readonly Signal[];
  unread: readonly string[];
  pages: number;
  done: boolean;
  cut: boolean; // its last page is for the next go, which has the time to find out who opened each session
  fault: Fault | undefined;
}

/** Page after page, as far as there is time. A Region that refuses, or answers nothing that is known, keeps its place, and the others go on. */
async function regionOf(run: Run, region: string, reached: Reached | undefined): Promise<Read> {
  const read: Read = { region, reached, signals: [], unread: [], pages: 0, done: false, cut: false, fault: undefined };
  const now = run.api.clock();
  try {
    while (!read.done && !read.cut && hasTurn(run)) await pageOf(run, read, now);
  } catch (error) {
    read.fault = error instanceof Fault ? error : surprise(error);
  }
  return read;
}

/** By its class alone: its text may quote what came. */
const surprise = (error: unknown): Fault =>
  new Fault("Unexpected", "nobody planned for this", { was: error instanceof Error ? error.name : typeof error });

async function pageOf(run: Run, read: Read, now: Instant): Promise<void> {
  const { region, reached } = read;
  const window = windowOf(reached, now);
  if (window === undefined) {
    read.done = true;
    return;
  }
  const looked = await lookUp(run.api.in(region), CHANGES, window);
  if (typeof looked === "string") {
    read.reached = reached && begunAgain(reached);
    return;
  }
  const signals: Signal[] = [];
  const seeking: Seeking = { run, region, cut: false };
  for (const event of looked.events) signals.push(...(await heard(seeking, event)));
  run.room -= JSON.stringify(signals).length;
  read.signals = [...read.signals, ...signals];
  read.unread = [...read.unread, ...looked.unread];
  read.cut = seeking.cut && read.pages > 0; // a page that one go is too short for is not begun for ever
  if (read.cut) return;
  read.reached = reachedBy(window, looked.next);
  read.pages += 1;
  read.done = looked.next === undefined && window.to >= now;
}

/** What somebody listens to, and the opening of the session in which it was done: openings are reads, and not among the changes. */
async function heard(seeking: Seeking, event: unknown): Promise<readonly Signal[]> {
  const signals = seeking.run.hear(event);
  const session = signals.length > 0 ? sessionIn(event) : undefined;
  return session === undefined ? signals : [...(await openingOf(seeking, session)), ...signals];
}

const BEHIND = 1; // hours

function gapsOf({ region, reached, unread, fault }: Read, { clock }: Looks): readonly string[] {
  const refused = fault?.name === "PermissionMissing" ? String(fault.facts["permission"] ?? LOOKS_UP) : undefined;
  const unplanned = fault?.name === "Unexpected" ? String(fault.facts["was"] ?? fault.name) : undefined;
  const late = reached !== undefined && hoursBetween(reached.to, clock()) > BEHIND;
  return [
    ...(refused ? [`In ${region} what the event bus does not bring is not looked up: ${refused} is refused.`] : []),
    ...(unplanned ? [`In ${region} what came back is nothing that anybody planned for (${unplanned}).`] : []),
    ...(late ? [`In ${region} what the event bus did not bring is looked up as far as ${reached.to}.`] : []),
    ...(unread.length > 0
      ? [`In ${region} ${unread.length} looked up could not be read; CloudTrail has the first as ${unread[0]}.`]
      : []),
  ];
}
