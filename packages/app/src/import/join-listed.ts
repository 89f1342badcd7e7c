import type { Instant } from "@leasehold/core/kernel";
import type { Signal } from "@leasehold/core/signal";
import { type IngestPorts, ingest } from "../ingest/index.ts";
import { newsIn } from "../sweep/index.ts";

export interface ListedAt {
  readonly asOf: Instant; // when the list was made
  readonly now: Instant;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}
export interface Joined {
  readonly signals: number; // that said something new
  readonly aside: number;
  readonly writes: number;
}

const AT_ONCE = 200; // signals

/** A list out of a file joins as history. Only what says something new is written, so that a file told again changes nothing. */
export async function joinListed(
  world: IngestPorts,
  signals: readonly Signal[],
  { asOf, now, onProgress }: ListedAt,
): Promise<Joined> {
  const sum = { signals: 0, aside: 0, writes: 0 };
  for (let at = 0; at < signals.length; at += AT_ONCE) {
    const news = await newsIn(world, signals.slice(at, at + AT_ONCE), { now: asOf, installed: now });
    const { aside, writes } = await ingest(world, news.signals, { live: false, recordedAt: now });
    sum.signals += news.signals.length;
    sum.aside += aside;
    sum.writes += writes;
    onProgress?.(Math.min(at + AT_ONCE, signals.length), signals.length);
  }
  return sum;
}
