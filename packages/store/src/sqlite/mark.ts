import type { File } from "../file/index.ts";

/** Stays the same as long as nobody writes to the file: not this process, and no other. */
export function marking({ db }: File): () => string {
  const others = db.prepare("PRAGMA data_version");
  const own = db.prepare("SELECT total_changes() AS n");
  return () => `${others.get()?.["data_version"]}/${own.get()?.["n"]}`;
}
