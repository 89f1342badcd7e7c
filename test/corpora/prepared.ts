import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { connectors as registry } from "@leasehold/connectors";
import { type Item, readHistory } from "@leasehold/local/history";
import { corpora } from "./folder.ts";

export const connectors = await Promise.all(Object.values(registry).map((load) => load()));

/** Every file of one system, as its owner would hand it to us: those who collected some of them had wrapped each record. */
export interface System {
  readonly name: string;
  readonly paths: readonly string[];
  readonly items: readonly Item[];
}

const READABLE = /[.](json|ndjson|log)$/;

/** Wrapped files are written anew below `scratch`, a record on each line; all others stay where they are. */
export async function prepared(scratch: string): Promise<readonly System[]> {
  const names = readdirSync(corpora(), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return Promise.all(names.map(({ name }) => systemOf(name, scratch)));
}

async function systemOf(name: string, scratch: string): Promise<System> {
  const home = join(corpora(), name);
  const files = readdirSync(home, { recursive: true, encoding: "utf8" }).filter((file) => READABLE.test(file));
  const paths: string[] = [];
  for (const file of files.sort()) {
    const path = join(home, file);
    const records = (await all(path)).flatMap((item) => ("record" in item ? unwrapped(item.record) : []));
    paths.push(records.length === 0 ? path : rewritten(join(scratch, name), `${paths.length}.ndjson`, records));
  }
  return { name, paths, items: (await Promise.all(paths.map(all))).flat() };
}

function rewritten(folder: string, name: string, records: readonly unknown[]): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, records.map((record) => JSON.stringify(record)).join("\n"));
  return path;
}

async function all(path: string): Promise<readonly Item[]> {
  const items: Item[] = [];
  for await (const item of readHistory([path])) items.push(item);
  return items;
}

/** `{"_raw":"…"}`, `{"events":[{"message":"…"}]}`, `{"events":[{"json":{…}}]}`; nothing where it is not wrapped. */
function unwrapped(record: unknown): readonly unknown[] {
  if (typeof record !== "object" || record === null) return [];
  const { _raw, events } = record as { _raw?: unknown; events?: unknown };
  if (typeof _raw === "string") return parsed(_raw);
  if (!Array.isArray(events)) return [];
  return events.flatMap((event: { message?: unknown; json?: unknown } | null) => {
    if (typeof event?.message === "string") return parsed(event.message);
    return event?.json === undefined ? [] : [event.json];
  });
}

function parsed(text: string): readonly unknown[] {
  try {
    return [JSON.parse(text)];
  } catch {
    return [{ text }]; // other systems write other things than JSON
  }
}
