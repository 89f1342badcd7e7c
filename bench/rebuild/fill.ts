import { ingest } from "@leasehold/app/ingest";
import type { Signal } from "@leasehold/core/signal";
import { openFile } from "@leasehold/store/file";
import { sqliteStore } from "@leasehold/store/sqlite";
import { NOW, signals } from "./signals.ts";

const BATCH = 200; // signals, as `replay` takes them

/** A process of its own, so that what it needs is not counted as the rebuild's. */
const [path = "", count = ""] = process.argv.slice(2);
const file = openFile(path);
const store = sqliteStore(file, () => NOW);
let batch: Signal[] = [];
const flush = async () => {
  await ingest(store, batch, { live: false, recordedAt: NOW });
  batch = [];
};
for (const signal of signals(Number(count))) {
  batch.push(signal);
  if (batch.length === BATCH) await flush();
}
if (batch.length > 0) await flush();
file.close();
