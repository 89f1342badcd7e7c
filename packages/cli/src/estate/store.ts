import { existsSync, mkdirSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { badInput } from "@leasehold/core/kernel";
import type { Call } from "../command/index.ts";

/** Which file it is about: what is named, or the demo's own, or the real estate's own. They are never the same. */
export function storeOf({ flags, io }: Pick<Call, "flags" | "io">): string {
  const named = flags["store"];
  if (typeof named === "string") return resolve(io.cwd, named);
  return resolve(io.cwd, ".leasehold", flags["config"] === undefined ? "demo.db" : "leasehold.db");
}

/** A question about a store that is not there makes none. */
export function expectStore(path: string, creates: boolean): void {
  if (existsSync(path)) {
    if (statSync(path).isDirectory()) throw badInput("the store is a directory: name a file in it", { store: path });
    return;
  }
  if (!creates) throw badInput("no store here yet: run `leasehold start`", { store: path });
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch {
    throw badInput("the store's directory cannot be made", { store: path });
  }
}
