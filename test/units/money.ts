import prices from "./prices.json" with { type: "json" };

/** What one event spends of everything that AWS puts on the bill by the piece. */
export interface Spent {
  readonly write: number; // units
  readonly read: number;
  readonly published: number; // events on our own bus
  readonly archived: number; // bytes, as the stream bills them
  readonly logged: number; // bytes
}

export const NOTHING: Spent = { write: 0, read: 0, published: 0, archived: 0, logged: 0 };

/** Not measured: no figure here comes from a real account. */
const ASSUMED = {
  millis: 8, // billed for a warm run on arm64: two or three short requests, and no wait for another function
  coldMillis: 500, // a cold start is billed with its initialisation
  coldShare: 0.01,
  gigabytes: 0.5,
};
const MILLION = 1e6;
const GIGABYTE = 2 ** 30;

/** Of a million such events, line by line. Forwarded: AWS bills the one hop home as an event of our own. */
export function dollarsOf(spent: Spent, { forwarded = false } = {}) {
  const { millis, coldMillis, coldShare, gigabytes } = ASSUMED;
  const seconds = (millis + coldShare * coldMillis) / 1_000;
  const lines = {
    bus: (spent.published + (forwarded ? 1 : 0)) * prices.eventbridge.customEvent,
    lambda: prices.lambda.request + seconds * gigabytes * prices.lambda.gigabyteSecond,
    writes: spent.write * prices.dynamodb.write,
    reads: spent.read * prices.dynamodb.read,
    archive: (spent.archived / GIGABYTE) * prices.firehose.gigabyte,
    logs: (spent.logged / GIGABYTE) * prices.logs.gigabyte,
  };
  const millions = Object.entries(lines).map(([name, dollars]) => [name, dollars * MILLION] as const);
  return { lines: millions, total: millions.reduce((sum, [, dollars]) => sum + dollars, 0) };
}

/** A record is billed in steps, however small it is. */
export const billedRecord = (bytes: number): number =>
  Math.ceil(bytes / prices.firehose.atLeastBytes) * prices.firehose.atLeastBytes;

export function added(a: Spent, b: Partial<Spent>, times = 1): Spent {
  const sum = (of: keyof Spent) => a[of] + (b[of] ?? 0) * times;
  return {
    ...{ write: sum("write"), read: sum("read"), published: sum("published") },
    ...{ archived: sum("archived"), logged: sum("logged") },
  };
}
