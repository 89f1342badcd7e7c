import { type IngestPorts, ingest } from "@leasehold/app/ingest";
import type { Instant } from "@leasehold/core/kernel";
import { contributions } from "@leasehold/core/lineage";
import type { Signal } from "@leasehold/core/signal";
import { historyFiles } from "./files.ts";
import type { Item } from "./model.ts";
import { type Input, readFiles } from "./read.ts";
import { createTally, type Reason, type Trouble } from "./tally.ts";
import { type Hearing, type Understood, understanding } from "./understand.ts";

export interface Replay {
  readonly world: IngestPorts;
  readonly connectors: readonly Hearing[];
  readonly paths: readonly string[];
  readonly stdin?: Input | undefined;
  readonly now: Instant;
  readonly onProgress?: (progress: Progress) => void;
}
export interface Progress {
  readonly records: number;
  readonly bytes: number; // as they stand in the files, packed or not
  readonly total: number; // of the standard input nothing is known
}

export interface Summary {
  readonly files: number;
  readonly records: number; // broken ones among them
  readonly signals: number;
  readonly aside: number; // dated in the future: they join when their time comes
  readonly understood: Readonly<Record<string, Readonly<Record<string, number>>>>; // connector, kind
  readonly ignored: readonly Reason[]; // the most frequent first
  readonly faults: { readonly total: number; readonly first: readonly Trouble[] };
  readonly subjects: number; // of which something was said
  readonly writes: number; // of subjects; none where all was known
}

const BATCH = 200; // signals
const EVERY = 1_000; // records

/**
 * History changes the graph only: it opens no case and tells nobody. A record is applied whole or not at all, and what
 * was applied before a fault stays; the same again changes nothing.
 */
export async function replay({ world, connectors, paths, stdin, now, onProgress }: Replay): Promise<Summary> {
  const files = await historyFiles(paths);
  const total = files.reduce((sum, { size }) => sum + size, 0);
  const tally = createTally();
  const batch = createBatch(world, now);
  const understand = understanding(connectors);
  let [records, bytes] = [0, 0];

  for await (const item of readFiles(files, stdin)) {
    records += 1;
    bytes = item.bytes;
    await batch.add(sortedOut(item, understand, tally));
    if (records % EVERY === 0) onProgress?.({ records, bytes, total });
  }
  await batch.flush();
  onProgress?.({ records, bytes: Math.max(bytes, total), total });
  return { files: files.length, records, ...batch.joined(), ...tally.counted() };
}

/** The signals of one record, if all of it could be read. */
function sortedOut(
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

function createBatch(world: IngestPorts, recordedAt: Instant) {
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
