import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { badInput } from "@leasehold/core/kernel";

/** A file to read, under the name by which its reader knows it. No path: the standard input. */
export interface HistoryFile {
  readonly name: string;
  readonly path: string | undefined;
  readonly size: number;
  readonly regular: boolean; // a pipe can be read once only
}

const READABLE = /[.](json|jsonl|ndjson|log)([.]gz)?$/i;

/** Called like a trail's file; its digests stand beside it under names of their own, and hold no record. */
export const isTrail = (name: string): boolean => READABLE.test(name) && !name.includes("CloudTrail-Digest");

/** What is named is read whatever it is called; of a directory, what is called like a history, in order of its names. */
export async function historyFiles(paths: readonly string[]): Promise<readonly HistoryFile[]> {
  const found: HistoryFile[] = [];
  for (const path of paths) {
    if (path === "-") found.push({ name: "-", path: undefined, size: 0, regular: false });
    else found.push(...(await under(path)));
  }
  return found;
}

async function under(path: string): Promise<readonly HistoryFile[]> {
  const there = await stat(path).catch(() => undefined);
  if (there === undefined) throw badInput("there is no file or directory of this name", { path });
  if (!there.isDirectory()) return [{ name: path, path, size: there.size, regular: there.isFile() }];
  // Links are not followed: they may lead in a circle.
  const entries = await readdir(path, { withFileTypes: true, recursive: true }).catch(() => {
    throw badInput("this directory, or one below it, cannot be read", { path });
  });
  const names = entries
    .filter((entry) => entry.isFile() && READABLE.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name));
  if (names.length === 0)
    throw badInput(
      "no file below this directory is called .json, .jsonl, .ndjson or .log, plain or .gz: name the files",
      {
        path,
      },
    );
  return Promise.all(names.sort().map(fileOf));
}

async function fileOf(name: string): Promise<HistoryFile> {
  const there = await stat(name).catch(() => undefined); // gone meanwhile: reading it will tell
  return { name, path: name, size: there?.size ?? 0, regular: true };
}
