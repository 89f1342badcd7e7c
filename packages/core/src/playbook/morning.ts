import { type Instant, instantOf, millisOf } from "../kernel/index.ts";
import { clockIn } from "./wall-clock.ts";

const MINUTE = 60_000;
const DAY = 24 * 60; // minutes

/** The next time that it is this hour on their clock. Where the clock is put forward over it, as soon after as there is a time. */
export function morningAfter(timeZone: string, hour: number, now: Instant): Instant {
  const clock = clockIn(timeZone);
  const start = Math.floor(millisOf(now) / MINUTE) * MINUTE;
  const ahead = (((hour * 60 - clock(start).minute) % DAY) + DAY) % DAY || DAY;
  const about = start + ahead * MINUTE;
  const late = clock(about).minute - hour * 60; // the clock was put forward or back meanwhile
  const off = late > DAY / 2 ? late - DAY : late < -DAY / 2 ? late + DAY : late;
  const exact = about - off * MINUTE;
  return instantOf(clock(exact).minute === hour * 60 && exact > start ? exact : about);
}
