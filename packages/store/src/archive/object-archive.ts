import { gunzipSync, gzipSync } from "node:zlib";
import type { Archive, Archived } from "@leasehold/app/world";
import { digest, Instant } from "@leasehold/core/kernel";
import { cursorOf, placeOf } from "../table/index.ts";
import { admit } from "./admit.ts";
import type { Objects } from "./objects.ts";

const PREFIX = "signals/";
const BATCHES = 10; // objects to a page

/**
 * The archive as objects, each one append. Its key is the time and the digest of what is in it: the same append again
 * is the same object. Within one millisecond the order is that of the digests, which no reader may care about.
 */
export function objectArchive(objects: Objects, batches = BATCHES): Archive {
  return {
    append: async (signals, recordedAt) => {
      if (signals.length === 0) return;
      const lines = signals.map((signal) => JSON.stringify({ recordedAt, signal: admit(signal) }));
      await objects.put(keyOf(recordedAt, lines), gzipSync(lines.join("\n")), true);
    },
    read: async (cursor) => {
      const [after] = placeOf(cursor, "archive", 1) ?? [];
      const keys = (await objects.list(PREFIX, after)).slice(0, batches);
      const batch = await Promise.all(keys.map((key) => readBatch(objects, key)));
      const last = keys.at(-1);
      return { items: batch.flat(), next: last && cursorOf("archive", last) };
    },
  };
}

/** Text order is time order; without marks that a file system or a URL would mind. */
function keyOf(recordedAt: Instant, lines: readonly string[]): string {
  const [day, time = ""] = recordedAt.split("T");
  return `${PREFIX}${day}/${time.replace(/[:.Z]/g, "")}-${digest(lines)}.ndjson.gz`;
}

async function readBatch(objects: Objects, key: string): Promise<readonly Archived[]> {
  const bytes = await objects.get(key);
  if (bytes === undefined) return [];
  return gunzipSync(bytes).toString().split("\n").map(archived);
}

function archived(line: string): Archived {
  const { recordedAt, signal } = JSON.parse(line);
  return { recordedAt: Instant.parse(recordedAt), signal: admit(signal) };
}
