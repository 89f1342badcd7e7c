import { remembered } from "../kernel/index.ts";

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

export interface Clock {
  readonly day: number; // 1 is Monday
  readonly minute: number; // of the day
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

/** What the clock on the wall shows in a time zone, at an instant in milliseconds. */
export function clockIn(timeZone: string): (at: number) => Clock {
  const format = formatIn(timeZone);
  return (at) => {
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
    return {
      day: DAYS.indexOf(parts["weekday"] ?? "") + 1,
      minute: Number(parts["hour"]) * 60 + Number(parts["minute"]),
    };
  };
}
