import { existsSync, rmSync } from "node:fs";
import { Fault } from "@leasehold/core/kernel";
import type { Call } from "../../command/index.ts";
import { storeOf, withLaptop } from "../../estate/index.ts";

export const isNew = (path: string): boolean => !existsSync(path);

/**
 * The story begins on its first day. What an earlier telling left is thrown away, where it is the demo's and nobody runs it;
 * opening it says whether it is: a store of another kind is refused there.
 */
export async function beginAnew(call: Call): Promise<void> {
  const path = storeOf(call);
  if (isNew(path)) return;
  const free = await withLaptop(call, "reads", (laptop) => Promise.resolve(laptop.isFree()));
  if (!free)
    throw new Fault("Unavailable", "another process runs the demo's store: end that one first", { store: path });
  for (const end of ["", "-wal", "-shm", ".roots.jsonl"]) rmSync(path + end, { force: true });
}
