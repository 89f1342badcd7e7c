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
    try {
      recognise(db);
      db.exec("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;");
      db.exec(`PRAGMA application_id=${MARK}; PRAGMA user_version=${LAYOUT};`);
      return db;
    } catch (error) {
      db.close();
      if (codeOf(error) === READ_ONLY)
        throw badInput("the store file cannot be written: look at its permissions and at its folder's", {
          store: path,
        });
      throw error;
    }
  });
}

const MARK = 0x4c454153; // "LEAS": whose file it is

/** Before anything is written: a file of somebody else is left as it is, and so is one of a later layout. */
function recognise(db: DatabaseSync): void {
  const number = (question: string) => Number(Object.values(db.prepare(question).get() ?? {})[0] ?? 0);
  const mark = number("PRAGMA application_id");
  if (mark !== MARK && (mark !== 0 || number("SELECT count(*) FROM sqlite_master") > 0)) throw notOurs();
  const layout = number("PRAGMA user_version");
  if (layout <= LAYOUT) return;
  throw badInput("the store file was written by a later version: install that version, or name another file", {
    layout,
    readable: LAYOUT,
  });
}

const notOurs = () => badInput("the store file is not a Leasehold store: name another file");

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
const CORRUPT = 11;
const CANNOT_OPEN = 14;
const IO_ERROR = 10;
const READ_ONLY = 8;

const codeOf = (error: unknown): number => Number((error as { errcode?: number }).errcode ?? 0) & 0xff;

/** SQLite's words become ours. What it quotes stays in the cause. */
export function explained<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    const code = codeOf(error);
    if (code === FULL || code === IO_ERROR)
      throw new Fault("StoreFull", "the store could not be written: free disk space, then run again", { code }, error);
    if (code === BUSY) throw new Fault("Unavailable", "another process holds the store", { code }, error);
    if (code === NOT_A_DATABASE) throw notOurs();
    if (code === CANNOT_OPEN) throw badInput("the store file cannot be opened: look at its path and permissions");
    if (code === CORRUPT)
      throw badInput("the store file is damaged: restore it from a copy, or name another file", { code });
    throw error;
  }
}
