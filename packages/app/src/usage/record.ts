import { later } from "@leasehold/core/kernel";
import { createTally, KEPT_DAYS, type Use } from "@leasehold/core/usage";
import type { World } from "../world/index.ts";

export interface Reading {
  /** A trail file by what is in it, a batch's id, an event's id: the same name is the same content. */
  readonly sourceObject: string;
  readonly uses: readonly Use[]; // every one of that object
  readonly approximate: boolean; // it came over a bus
  readonly live?: true; // it happens now, and is no history
}
export interface Recorded {
  readonly calls: number; // told apart by their event ids
  readonly records: number;
  readonly tooOld: number; // calls from before the days that are kept
  readonly ahead: number; // calls dated in the future: they are recorded when the object is read again in their time
}

/** The calls of one source object as they are read, where all at once would be too many to hold. */
export interface OpenReading {
  take(use: Use): boolean; // whether it is of the days that are kept
  record(source: Omit<Reading, "uses">): Promise<Recorded>;
}

const AHEAD = 10 / 60; // hours; clocks differ by less

type Ports = Pick<World, "usage" | "clock">;

/** Counts the calls of one source object. The same object any number of times, in any order, is that object once. */
export function recordUsage(ports: Ports, { uses, ...source }: Reading): Promise<Recorded> {
  const reading = openReading(ports);
  uses.forEach(reading.take);
  return reading.record(source);
}

export function openReading({ usage, clock }: Ports): OpenReading {
  const now = clock();
  const [oldest, newest] = [later(now, -24 * KEPT_DAYS), later(now, AHEAD)];
  const tally = createTally();
  const left = { tooOld: 0, ahead: 0 };
  return {
    take: (use) => {
      const wrong = use.at < oldest ? "tooOld" : use.at > newest ? "ahead" : undefined; // one from 2099 would be in use for ever
      if (wrong === undefined) tally.add(use);
      else left[wrong] += 1;
      return wrong === undefined;
    },
    record: async ({ sourceObject, approximate, live }) => {
      const records = tally.records();
      await usage.put({ id: sourceObject, approximate, ...(live && { live }) }, records, now);
      return { calls: records.reduce((sum, { count }) => sum + count, 0), records: records.length, ...left };
    },
  };
}
