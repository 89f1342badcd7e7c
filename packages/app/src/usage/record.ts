import { later } from "@leasehold/core/kernel";
import { KEPT_DAYS, tally, type Use } from "@leasehold/core/usage";
import type { World } from "../world/index.ts";

export interface Reading {
  /** A trail file's key and etag, a batch's id, an event's id: the same name is the same content. */
  readonly sourceObject: string;
  readonly uses: readonly Use[]; // every one of that object
  readonly approximate: boolean; // it came over a bus
}
export interface Recorded {
  readonly calls: number; // told apart by their event ids
  readonly records: number;
  readonly tooOld: number; // calls from before the days that are kept
  readonly ahead: number; // calls dated in the future: they are recorded when the object is read again in their time
}

const AHEAD = 10 / 60; // hours; clocks differ by less

/** Counts the calls of one source object. The same object any number of times, in any order, is that object once. */
export async function recordUsage(
  { usage, clock }: Pick<World, "usage" | "clock">,
  { sourceObject, uses, approximate }: Reading,
): Promise<Recorded> {
  const now = clock();
  const [oldest, newest] = [later(now, -24 * KEPT_DAYS), later(now, AHEAD)];
  const tooOld = uses.filter(({ at }) => at < oldest).length;
  const ahead = uses.filter(({ at }) => at > newest).length; // one from 2099 would be in use for ever
  const records = tally(uses.filter(({ at }) => at >= oldest && at <= newest));
  await usage.put({ id: sourceObject, approximate }, records, now);
  return { calls: records.reduce((sum, { count }) => sum + count, 0), records: records.length, tooOld, ahead };
}
