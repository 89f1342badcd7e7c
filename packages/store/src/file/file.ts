import { DatabaseSync } from "node:sqlite";
import { badInput, Fault } from "@leasehold/core/kernel";

/** The release of the file's layout; a file of a later one is refused, never guessed at. */
export const LAYOUT = 1;

/** The one file of the laptop: graph, archive, outbox, deliveries, executions, timers and trail. */
export interface File {
  readonly db: DatabaseSync;
  /** All or nothing, and on disk when it returns. A transaction inside another one joins it. */
  transaction<T>(run: () => T): T;
  close(): void;
}

export function openFile(path: string): File {
  const db = opened(path);
  let depth = 0;
  return {
    db,
    transaction: (run) => {
      if (depth > 0) return run();
      depth += 1;
      try {
        return explained(() => inside(db, run));
      } finally {
        depth -= 1;
      }
    },
    close: () => db.close(),
  };
}

function opened(path: string): DatabaseSync {
  return explained(() => {
    const db = new DatabaseSync(path, { timeout: 10_000 });
    db.exec("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;");
    const layout = Number(db.prepare("PRAGMA user_version").get()?.["user_version"] ?? 0);
    if (layout > LAYOUT) {
      db.close();
      throw badInput("the store file was written by a later version: install that version, or name another file", {
        layout,
        readable: LAYOUT,
      });
    }
    db.exec(`PRAGMA user_version=${LAYOUT}`);
    return db;
  });
}

function inside<T>(db: DatabaseSync, run: () => T): T {
  db.exec("BEGIN IMMEDIATE");
  try {
    const result = run();
    db.exec("COMMIT");
    return result;
  } catch (error) {
    if (db.isTransaction) db.exec("ROLLBACK");
    throw error;
  }
}

const FULL = 13; // SQLITE_FULL
const BUSY = 5;
const NOT_A_DATABASE = 26;
const IO_ERROR = 10;

/** SQLite's words become ours. What it quotes stays in the cause. */
export function explained<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    const code = Number((error as { errcode?: number }).errcode ?? 0) & 0xff;
    if (code === FULL || code === IO_ERROR)
      throw new Fault("StoreFull", "the store could not be written: free disk space, then run again", { code }, error);
    if (code === BUSY) throw new Fault("Unavailable", "another process holds the store", { code }, error);
    if (code === NOT_A_DATABASE) throw badInput("the store file is not a Leasehold store: name another file");
    throw error;
  }
}
