import type { Priced } from "./prices.ts";

/** How many units of each price one thing takes. */
export type Units = Readonly<Partial<Record<Priced, number>>>;

const GIGABYTE = 2 ** 30;
/** Bytes: what the stream counts for a record that is smaller, and the step in which it counts a larger one. */
export const RECORD = 5_120;

interface Counted {
  readonly share: number; // of a hundred events
  readonly read: number; // request units of the table
  readonly write: number;
  readonly published: number; // events on our own bus
  readonly logged: number; // bytes
}

/** One AWS event through its function, as the unit tests count it end to end, kind by kind. Nine in ten are seen again; the rest is our guess, and mostly new keys and changes of their state. `npm run test:units` holds them against what it measures. */
export const EVENTS: Readonly<Record<string, Counted>> = {
  "key seen again": { share: 30, read: 3, write: 0, published: 0, logged: 184 },
  "user seen again": { share: 30, read: 2.5, write: 0, published: 0, logged: 184 },
  "state seen again": { share: 30, read: 0.5, write: 0, published: 0, logged: 184 },
  "first sighting": { share: 5, read: 4.5, write: 5, published: 0, logged: 184 },
  "state changed": { share: 4, read: 3.5, write: 4, published: 1, logged: 184 },
  "owner changed": { share: 1, read: 6.5, write: 8, published: 1, logged: 184 },
};

/** The other things that are counted, in request units of the table. */
export const COUNTED = {
  seenOnAList: { read: 1, write: 0 },
  usageBatch: { read: 1, write: 21 }, // a thousand calls, of the mix that ASSUMED says
  smallFile: { read: 1, write: 6 }, // of a trail of a quiet account or Region
  // one of twenty of a person who left: asked about, disabled, verified, deletion asked for and not agreed to; without what runs by the clock
  lifeOfACredential: { read: 1_407, write: 180, transition: 33, request: 221, published: 14 },
  lifeOfOneInFour: { read: 1_952, write: 233, transition: 52, request: 292, published: 16 }, // the same of one of four: each carries more of the case
} as const;

/** What is assumed where nothing is counted. Each is printed with the estimate. */
export const ASSUMED = {
  memory: 0.5, // GB of a function
  eventSeconds: 0.013, // billed for one event: eight milliseconds warm, and one in a hundred is a cold start of half a second
  stepSeconds: 0.08,
  usageCalls: 1_000, // in one batch from the queue, or one file of a trail
  usageCredentials: 20, // that made them
  usageKinds: 6, // of service and action, to each
  usageSeconds: 0.4, // for one batch
  smallCalls: 50, // in a small file of a trail: there is one for each account and Region every five minutes or so
  smallCredentials: 5,
  smallSeconds: 0.06,
  leavers: 0.01, // of the people, in a month
  credentials: 4, // of one person who leaves
  itemBytes: 1_024, // of one subject or edge in the table
  itemsEach: 3, // subjects and edges for one identity: itself, its credential, what joins them
  retained: 12, // months of archive
  callsADay: 200, // of people at a terminal or a desk
  days: 30,
} as const;

/** Of one event in the mix. */
const mean = (of: (counted: Counted) => number): number =>
  Object.values(EVENTS).reduce((sum, counted) => sum + (counted.share / 100) * of(counted), 0);

/** One AWS event that comes straight to its function: read first, written only where something changed, archived always. */
export const EVENT: Units = {
  lambdaRequest: 1,
  lambdaSecond: ASSUMED.memory * ASSUMED.eventSeconds,
  tableRead: mean(({ read }) => read),
  tableWrite: mean(({ write }) => write),
  busEvent: mean(({ published }) => published),
  streamGigabyte: RECORD / GIGABYTE,
  logGigabyte: mean(({ logged }) => logged) / GIGABYTE,
};

/** The same event where it takes its one hop home first. */
export const FORWARDED: Units = { ...EVENT, busEvent: 1 + mean(({ published }) => published) };

const perScan = ASSUMED.itemBytes / 4_096; // request units for an item: pages are read strongly consistent, by the 4 kB
const PAGE = 200; // items of one page, of about so many milliseconds

/** One identity, looked at in the graph by the sweep: an item of a page. */
export const LOOKED_AT: Units = { tableRead: perScan, lambdaSecond: (ASSUMED.memory * 0.05) / PAGE };

/** One subject on a provider's list that says nothing new: read again in the graph, and neither written nor archived. */
export const LISTED: Units = {
  tableRead: COUNTED.seenOnAList.read,
  lambdaSecond: ASSUMED.memory * 0.002,
};

type Life = (typeof COUNTED)["lifeOfACredential" | "lifeOfOneInFour"];

const unitsOf = ({ read, write, transition, request, published }: Life): Units => ({
  ...{ tableRead: read, tableWrite: write, transition, lambdaRequest: request },
  lambdaSecond: request * ASSUMED.memory * ASSUMED.stepSeconds,
  busEvent: published,
  logGigabyte: (40 * 300) / GIGABYTE,
});

/** One credential of somebody who left, all the way down: one of twenty, and one of four. */
export const WOUND_DOWN = unitsOf(COUNTED.lifeOfACredential);
export const ONE_IN_FOUR = unitsOf(COUNTED.lifeOfOneInFour); // as many as ASSUMED.credentials

/** One thing that a person asks, or answers on a desk. */
export const ASKED: Units = {
  apiRequest: 1,
  lambdaRequest: 3,
  lambdaSecond: 3 * ASSUMED.memory * ASSUMED.stepSeconds,
  queueRequest: 4,
  tableRead: 60,
  tableWrite: 6,
  secretRead: 1,
};

const BATCH = ASSUMED.usageCalls;
const counted: Units = {
  lambdaRequest: 1 / BATCH,
  lambdaSecond: (ASSUMED.memory * ASSUMED.usageSeconds) / BATCH,
  tableRead: COUNTED.usageBatch.read / BATCH,
  tableWrite: COUNTED.usageBatch.write / BATCH,
};

/** One call made with a credential, heard on the bus: sent to the queue by itself, taken and deleted by the ten. */
export const USED_ON_BUS: Units = { ...counted, queueRequest: 1 + 2 / 10 };

/** One call read from a trail's file: the file is announced, taken, deleted and read, and nothing of it is sent call by call. */
export const USED_IN_FILES: Units = { ...counted, queueRequest: 3 / BATCH, objectGet: 1 / BATCH };

/** The same where files are small, as those of an organisation mostly are: what a file costs is shared by few. */
export const USED_IN_SMALL_FILES: Units = {
  lambdaRequest: 1 / ASSUMED.smallCalls,
  lambdaSecond: (ASSUMED.memory * ASSUMED.smallSeconds) / ASSUMED.smallCalls,
  tableRead: COUNTED.smallFile.read / ASSUMED.smallCalls,
  tableWrite: COUNTED.smallFile.write / ASSUMED.smallCalls,
  queueRequest: 3 / ASSUMED.smallCalls,
  objectGet: 1 / ASSUMED.smallCalls,
};

const MINUTES = ASSUMED.days * 24 * 60;

/** What a month costs though nothing happens: what runs by the clock, and what is there. */
export const STANDING: Units = {
  lambdaRequest: 2 * MINUTES + (2 * MINUTES) / 15 + MINUTES / 60 + 3 * ASSUMED.days,
  lambdaSecond: 2 * MINUTES * ASSUMED.memory * 0.05,
  tableRead: 20 * MINUTES,
  tableWrite: MINUTES / 15 + MINUTES / 60, // where the polls are, and when the feeds were looked at
  queueRequest: 3 * MINUTES * 5, // Lambda's own long polling, five at a time, three times a minute
  objectPut: (MINUTES / 5) * 2,
  metric: 12,
  alarm: 15,
  secret: 6,
  key: 2,
  keyRequest: 20_000,
};
