import type { Store } from "@leasehold/app/world";
import type { Clock } from "@leasehold/core/kernel";
import type { File } from "../file/index.ts";
import { createStore } from "../repository/index.ts";
import { sqliteArchive } from "./archive.ts";
import { grouped } from "./group.ts";
import { sqliteTable } from "./sqlite.ts";

/** The laptop's store: table and archive in one file, and in one group commit. */
export function sqliteStore(file: File, clock: Clock): Store {
  const commit = grouped(file);
  return createStore({ table: sqliteTable(file, commit), archive: sqliteArchive(file, commit), clock });
}
