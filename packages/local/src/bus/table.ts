import type { Instant } from "@leasehold/core/kernel";
import type { File } from "@leasehold/store/file";
import type { DeadLetter, Delivery } from "./model.ts";

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS bus_event (
    id TEXT PRIMARY KEY, source TEXT NOT NULL, time TEXT NOT NULL, keep INTEGER NOT NULL, body TEXT
  ) STRICT;
  CREATE INDEX IF NOT EXISTS bus_archive ON bus_event (time) WHERE keep = 1;
  CREATE TABLE IF NOT EXISTS bus_delivery (
    id INTEGER PRIMARY KEY, event TEXT NOT NULL REFERENCES bus_event (id), rule TEXT NOT NULL, target TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'dead')),
    attempts INTEGER NOT NULL DEFAULT 0, born TEXT NOT NULL, due TEXT NOT NULL, worker TEXT, fault TEXT
  ) STRICT;
  CREATE INDEX IF NOT EXISTS bus_due ON bus_delivery (state, due);
  CREATE INDEX IF NOT EXISTS bus_of_event ON bus_delivery (event);
`;

const CLAIM = `
  UPDATE bus_delivery SET state = 'running', worker = ?, attempts = attempts + 1
  WHERE id = (SELECT id FROM bus_delivery WHERE state = 'waiting' AND due <= ? ORDER BY due, id LIMIT 1)
  RETURNING id, event, target, attempts, born`;

const FORGET = `
  UPDATE bus_event SET body = NULL
  WHERE id = ? AND keep = 0 AND NOT EXISTS (SELECT 1 FROM bus_delivery WHERE event = bus_event.id)`;

const DEAD = `
  SELECT d.id, d.event, e.source, d.rule, d.target, d.attempts, d.fault, d.due AS until
  FROM bus_delivery d JOIN bus_event e ON e.id = d.event WHERE d.state = 'dead' ORDER BY d.id`;

/** The bus's rows. Each function is one statement; the bus says what is one transaction. */
export type BusTable = ReturnType<typeof busTable>;

export function busTable({ db, transaction }: File) {
  db.exec("PRAGMA secure_delete = ON"); // what is deleted is overwritten, not only unlinked
  transaction(() => db.exec(SCHEMA));
  const put = db.prepare("INSERT OR IGNORE INTO bus_event (id, source, time, keep, body) VALUES (?, ?, ?, ?, ?)");
  const add = db.prepare(
    "INSERT INTO bus_delivery (event, rule, target, state, born, due) VALUES (?, ?, ?, 'waiting', ?, ?)",
  );
  const claim = db.prepare(CLAIM);
  const body = db.prepare("SELECT body FROM bus_event WHERE id = ?");
  const remove = db.prepare(
    "DELETE FROM bus_delivery WHERE id = ? AND worker = ? AND state = 'running' RETURNING event",
  );
  const forget = db.prepare(FORGET);
  const wait = db.prepare(
    "UPDATE bus_delivery SET state = ?, due = ?, fault = ?, worker = NULL WHERE id = ? AND state = 'running' AND worker = ?",
  );
  const left = db.prepare(
    "SELECT id, event, target, attempts, born, worker FROM bus_delivery WHERE state = 'running' AND worker <> ?",
  );
  const dead = db.prepare(DEAD);
  const expire = db.prepare("DELETE FROM bus_delivery WHERE state = 'dead' AND due <= ? RETURNING event");
  const redrive = db.prepare(
    "UPDATE bus_delivery SET state = 'waiting', attempts = 0, born = ?, due = ?, fault = NULL WHERE id = ? AND state = 'dead'",
  );
  const archive = db.prepare(
    "SELECT id, body FROM bus_event WHERE keep = 1 AND time >= ? AND time < ? ORDER BY time, id",
  );
  const next = db.prepare("SELECT min(due) AS due FROM bus_delivery WHERE state IN ('waiting', 'dead')");
  const forgetIn = (rows: readonly unknown[]) => {
    for (const row of rows) forget.run((row as { event: string }).event);
    return rows.length;
  };
  return {
    put: (id: string, source: string, time: string, keep: boolean, text: string): boolean =>
      put.run(id, source, time, keep ? 1 : 0, text).changes > 0,
    add: (event: string, rule: string, target: string, now: Instant) => void add.run(event, rule, target, now, now),
    claim: (worker: string, now: Instant) => claim.get(worker, now) as Delivery | undefined,
    body: (event: string) => body.get(event)?.["body"] as string | null | undefined,
    remove: (id: number, worker: string) => forgetIn(remove.all(id, worker)),
    forget: (event: string) => void forget.run(event),
    park: (id: number, worker: string, state: "waiting" | "dead", due: Instant, fault: string) =>
      void wait.run(state, due, fault, id, worker),
    leftBy: (worker: string) => left.all(worker) as unknown as readonly (Delivery & { readonly worker: string })[],
    dead: () => dead.all() as unknown as readonly DeadLetter[],
    expire: (now: Instant) => forgetIn(expire.all(now)),
    redrive: (id: number, now: Instant) => redrive.run(now, now, id).changes > 0,
    archive: (from: Instant, to: Instant) =>
      archive.all(from, to) as unknown as readonly { id: string; body: string }[],
    nextDue: () => (next.get()?.["due"] ?? undefined) as Instant | undefined,
  };
}
