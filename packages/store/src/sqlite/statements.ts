import type { StatementSync } from "node:sqlite";
import type { File } from "../file/index.ts";
import { INDEXES, type Index } from "../table/index.ts";

const COLUMNS = INDEXES.flatMap((name) => [`${name}p`, `${name}s`]);

/**
 * Rows lie in the order of their coming and are found by integers: a row of a kilobyte or two, put into the tree of
 * its own key, would spill out of every page there (measured: a third of the writes a second).
 */
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS rows (
    id INTEGER PRIMARY KEY, pk TEXT NOT NULL, sk TEXT NOT NULL, v INTEGER NOT NULL, data TEXT NOT NULL,
    ${COLUMNS.map((column) => `${column} TEXT`).join(", ")},
    UNIQUE (pk, sk)
  ) STRICT;
  ${INDEXES.map((name) => `CREATE INDEX IF NOT EXISTS rows_${name} ON rows (${name}p, ${name}s) WHERE ${name}p IS NOT NULL;`).join("\n")}
`;

export interface Statements {
  readonly get: StatementSync;
  readonly version: StatementSync;
  readonly put: StatementSync;
  readonly remove: StatementSync;
  readonly query: StatementSync;
  readonly scan: StatementSync;
  readonly index: Readonly<Record<Index, StatementSync>>;
}

export function prepare({ db }: File): Statements {
  db.exec(SCHEMA);
  const columns = ["v", "data", ...COLUMNS];
  const index = (name: Index) =>
    db.prepare(
      `SELECT id, ${name}s AS place, pk, sk FROM rows
       WHERE ${name}p = ? AND ${name}s >= ? AND ${name}s <= ? AND (${name}s, id) > (?, ?)
       ORDER BY ${name}s, id LIMIT ?`,
    );
  return {
    get: db.prepare("SELECT * FROM rows WHERE pk = ? AND sk = ?"),
    version: db.prepare("SELECT v FROM rows WHERE pk = ? AND sk = ?"),
    put: db.prepare(
      `INSERT INTO rows (pk, sk, ${columns.join(", ")}) VALUES (?, ?, ${columns.map(() => "?").join(", ")})
       ON CONFLICT (pk, sk) DO UPDATE SET ${columns.map((column) => `${column} = excluded.${column}`).join(", ")}`,
    ),
    remove: db.prepare("DELETE FROM rows WHERE pk = ? AND sk = ?"),
    query: db.prepare("SELECT * FROM rows WHERE pk = ? AND sk >= ? AND sk <= ? AND sk <> ? ORDER BY sk LIMIT ?"),
    scan: db.prepare("SELECT * FROM rows WHERE pk >= ? AND pk < ? AND pk <> ? AND sk = ? ORDER BY pk LIMIT ?"),
    index: { g1: index("g1"), g2: index("g2"), g3: index("g3") },
  };
}
