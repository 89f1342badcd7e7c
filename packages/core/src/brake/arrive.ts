import { type CaseId, type Instant, instantOf, millisOf, timedId } from "../kernel/index.ts";
import { DAY, fullest, HOUR, KEPT, kept, most, withPerson } from "./buckets.ts";
import type { Actives } from "./lists.ts";
import type { AtBrake, Hold, Limits, Over, Window } from "./model.ts";
import { openBatch, standingTrip } from "./stops.ts";

/** A departure that is confirmed, before anything of it is acted on. */
export interface Arrival {
  readonly case: CaseId;
  readonly source: string; // the connector whose account left
  readonly occurredAt: Instant;
  readonly recordedAt: Instant; // when we first learned of it
}
export interface Arrived {
  readonly window: Window;
  readonly brake: AtBrake;
  readonly began?: Hold; // with it the brake tripped, or a batch began
}

/** It is counted, or held: late, or one too many, or come when the brake had tripped. `random`: ten bytes for a new hold. */
export function arrive(
  window: Window,
  arrival: Arrival,
  now: Instant,
  limits: Limits,
  actives: Actives,
  random: Uint8Array,
): Arrived {
  const least = most(limits.peopleAnHour, actives(now));
  const first = { at: now, by: arrival.case, people: 0 };
  if (isLate(arrival))
    return held(window, openBatch(window) ?? { id: timedId("bat", now, random), ...first, most: least });
  const trip = standingTrip(window);
  if (trip !== undefined) return held(window, trip);
  const at = countedAt(arrival, now);
  const over = tooMany(window, arrival.source, at, limits, actives);
  if (over !== undefined) return held(window, { id: timedId("trp", now, random), ...first, ...over });
  const buckets = withPerson(kept(window.buckets, now), at, arrival.source);
  return { window: { ...window, buckets }, brake: { as: "counted", at } };
}

/** A feed that was silent brings old departures: they say nothing about how many leave now, and are nobody's silent doing. */
const isLate = ({ occurredAt, recordedAt }: Arrival): boolean => millisOf(recordedAt) - millisOf(occurredAt) > HOUR;

/** One from before what is kept, or from a clock ahead of ours, counts among those of now. */
function countedAt({ recordedAt }: Arrival, now: Instant): Instant {
  return recordedAt > now || recordedAt < instantOf(millisOf(now) - KEPT) ? now : recordedAt;
}

function held(window: Window, into: Hold): Arrived {
  const hold: Hold = { ...into, people: into.people + 1 };
  const others = (window.holds ?? []).filter(({ id }) => id !== hold.id);
  return {
    window: { ...window, holds: [...others, hold] },
    brake: { as: "held", by: hold.id, nth: hold.people },
    ...(hold.people === 1 && { began: hold }),
  };
}

const SPANS = [
  ["peopleAnHour", HOUR],
  ["peopleADay", DAY],
] as const;

/** One more than the limit in any stretch that this departure stands in, of its source or of all. */
function tooMany(
  { buckets }: Window,
  source: string,
  at: Instant,
  limits: Limits,
  actives: Actives,
): { readonly over: Over; readonly most: number } | undefined {
  for (const [limit, span] of SPANS)
    for (const one of [source, undefined]) {
      const counted = fullest(buckets, at, span, one);
      const allowed = most(limits[limit], actives(instantOf(millisOf(at) - span), one));
      if (counted >= allowed) return { over: { limit, ...(one && { source: one }), counted }, most: allowed };
    }
  return undefined;
}
