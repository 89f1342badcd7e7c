import { type Heartbeat, type Pace, rateOf } from "@leasehold/core/feed";
import { hoursBetween, type Instant } from "@leasehold/core/kernel";
import type { World } from "../world/index.ts";
import { markOf, missedIn } from "./mark.ts";
import { silentNow } from "./watch.ts";

/** How fresh one source is. What never was is not there. */
export interface FeedView {
  readonly heard:
    | { readonly at: Instant; readonly ageHours: number; readonly pace: Pace; readonly hoursAWeek: number }
    | undefined; // by events: when, and in how many hours of a week something comes
  readonly polled:
    | { readonly at: Instant; readonly ageHours: number; readonly missed: Instant | undefined }
    | undefined;
  readonly silent: { readonly since: Instant; readonly because: string } | undefined;
}

export async function feedView(
  { marks, findings, clock }: Pick<World, "marks" | "findings" | "clock">,
  connector: string,
  heartbeats: readonly Heartbeat[],
): Promise<FeedView> {
  const heartbeat = heartbeats.find((one) => one.connector === connector);
  const mark = await marks.glance(markOf(connector));
  const silent = await silentNow({ findings }, connector);
  const aged = (at: Instant) => ({ at, ageHours: Math.max(0, Math.round(hoursBetween(at, clock()))) });
  return {
    heard: heartbeat && { ...aged(heartbeat.last), ...rateOf(heartbeat) },
    polled: mark && { ...aged(mark.at), missed: missedIn(mark) },
    silent: silent && { since: silent.at, because: String(silent.facts["because"]) },
  };
}
