import type { Memory } from "@leasehold/connectors/kit";
import { badInput } from "@leasehold/core/kernel";
import type { File } from "@leasehold/store/file";

export type Kind = "demo" | "real";

/** A file is the demo's or a real estate's from its first day on; the two never meet. */
export function claim({ db, transaction }: File, kind: Kind): void {
  transaction(() => {
    db.exec("CREATE TABLE IF NOT EXISTS laptop (one INTEGER PRIMARY KEY CHECK (one = 1), kind TEXT NOT NULL) STRICT");
    db.prepare("INSERT OR IGNORE INTO laptop (one, kind) VALUES (1, ?)").run(kind);
    const found = String(db.prepare("SELECT kind FROM laptop").get()?.["kind"]);
    if (found !== kind)
      throw badInput("this store file belongs to the other kind of estate: name another file", {
        is: found,
        asked: kind,
      });
  });
}

/** Which kind a file is; undefined where it is new. */
export function kindOf({ db }: File): Kind | undefined {
  const there = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'laptop'").get();
  return there && (db.prepare("SELECT kind FROM laptop").get()?.["kind"] as Kind | undefined);
}

/** Where a simulator's world stands. Read again wherever another process may have made an event happen there. */
export function memoryOf({ db, transaction }: File, id: string, begin: unknown): Memory<unknown> {
  transaction(() => {
    db.exec("CREATE TABLE IF NOT EXISTS simulators (id TEXT PRIMARY KEY, world TEXT NOT NULL) STRICT");
    if (begin !== undefined)
      db.prepare("INSERT OR IGNORE INTO simulators (id, world) VALUES (?, ?)").run(id, JSON.stringify(begin));
  });
  const get = db.prepare("SELECT world FROM simulators WHERE id = ?");
  const set = db.prepare(
    "INSERT INTO simulators (id, world) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET world = excluded.world",
  );
  const others = db.prepare("PRAGMA data_version"); // moves when somebody else has written
  let read: { readonly version: unknown; readonly world: unknown } | undefined;
  return {
    get: () => {
      const version = others.get()?.["data_version"];
      if (read?.version !== version) {
        const world = get.get(id)?.["world"];
        read = { version, world: world === undefined ? undefined : frozen(JSON.parse(String(world))) };
      }
      return read?.world;
    },
    set: (world) => {
      transaction(() => void set.run(id, JSON.stringify(world)));
      read = { version: others.get()?.["data_version"], world: frozen(world) };
    },
  };
}

/** Given to many, so that nobody may write in it. */
function frozen(node: unknown): unknown {
  if (typeof node !== "object" || node === null || Object.isFrozen(node)) return node;
  for (const value of Object.values(node)) frozen(value);
  return Object.freeze(node);
}

/** Only one process moves a file's work on; others write and leave it to that one. */
export function runner(
  { db, transaction }: File,
  pid: number,
  lives: (pid: number) => boolean,
): { isFree(): boolean; take(): boolean; leave(): void } {
  transaction(() =>
    db.exec("CREATE TABLE IF NOT EXISTS runner (one INTEGER PRIMARY KEY CHECK (one = 1), pid INTEGER NOT NULL) STRICT"),
  );
  const held = () => db.prepare("SELECT pid FROM runner").get()?.["pid"];
  const isFree = () => {
    const by = held();
    return typeof by !== "number" || by === pid || !lives(by);
  };
  return {
    isFree,
    take: () =>
      transaction(() => {
        if (!isFree()) return false;
        db.prepare(
          "INSERT INTO runner (one, pid) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET pid = excluded.pid",
        ).run(pid);
        return true;
      }),
    leave: () => transaction(() => void db.prepare("DELETE FROM runner WHERE pid = ?").run(pid)),
  };
}
