import type { Refused } from "./model.ts";

export const MOST_REFUSALS = 8; // of a record: whoever tries everything must not make it large

interface With {
  readonly refusals?: readonly Refused[];
}

/** The latest of each kind, the latest first, and of all of them the latest few: in whatever order they are joined, the same. */
export function joinRefusals(...all: readonly With[]): With {
  const each = new Map<string, Refused>();
  for (const one of all.flatMap(({ refusals = [] }) => refusals)) {
    const { at: _, eventId: __, ...kind } = one;
    const key = JSON.stringify(Object.entries(kind).sort());
    const before = each.get(key);
    if (before === undefined || byLatest(one, before) < 0) each.set(key, one);
  }
  return each.size === 0 ? {} : { refusals: [...each.values()].sort(byLatest).slice(0, MOST_REFUSALS) };
}

const byLatest = (a: Refused, b: Refused) =>
  order(b.at, a.at) || order(b.eventId, a.eventId) || order(words(a), words(b));
const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const words = (one: Refused) => JSON.stringify(Object.entries(one).sort());
