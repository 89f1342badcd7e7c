import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { digest, instantOf } from "@leasehold/core/kernel";
import { historyFiles, isTrail } from "./files.ts";
import type { TrailObject } from "./import-trail.ts";
import { readFiles } from "./read.ts";

/** The files below a directory, each known again by its path, its size and the time of its last change. */
export async function trailFiles(path: string): Promise<readonly TrailObject[]> {
  const files = (await historyFiles([path])).filter(({ name }) => name === path || isTrail(name));
  return Promise.all(
    files.map(async (file) => ({
      source: `trail/${digest(resolve(file.name))}`, // a path may be longer than a key
      stamp: `${file.size}/${await changedAt(file.name)}`,
      name: file.name,
      size: file.size,
      items: () => readFiles([file]),
    })),
  );
}

/** Gone since it was listed: reading it will tell. */
const changedAt = async (path: string): Promise<string> => {
  const there = await stat(path).catch(() => undefined);
  return there === undefined ? "gone" : instantOf(there.mtimeMs);
};
