import type { Told } from "./model.ts";
import { joinRefusals } from "./refusals.ts";
import { added, isNewer, keyOf, latest } from "./tally.ts";

/**
 * What all source objects together say. Calls that were counted in files are counted exactly; what the bus said of the same
 * hour are the same calls, so they are never added to them: of those only the instant of the last stays, where it is later.
 */
export function merge(told: readonly Told[]): readonly Told[] {
  const each = new Map<string, Told>();
  for (const one of told) {
    const key = keyOf(one);
    const before = each.get(key);
    each.set(key, before === undefined ? one : joined(before, one));
  }
  return [...each].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

function joined(a: Told, b: Told): Told {
  if (a.approximate === b.approximate) return { ...added(a, b), approximate: a.approximate };
  const [exact, heard] = a.approximate ? [b, a] : [a, b];
  const newer = isNewer(exact, heard) ? exact : heard;
  return {
    ...{ ...exact, last: newer.last, eventId: newer.eventId, lastDone: latest(exact.lastDone, heard.lastDone) },
    ...joinRefusals(a, b),
  };
}
