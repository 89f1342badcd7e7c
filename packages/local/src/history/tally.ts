import type { Signal } from "@leasehold/core/signal";
import type { Place } from "./model.ts";

export interface Reason {
  readonly reason: string;
  readonly count: number;
  readonly first: readonly Place[];
}
export interface Trouble extends Place {
  readonly reason: string;
}

const REASONS = 1_000; // names of events are the file's own words: there may be any number
const PLACES = 3;
const TROUBLES = 100;
const REST = "for one of many other reasons";

/** Counts what became of every record, and remembers so little that a file of any size can be counted. */
export function createTally() {
  const ignored = new Map<string, { count: number; first: Place[] }>();
  const understood = new Map<string, Map<string, number>>();
  const troubles: Trouble[] = [];
  let broken = 0;
  return {
    ignore: (reason: string, place: Place) => {
      const known = ignored.has(reason) || ignored.size < REASONS ? reason : REST;
      const entry = ignored.get(known) ?? { count: 0, first: [] };
      entry.count += 1;
      if (entry.first.length < PLACES) entry.first.push(place);
      ignored.set(known, entry);
    },
    trouble: (reason: string, place: Place) => {
      broken += 1;
      if (troubles.length < TROUBLES) troubles.push({ ...place, reason });
    },
    understand: (connector: string, signals: readonly Signal[]) => {
      const kinds = understood.get(connector) ?? new Map<string, number>();
      for (const { kind } of signals) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      understood.set(connector, kinds);
    },
    counted: () => ({
      understood: Object.fromEntries([...understood].map(([id, kinds]) => [id, Object.fromEntries(kinds)])),
      ignored: [...ignored].map(([reason, entry]) => ({ reason, ...entry })).sort((a, b) => b.count - a.count),
      faults: { total: broken, first: [...troubles] },
    }),
  };
}
