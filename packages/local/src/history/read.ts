import { createReadStream } from "node:fs";
import { isDamaged, recordsIn } from "@leasehold/connectors/kit";
import { badInput } from "@leasehold/core/kernel";
import { type HistoryFile, historyFiles } from "./files.ts";
import type { Item } from "./model.ts";

export type Input = AsyncIterable<Uint8Array>;

/** Every record of files, directories and, for `-`, the standard input, one at a time, in bounded memory. */
export async function* readHistory(paths: readonly string[], stdin?: Input): AsyncGenerator<Item> {
  yield* readFiles(await historyFiles(paths), stdin);
}

export async function* readFiles(files: readonly HistoryFile[], stdin?: Input): AsyncGenerator<Item> {
  const meter = { bytes: 0 };
  for (const file of files) {
    if (file.path === undefined || !file.regular || !(await isDamaged(createReadStream(file.path)))) {
      yield* readOne(file, sourceOf(file, stdin), meter);
      continue;
    }
    meter.bytes += file.size;
    yield { place: { file: file.name, line: 1 }, bytes: meter.bytes, broken: "malformed gzip" };
  }
}

/** Every record of an object that was fetched, looked over for damage as a file is. */
export async function* readBytes(name: string, bytes: Uint8Array): AsyncGenerator<Item> {
  const whole = async function* () {
    yield bytes;
  };
  if (await isDamaged(whole())) yield { place: { file: name, line: 1 }, bytes: bytes.length, broken: "malformed gzip" };
  else yield* readOne({ name }, whole(), { bytes: 0 });
}

interface Meter {
  bytes: number; // as they stand in the files, packed or not
}

function sourceOf({ path }: HistoryFile, stdin: Input | undefined): Input {
  if (path !== undefined) return createReadStream(path);
  if (stdin === undefined) throw badInput("there is no standard input to read: name a file or a directory");
  return stdin;
}

async function* readOne({ name }: Pick<HistoryFile, "name">, source: Input, meter: Meter): AsyncGenerator<Item> {
  for await (const { line, index, ...read } of recordsIn(metered(source, meter)))
    yield { place: { file: name, line, ...(index !== undefined && { index }) }, bytes: meter.bytes, ...read };
}

async function* metered(source: Input, meter: Meter): AsyncGenerator<Uint8Array> {
  for await (const bytes of source) {
    meter.bytes += bytes.length;
    yield bytes;
  }
}
