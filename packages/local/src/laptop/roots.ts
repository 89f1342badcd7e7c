import { existsSync } from "node:fs";
import { appendFile, readFile } from "node:fs/promises";
import type { RootKeeper } from "@leasehold/app/world";
import { type Head, type KeptRoot, keptIn } from "@leasehold/core/trail";

/** Beside the store, so that a copy of the store alone brings no roots along that fit it. */
export const rootsFile = (store: string): string => `${store}.roots.jsonl`;

export interface Beside {
  readonly roots: readonly KeptRoot[]; // oldest first
  readonly unread: number; // lines that are none: cut off at their writing, or somebody's hand
}

/** One line for each day on which a trail moved. Only ever added to; whoever wants it out of reach copies it away. */
export function rootsBeside(store: string): RootKeeper {
  const path = rootsFile(store);
  return {
    keep: (_key, text) => appendFile(path, `\n${text}\n`), // on a line of its own, also after one that was cut off
    last: async () => {
      const last = new Map<string, Head>();
      for (const { trail, entries, hash } of (await keptBeside(path)).roots) last.set(trail, { n: entries, hash });
      return last;
    },
  };
}

export async function keptBeside(path: string): Promise<Beside> {
  if (!existsSync(path)) return { roots: [], unread: 0 };
  const lines = (await readFile(path, "utf8")).split("\n").filter((line) => line !== "");
  const read = lines.map(readLine);
  return { roots: read.flatMap((one) => one ?? []), unread: read.filter((one) => one === undefined).length };
}

function readLine(line: string): readonly KeptRoot[] | undefined {
  try {
    return keptIn(JSON.parse(line));
  } catch {
    return undefined;
  }
}
