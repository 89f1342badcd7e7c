import { remembered } from "./remembered.ts";
import { type Instant, millisOf } from "./time.ts";

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en-GB", { timeZone: name });
    return true;
  } catch {
    return false; // the only thing that it can say about a name
  }
}

/** For a person: `Thu 5 Nov 2026, 10:00 (Europe/Berlin)`. The zone is named, so that nobody takes it for another. */
export function localTime(at: Instant, timeZone: string): string {
  const parts = formatIn(timeZone).formatToParts(millisOf(at));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? "";
  const day = [part("weekday"), part("day"), part("month"), part("year")].join(" ");
  return `${day}, ${part("hour")}:${part("minute")} (${timeZone})`;
}

const formatIn = remembered(
  (timeZone) =>
    new Intl.DateTimeFormat("en-GB", {
      ...{ timeZone, weekday: "short", day: "numeric", month: "short", year: "numeric" },
      ...{ hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
    }),
  100,
);
