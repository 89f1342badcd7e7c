import { closeSync, fdatasyncSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { ingest } from "@leasehold/app/ingest";
import { contributions } from "@leasehold/core/lineage";
import type { Signal } from "@leasehold/core/signal";
import { openFile } from "@leasehold/store/file";
import { sqliteStore } from "@leasehold/store/sqlite";
import { NOW } from "../rebuild/signals.ts";

/** One way to keep signals for good. A batch is lines of JSON; it is on disk when the promise resolves. */
export interface Side {
  readonly keep: (lines: readonly string[]) => Promise<unknown>;
  readonly close: () => void;
}

/** What `replay` and `import` do: archive, join, owner, edges, into the laptop's store. */
export function ours(home: string): Side {
  const file = openFile(join(home, "ours.db"));
  const store = sqliteStore(file, () => NOW);
  return {
    keep: (lines) => ingest(store, lines.map(read), { live: false, recordedAt: NOW }),
    close: () => file.close(),
  };
}

/** The least that anybody can do who does not lose them: read, append, sync. */
export function log(home: string): Side {
  const file = openSync(join(home, "log.ndjson"), "a");
  return {
    keep: async (lines) => {
      lines.map(read);
      writeSync(file, `${lines.join("\n")}\n`);
      fdatasyncSync(file);
    },
    close: () => closeSync(file),
  };
}

const FOUR = `
  CREATE TABLE event (id TEXT PRIMARY KEY, at TEXT NOT NULL, body TEXT NOT NULL);
  CREATE TABLE node (id TEXT PRIMARY KEY, at TEXT NOT NULL, body TEXT NOT NULL);
  CREATE TABLE edge (source TEXT NOT NULL, target TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (source, target));
  CREATE TABLE audit (id TEXT PRIMARY KEY, subject TEXT NOT NULL, at TEXT NOT NULL);
  CREATE INDEX edge_target ON edge (target);
  CREATE INDEX audit_subject ON audit (subject, at);
`;

/** What is usually built: event, node, edge and audit entry as four rows under text keys. One transaction and one sync a batch, as ours. */
export function fourRows(home: string): Side {
  const db = new DatabaseSync(join(home, "rows.db"));
  db.exec(`PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; ${FOUR}`);
  const event = db.prepare("INSERT OR IGNORE INTO event VALUES (?, ?, ?)");
  const node = db.prepare(
    "INSERT INTO node VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET at = excluded.at, body = excluded.body",
  );
  const edge = db.prepare(
    "INSERT INTO edge VALUES (?, ?, ?) ON CONFLICT (source, target) DO UPDATE SET at = excluded.at",
  );
  const audit = db.prepare("INSERT INTO audit VALUES (?, ?, ?)");
  let entries = 0;
  const keepOne = (line: string) => {
    const signal = read(line);
    const { connector, eventId, occurredAt } = signal.source;
    const id = contributions(signal).at(-1)?.subject.id ?? connector;
    event.run(`${connector}/${eventId}`, occurredAt, line);
    node.run(id, occurredAt, line);
    edge.run("identity" in signal ? signal.identity.id : connector, id, occurredAt);
    audit.run(`${NOW}/${entries++}`, id, NOW);
  };
  return {
    keep: async (lines) => {
      db.exec("BEGIN IMMEDIATE");
      for (const line of lines) keepOne(line);
      db.exec("COMMIT");
    },
    close: () => db.close(),
  };
}

const read = (line: string): Signal => JSON.parse(line);
