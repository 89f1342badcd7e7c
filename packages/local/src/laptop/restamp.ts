import { instantOf, millisOf } from "@leasehold/core/kernel";

const TIMES = ["time", "eventTime", "published"];

/** Events as if the last of them happened now: every vendor's own time of the event moves by as much, and nothing else does. */
export function restamp(events: readonly unknown[], now: string): readonly unknown[] {
  const times = events.flatMap(timesOf);
  if (times.length === 0) return events;
  const by = millisOf(now) - times.reduce((a, b) => Math.max(a, b));
  return events.map((event) => moved(event, by));
}

function timesOf(event: unknown): readonly number[] {
  const { time, detail } = event as { time?: unknown; detail?: Record<string, unknown> };
  return [time, detail?.["eventTime"], detail?.["published"]]
    .map((one) => (typeof one === "string" ? millisOf(one) : Number.NaN))
    .filter((millis) => !Number.isNaN(millis));
}

function moved(event: unknown, by: number): unknown {
  if (event === null || typeof event !== "object" || Array.isArray(event)) return event;
  const entries = Object.entries(event).map(([key, value]) => {
    if (key === "detail") return [key, moved(value, by)];
    const millis = TIMES.includes(key) && typeof value === "string" ? millisOf(value) : Number.NaN;
    return [key, Number.isNaN(millis) ? value : instantOf(millis + by)];
  });
  return Object.fromEntries(entries);
}
