import { explained, type File } from "../file/index.ts";
import {
  checked,
  cursorOf,
  hold,
  INDEXES,
  type Index,
  type Key,
  keyOf,
  type Op,
  type Page,
  type Place,
  placeOf,
  type Range,
  type Row,
  type Scan,
  type Table,
} from "../table/index.ts";
import { type Commit, grouped } from "./group.ts";
import { prepare, type Statements } from "./statements.ts";

const HIGHEST = "\u{10ffff}"; // sorts after every text that begins the same

/** The table in the laptop's file. */
export function sqliteTable(file: File, commit: Commit = grouped(file)): Table {
  const ask = explained(() => prepare(file));
  return {
    get: async ({ pk, sk }) => {
      const found = explained(() => ask.get.get(pk, sk));
      return found && rowOf(found);
    },
    query: async (range) => explained(() => query(ask, range)),
    scan: async (scan) => explained(() => scanned(ask, scan)),
    index: async (name, range) => explained(() => indexed(ask, name, range)),
    write: async (ops) => {
      checked(ops);
      const changes = ops.map((op) => changeOf(ask, op)); // what cannot be said as JSON is refused before anything is written
      await commit({
        check: () => {
          for (const op of ops) hold(op, versionOf(ask, keyOf(op)));
        },
        apply: () => {
          for (const change of changes) change();
        },
      });
    },
  };
}

type Found = Readonly<Record<string, unknown>>;

function rowOf(found: Found): Row {
  const places = INDEXES.filter((name) => found[`${name}p`] !== null).map((name): [Index, Place] => [
    name,
    [String(found[`${name}p`]), String(found[`${name}s`])],
  ]);
  return {
    ...{ pk: String(found["pk"]), sk: String(found["sk"]), v: Number(found["v"]) },
    data: JSON.parse(String(found["data"])),
    ...Object.fromEntries(places),
  };
}

function versionOf({ version }: Statements, { pk, sk }: Key): number | undefined {
  const found = version.get(pk, sk);
  return found && Number(found["v"]);
}

function changeOf(ask: Statements, op: Op): () => void {
  if (op.do === "check") return () => {};
  const { pk, sk } = keyOf(op);
  if (op.do === "delete") return () => void ask.remove.run(pk, sk);
  const { v, data } = op.row;
  const places = INDEXES.flatMap((name) => op.row[name] ?? [null, null]);
  const text = JSON.stringify(data);
  return () => void ask.put.run(pk, sk, v, text, ...places);
}

const bounds = ({ prefix, from, to }: Range) => ({ low: prefix ?? from ?? "", high: to ?? (prefix ?? "") + HIGHEST });

function query(ask: Statements, range: Range): Page<Row> {
  const { pk, limit, cursor } = range;
  const { low, high } = bounds(range);
  const [after = ""] = placeOf(cursor, `rows ${pk}`, 1) ?? [];
  const rows = ask.query.all(pk, after > low ? after : low, high, after, limit + 1);
  return paged(rows, limit, (row) => cursorOf(`rows ${pk}`, String(row["sk"])), rowOf);
}

function scanned(ask: Statements, { prefix, sk, limit, cursor }: Scan): Page<Row> {
  const [after = ""] = placeOf(cursor, `scan ${prefix}`, 1) ?? [];
  const rows = ask.scan.all(after > prefix ? after : prefix, prefix + HIGHEST, after, sk, limit + 1);
  return paged(rows, limit, (row) => cursorOf(`scan ${prefix}`, String(row["pk"])), rowOf);
}

function indexed(ask: Statements, name: Index, range: Range): Page<Key> {
  const { pk, limit, cursor } = range;
  const { low, high } = bounds(range);
  const list = `${name} ${pk}`;
  const [place = "", id = "0"] = placeOf(cursor, list, 2) ?? [];
  const rows = ask.index[name].all(pk, place > low ? place : low, high, place, Number(id), limit + 1);
  return paged(
    rows,
    limit,
    (row) => cursorOf(list, String(row["place"]), String(row["id"])),
    (row) => ({ pk: String(row["pk"]), sk: String(row["sk"]) }),
  );
}

/** One more than the page was asked for: whether there is a next is known without another question. */
function paged<T>(
  rows: readonly Found[],
  limit: number,
  cursor: (row: Found) => string,
  read: (row: Found) => T,
): Page<T> {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { items: page.map(read), next: rows.length > limit && last ? cursor(last) : undefined };
}
