import type { Store } from "@leasehold/app/world";
import type { Clock } from "@leasehold/core/kernel";
import type { File } from "../file/index.ts";
import { createStore } from "../repository/index.ts";
import { sqliteArchive } from "./archive.ts";
import { grouped } from "./group.ts";
import { sqliteTable } from "./sqlite.ts";
import { type Over, together } from "./together.ts";

/** The laptop's store: table and archive in one file, and in one group commit. */
export function sqliteStore(file: File, clock: Clock): Store {
  const commit = grouped(file);
  const over = ({ heard, ...parts }: Over) => ({ ...createStore({ ...parts, clock }), ...(heard && { heard }) });
  const direct = over({ table: sqliteTable(file, commit), archive: sqliteArchive(file, commit) });
  return { ...direct, together: together(file, direct, over) };
}
