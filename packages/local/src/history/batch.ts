import { type IngestPorts, ingest } from "@leasehold/app/ingest";
import type { Instant } from "@leasehold/core/kernel";
import { contributions } from "@leasehold/core/lineage";
import type { Signal } from "@leasehold/core/signal";
import type { Item } from "./model.ts";
import type { createTally } from "./tally.ts";
import type { Understood } from "./understand.ts";

const BATCH = 200; // signals

/** The signals of one record, if all of it could be read. */
export function sortedOut(
  item: Item,
  understand: (record: unknown) => readonly Understood[],
  tally: ReturnType<typeof createTally>,
): readonly Signal[] {
  if ("broken" in item) {
    tally.trouble(item.broken, item.place);
    return [];
  }
  const all = understand(item.record);
  const refused = all.find((one) => "refused" in one);
  if (refused !== undefined) {
    tally.trouble(refused.refused, item.place);
    return [];
  }
  return all.flatMap((one) => {
    if ("ignored" in one) tally.ignore(one.ignored, item.place);
    if (!("signals" in one)) return [];
    tally.understand(one.connector, one.signals);
    return one.signals;
  });
}

/** Joins as history: a record is applied whole or not at all, and nobody is told. */
export function createBatch(world: IngestPorts, recordedAt: Instant) {
  const waiting: Signal[] = [];
  const subjects = new Set<string>();
  const sum = { signals: 0, aside: 0, writes: 0 };
  const flush = async () => {
    if (waiting.length === 0) return;
    const signals = waiting.splice(0);
    const { aside, writes } = await ingest(world, signals, { live: false, recordedAt });
    for (const { subject } of signals.flatMap(contributions)) subjects.add(subject.id);
    sum.signals += signals.length;
    sum.aside += aside;
    sum.writes += writes;
  };
  return {
    add: async (signals: readonly Signal[]) => {
      waiting.push(...signals);
      if (waiting.length >= BATCH) await flush();
    },
    flush,
    joined: () => ({ ...sum, subjects: subjects.size }),
  };
}
