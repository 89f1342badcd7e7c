import { badInput, Instant, later } from "@leasehold/core/kernel";
import * as z from "zod/mini";

/** How far the calls of one Region are read. `at`: within the window after it, up to a page. */
export interface Reached {
  readonly to: Instant;
  readonly at?: { readonly to: Instant; readonly next: string } | undefined;
}
export type Place = Readonly<Record<string, Reached>>; // by Region

export interface Window {
  readonly from: Instant;
  readonly to: Instant;
  readonly next: string | undefined;
}

/** CloudTrail has most calls within five minutes, and says fifteen; what comes later than this the sweeps find. */
const LATE = 1 / 3; // hours
const SLICE = 1; // hours in one window, so that a token that lapsed costs no more
const BEGIN = 1; // hours before the first poll; what is older is for `leasehold import cloudtrail --lookup`
const KEPT = 24 * 90; // hours that CloudTrail keeps

/** What is asked for next: with what may have come late of the window before. Undefined where there is nothing yet. */
export function windowOf(reached: Reached | undefined, now: Instant): Window | undefined {
  if (reached?.at !== undefined) return { from: later(reached.to, -LATE), ...reached.at }; // a token is of one window
  const from = latest(later(reached?.to ?? later(now, -BEGIN), -LATE), later(now, -KEPT));
  const to = earliest(later(from, LATE + SLICE), now);
  return from < to ? { from, to, next: undefined } : undefined;
}

/** Where it is after a page of the window: in the middle of it, or at its end. */
export const reachedBy = ({ from, to }: Window, next: string | undefined): Reached =>
  next === undefined ? { to } : { to: later(from, LATE), at: { to, next } };

/** A token of the provider's that it takes no more: the window is begun again. */
export const begunAgain = ({ to }: Reached): Reached => ({ to });

const latest = (a: Instant, b: Instant) => (a > b ? a : b);
const earliest = (a: Instant, b: Instant) => (a < b ? a : b);

const Cursor = z.record(
  z.string().check(z.maxLength(32)),
  z.strictObject({
    to: Instant,
    at: z.optional(z.strictObject({ to: Instant, next: z.string().check(z.maxLength(8192)) })),
  }),
);

/** Of Regions that are not looked in any more nothing is kept. */
export function placeIn(cursor: string | undefined, regions: readonly string[]): Place {
  if (cursor === undefined) return {};
  const read = Cursor.safeParse(parsed(cursor));
  if (!read.success) throw badInput("the cursor is not one of CloudTrail's lookups", { field: "cursor" });
  return Object.fromEntries(Object.entries(read.data).filter(([region]) => regions.includes(region)));
}

export const cursorOf = (place: Place): string => JSON.stringify(place);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
