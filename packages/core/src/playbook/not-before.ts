import { type Instant, instantOf, millisOf, remembered } from "../kernel/index.ts";
import type { Calendar } from "./model.ts";

const MINUTE = 60_000;
const QUARTER = 15 * MINUTE; // clocks are put forward and back on a quarter of an hour, and every offset is one
const SHIFT = 120; // minutes; no clock is put forward or back by more than this
const YEAR = 365 * 24 * 60 * MINUTE;
const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/**
 * When silence may act again; undefined where it may now. Somebody must be there
 * to see it. Where that is never, it is a year from now, so that no wait is without an end.
 */
export function notBefore(calendar: Calendar, now: Instant): Instant | undefined {
  const start = millisOf(now);
  const clock = clockIn(calendar.timeZone);
  let at = start;
  while (at < start + YEAR) {
    const thawed = thaw(calendar, at);
    const rest = thawed > at ? 0 : untilStaffed(calendar, clock(at));
    if (thawed === at && rest === 0) return at === start ? undefined : instantOf(at);
    at = thawed > at ? thawed : nextLook(at, rest);
  }
  return instantOf(start + YEAR);
}

/** The end of what is frozen now, or now. */
function thaw({ freezes }: Calendar, at: number): number {
  const ends = freezes
    .filter(({ from, to }) => millisOf(from) <= at && at < millisOf(to))
    .map(({ to }) => millisOf(to));
  return Math.max(at, ...ends);
}

interface Clock {
  readonly day: number; // 1 is Monday
  readonly minute: number; // of the day
}

/** Minutes on the wall clock until somebody may be there: exact but for a clock put forward or back meanwhile. */
function untilStaffed({ days, from, to }: Calendar, { day, minute }: Clock): number {
  const midnight = 24 * 60 - minute;
  if (!days.includes(day) || minute >= to * 60) return midnight;
  return Math.max(0, from * 60 - minute);
}

/** Goes most of the way in one step, and the rest by quarters, so that a clock put forward is not missed. */
function nextLook(at: number, minutes: number): number {
  const sure = at + Math.max(0, minutes - SHIFT) * MINUTE;
  return (Math.floor(sure / QUARTER) + 1) * QUARTER;
}

const formatIn = remembered(
  (timeZone) =>
    new Intl.DateTimeFormat("en-GB", {
      timeZone,
      weekday: "short",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    }),
  100,
);

function clockIn(timeZone: string): (at: number) => Clock {
  const format = formatIn(timeZone);
  return (at) => {
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
    return {
      day: DAYS.indexOf(parts["weekday"] ?? "") + 1,
      minute: Number(parts["hour"]) * 60 + Number(parts["minute"]),
    };
  };
}
