import { type Instant, millisOf } from "../kernel/index.ts";

/**
 * In which hours of the last four weeks something came from a source. Hours and not events: it is written once an hour at most,
 * however much comes, and an hour in which something came is all that silence is judged by.
 */
export interface Heartbeat {
  readonly connector: string;
  readonly first: Instant; // when anything came first
  readonly last: Instant; // when something came first in the last hour in which anything came
  readonly weeks: string; // a hex digit for each hour of the week, a bit of it for each of four weeks
}

export const WEEK = 168; // hours
const WEEKS = 4;
const RING = WEEK * WEEKS;
const EMPTY = "0".repeat(WEEK);

export const hourOf = (at: Instant): number => Math.floor(millisOf(at) / 3_600_000);

/** The heartbeat once something came. What comes dated before the last of it changes nothing. */
export function beat(before: Heartbeat | undefined, connector: string, at: Instant): Heartbeat {
  const hour = hourOf(at);
  if (before === undefined) return { connector, first: at, last: at, weeks: marked(EMPTY, [], hour) };
  const last = hourOf(before.last);
  if (hour <= last) return before;
  const passed = Array.from({ length: Math.min(hour - last, RING) }, (_, n) => hour - n);
  return { ...before, last: at, weeks: marked(before.weeks, passed, hour) };
}

/** Hours that went by are emptied of what was there four weeks before. */
function marked(weeks: string, emptied: readonly number[], filled: number): string {
  const digits = [...weeks].map((digit) => Number.parseInt(digit, 16));
  for (const hour of emptied) digits[hour % WEEK] = (digits[hour % WEEK] ?? 0) & ~bitOf(hour);
  digits[filled % WEEK] = (digits[filled % WEEK] ?? 0) | bitOf(filled);
  return digits.map((digit) => digit.toString(16)).join("");
}

const bitOf = (hour: number): number => 1 << (Math.floor(hour / WEEK) % WEEKS);

export const spokeIn = ({ weeks }: Heartbeat, hour: number): boolean =>
  (Number.parseInt(weeks[hour % WEEK] ?? "0", 16) & bitOf(hour)) !== 0;

/** The hours that the heartbeat tells of: from the first, four weeks at most, to the last. */
export function spanOf({ first, last }: Heartbeat): { readonly from: number; readonly to: number } {
  const to = hourOf(last);
  return { from: Math.max(hourOf(first), to - RING + 1), to };
}
