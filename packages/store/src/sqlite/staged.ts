import {
  checked,
  hold,
  type Key,
  keyOf,
  type Op,
  type Page,
  placeOf,
  type Range,
  type Row,
  type Table,
} from "../table/index.ts";
import type { Remembered } from "./remembered.ts";

/** A table whose writes are seen by whoever reads through it, and not yet written. */
export interface Staged {
  readonly table: Table;
  readonly ops: () => readonly Op[]; // each row once, as it was left
  readonly rows: () => Iterable<readonly [Key, Row | undefined]>;
}

type Left = readonly [Key, Row | undefined];

export function staged(table: Table, remembered: Remembered): Staged {
  const left = new Map<string, Map<string, Left>>(); // by partition
  const leftAt = ({ pk, sk }: Key): Left | undefined => left.get(pk)?.get(sk);
  const leave = (key: Key, row: Row | undefined) => {
    const under = left.get(key.pk) ?? new Map<string, Left>();
    left.set(key.pk, under.set(key.sk, [{ pk: key.pk, sk: key.sk }, row]));
  };
  const all = (): readonly Left[] => [...left.values()].flatMap((under) => [...under.values()]);
  return {
    table: {
      get: async (key) => {
        const row = await remembered.get(key, table);
        const mine = leftAt(key);
        return mine ? mine[1] : row;
      },
      query: async (range) => {
        const rows = left.has(range.pk) ? await wholeOf(table, range) : undefined;
        return rows ? merged(rows, left.get(range.pk) ?? new Map(), range) : table.query(range);
      },
      scan: (scan) => table.scan(scan),
      index: (name, range) => table.index(name, range),
      write: async (ops) => {
        const rows = await Promise.all(checked(ops).map((op) => remembered.get(keyOf(op), table)));
        const next = ops.map((op) => (op.do === "put" ? stored(op.row) : undefined));
        // from here on in one go: of two writes at once the second meets the first
        for (const [n, op] of ops.entries()) hold(op, (leftAt(keyOf(op)) ?? [undefined, rows[n]])[1]?.v);
        for (const [n, op] of ops.entries()) if (op.do !== "check") leave(keyOf(op), next[n]);
      },
    },
    ops: () => all().map(([key, row]) => (row ? { do: "put", row } : { do: "delete", key })),
    rows: all,
  };
}

/** As it will be read again: what JSON cannot say is refused here, before anything is written. */
const stored = (row: Row): Row => ({ ...row, data: JSON.parse(JSON.stringify(row.data)) });

async function wholeOf(table: Table, range: Range): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let { cursor } = range;
  do {
    const page = await table.query({ ...range, cursor });
    rows.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return rows;
}

/** All in one page, however long: nothing that is between two pages can be lost. */
function merged(rows: readonly Row[], under: ReadonlyMap<string, Left>, range: Range): Page<Row> {
  const [after = ""] = placeOf(range.cursor, `rows ${range.pk}`, 1) ?? [];
  const mine = [...under.values()].flatMap(([, row]) => (row && row.sk > after && isIn(range, row) ? [row] : []));
  const others = rows.filter(({ sk }) => !under.has(sk));
  return { items: [...others, ...mine].sort((a, b) => (a.sk < b.sk ? -1 : 1)), next: undefined };
}

const isIn = ({ prefix = "", from = "", to }: Range, { sk }: Row): boolean =>
  sk.startsWith(prefix) && sk >= from && (to === undefined || sk <= to);
