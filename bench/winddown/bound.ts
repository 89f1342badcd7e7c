import type { Limit } from "@leasehold/core/pace";

/**
 * What any correct runner asks of a provider for one credential, whatever it is built like: how it stands and when it was last
 * used, before; once more how it stands, and the change (an action looks, compares, and changes only what differs); and, once that
 * could be seen everywhere, how it stands and whether it was used since. Whether its owner has left is asked of the directory, and
 * one answer may do for all that are theirs.
 */
export const LEAST = { before: 2, compare: 1, after: 2 } as const;
const IN_A_ROW = 3; // look, compare, change: each waits for the answer of the one before
const QUICKEST = 0.15; // seconds that a call takes at least

/** What comes to one provider. */
export interface Load {
  readonly limit: Pick<Limit, "calls" | "seconds" | "burst" | "change">;
  readonly settles: number; // seconds
  readonly credentials: number;
  readonly people: number; // that are asked of it
}

/** Seconds that no order of the calls goes below: those of the tightest bucket, or of one change that settles and is read back. */
export const boundOf = (loads: readonly Load[]): number => Math.max(...loads.map(ofOne));

function ofOne({ limit, settles, credentials, people }: Load): number {
  if (credentials + people === 0) return 0;
  const through = (calls: number) => (Math.max(0, calls - limit.burst) * limit.seconds) / (limit.calls - limit.burst);
  const changes = credentials * (LEAST.before + LEAST.compare + limit.change);
  const all = changes + credentials * LEAST.after + people;
  const changed = credentials === 0 ? 0 : Math.max(through(changes), IN_A_ROW * QUICKEST) + settles;
  return Math.max(changed, through(all)) + QUICKEST;
}
