import type { IngestPorts } from "@leasehold/app/ingest";
import type { Instant } from "@leasehold/core/kernel";
import { createBatch, sortedOut } from "./batch.ts";
import { historyFiles } from "./files.ts";
import { type Input, readFiles } from "./read.ts";
import { createTally, type Reason, type Trouble } from "./tally.ts";
import { type Hearing, understanding } from "./understand.ts";

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
