import { isDone, markDone, type Source } from "@leasehold/app/import";
import type { IngestPorts } from "@leasehold/app/ingest";
import type { World } from "@leasehold/app/world";
import { digest, type Instant } from "@leasehold/core/kernel";
import { createBatch, sortedOut } from "./batch.ts";
import type { Item } from "./model.ts";
import type { Summary } from "./replay.ts";
import { createTally } from "./tally.ts";
import { type Hearing, understanding } from "./understand.ts";

/** One thing that is read whole and marked when it was: a file, or an object of a bucket. */
export interface TrailObject extends Source {
  readonly name: string; // as it is shown
  readonly size: number;
  items(): AsyncIterable<Item>;
}

/** Gathers how credentials were used, out of every record of one source object; `end` comes before the object's mark. */
export interface Gathering {
  take(record: unknown): void;
  end(): Promise<void>;
}
export type Gather = (sourceObject: string) => Gathering;

export interface TrailImport {
  readonly world: IngestPorts & Pick<World, "marks">;
  readonly connectors: readonly Hearing[];
  readonly objects: AsyncIterable<TrailObject> | Iterable<TrailObject>;
  readonly total?: number; // of files, where it is known before
  readonly now: Instant;
  readonly again?: boolean; // also what was read before
  readonly gather?: Gather;
  readonly onProgress?: (progress: TrailProgress) => void;
}
export interface TrailProgress {
  readonly files: number;
  readonly of: number | undefined;
  readonly records: number;
  readonly signals: number;
  readonly subjects: number;
}
export interface TrailSummary extends Summary {
  readonly skipped: number; // read by an earlier run, and the same since
}

const EVERY = 10_000; // records, within one file

/**
 * Reads a trail's files into the graph, one after the other. Each is marked after all of it was joined, so that a run that
 * was killed goes on with the file that it was at. What had a fault in it bears no mark: the next run reads it again.
 */
export async function importTrail(asked: TrailImport): Promise<TrailSummary> {
  const { world, connectors, now, onProgress } = asked;
  const tally = createTally();
  const batch = createBatch(world, now);
  const understand = understanding(connectors);
  const heard = digest(connectors.map(({ id }) => id).sort()); // who listens now may not have listened then
  const count = { files: 0, skipped: 0, records: 0 };
  const tell = () => {
    const { signals, subjects } = batch.joined();
    onProgress?.({ files: count.files + count.skipped, of: asked.total, records: count.records, signals, subjects });
  };
  for await (const object of asked.objects) {
    const source = { source: object.source, stamp: `${object.stamp}/${heard}` };
    if (asked.again !== true && (await isDone(world, source))) {
      count.skipped += 1;
      continue;
    }
    const faults = tally.counted().faults.total;
    const from = count.records;
    const gathering = asked.gather?.(object.source);
    for await (const item of object.items()) {
      count.records += 1;
      if ("record" in item) gathering?.take(item.record);
      await batch.add(sortedOut(item, understand, tally));
      if ((count.records - from) % EVERY === 0) tell();
    }
    await batch.flush();
    await gathering?.end();
    count.files += 1;
    if (tally.counted().faults.total === faults) await markDone(world, source, now, { records: count.records - from });
    tell();
  }
  return { ...count, ...batch.joined(), ...tally.counted() };
}
