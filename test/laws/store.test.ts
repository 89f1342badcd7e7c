import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { folderObjects, objectArchive } from "@leasehold/store/archive";
import { openFile } from "@leasehold/store/file";
import { grouped, sqliteArchive, sqliteTable } from "@leasehold/store/sqlite";
import { memoryArchive, memoryTable } from "../support/memory-table.ts";
import { STORE_PARTS } from "../support/store/index.ts";
import { storeContract } from "../support/store-contract.ts";

function onSqlite(path: string) {
  const file = openFile(path);
  const commit = grouped(file);
  return { file, table: sqliteTable(file, commit), archive: sqliteArchive(file, commit) };
}

storeContract(
  "SQLite, in memory",
  async () => {
    const { file, ...parts } = onSqlite(":memory:");
    return { ...parts, close: () => file.close() };
  },
  STORE_PARTS,
);

storeContract(
  "a table without a file, which long laws stand on",
  async () => ({ table: memoryTable(), archive: memoryArchive(), close: () => {} }),
  STORE_PARTS,
);

storeContract(
  "SQLite, in a file, with the archive in a directory",
  async () => {
    const home = mkdtempSync(join(tmpdir(), "leasehold-store-"));
    const { file, table } = onSqlite(join(home, "store.db"));
    const close = () => {
      file.close();
      rmSync(home, { recursive: true });
    };
    return { table, archive: objectArchive(folderObjects(join(home, "objects"))), close };
  },
  STORE_PARTS,
);
