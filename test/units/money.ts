import { PRICES } from "../../packages/cli/src/commands/cost/prices.ts";
import { ASSUMED, RECORD } from "../../packages/cli/src/commands/cost/units.ts";

/** What one event spends of everything that AWS puts on the bill by the piece. */
export interface Spent {
  readonly write: number; // units
  readonly read: number;
  readonly published: number; // events on our own bus
  readonly archived: number; // bytes, as the stream bills them
  readonly logged: number; // bytes
}

export const NOTHING: Spent = { write: 0, read: 0, published: 0, archived: 0, logged: 0 };

const MILLION = 1e6;
const GIGABYTE = 2 ** 30;

/** Of a million such events, line by line, at the prices and with the assumptions of `leasehold cost`. Forwarded: AWS bills the one hop home as an event of our own. */
export function dollarsOf(spent: Spent, { forwarded = false } = {}) {
  const { busEvent, lambdaRequest, lambdaSecond, tableWrite, tableRead, streamGigabyte, logGigabyte } = PRICES;
  const lines = {
    bus: (spent.published + (forwarded ? 1 : 0)) * busEvent.dollars,
    lambda: lambdaRequest.dollars + ASSUMED.eventSeconds * ASSUMED.memory * lambdaSecond.dollars,
    writes: spent.write * tableWrite.dollars,
    reads: spent.read * tableRead.dollars,
    archive: (spent.archived / GIGABYTE) * streamGigabyte.dollars,
    logs: (spent.logged / GIGABYTE) * logGigabyte.dollars,
  };
  const millions = Object.entries(lines).map(([name, dollars]) => [name, dollars * MILLION] as const);
  return { lines: millions, total: millions.reduce((sum, [, dollars]) => sum + dollars, 0) };
}

/** A record is billed in steps, however small it is. */
export const billedRecord = (bytes: number): number => Math.ceil(bytes / RECORD) * RECORD;

export function added(a: Spent, b: Partial<Spent>, times = 1): Spent {
  const sum = (of: keyof Spent) => a[of] + (b[of] ?? 0) * times;
  return {
    ...{ write: sum("write"), read: sum("read"), published: sum("published") },
    ...{ archived: sum("archived"), logged: sum("logged") },
  };
}
