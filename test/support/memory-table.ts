import type { Archive } from "@leasehold/app/world";
import type { Instant } from "@leasehold/core/kernel";
import type { Signal } from "@leasehold/core/signal";
import { admit } from "@leasehold/store/archive";
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
  placeOf,
  type Range,
  type Row,
  type Table,
} from "@leasehold/store/table";

interface Kept extends Row {
  readonly n: number; // in the order of their coming
}
type Partition = Map<string, Kept>;

export interface Copied {
  /** As it is now: whoever calls what it gives puts all of it back. */
  copy(): () => void;
}

/** The table without a file, for laws that are tried on thousands of histories: what is read again is not spelled again. */
export function memoryTable(): Table & Copied {
  const rows = new Map<string, Partition>();
  const places = new Map<string, Set<Kept>>(); // by index and partition
  let came = 0;
  const at = ({ pk, sk }: Key) => rows.get(pk)?.get(sk);
  const remove = (key: Key) => {
    const was = at(key);
    if (was === undefined) return undefined;
    rows.get(key.pk)?.delete(key.sk);
    for (const list of listsOf(was)) places.get(list)?.delete(was);
    return was.n;
  };
  const keep = (row: Row) => {
    const kept = { ...row, n: remove(row) ?? came++ };
    partitionOf(rows, row.pk).set(row.sk, kept);
    for (const list of listsOf(kept)) {
      const there = places.get(list) ?? new Set();
      places.set(list, there.add(kept));
    }
  };
  return {
    get: async (key) => shown(at(key)),
    query: async (range) => query(rows.get(range.pk), range),
    scan: async ({ prefix, sk, limit, cursor }) => {
      const [after = ""] = placeOf(cursor, `scan ${prefix}`, 1) ?? [];
      const all = [...rows.values()].flatMap((one) => one.get(sk) ?? []);
      const found = all.filter(({ pk }) => pk.startsWith(prefix) && pk > after).sort(byKey(({ pk }) => pk));
      return paged(found, limit, ({ pk }) => cursorOf(`scan ${prefix}`, pk), shown);
    },
    index: async (name, range) => indexed(places.get(`${name} ${range.pk}`) ?? new Set(), name, range),
    write: async (ops) => {
      const written = checked(ops).map(spelled);
      for (const op of written) hold(op, at(keyOf(op))?.v);
      for (const op of written)
        if (op.do === "put") keep(op.row);
        else if (op.do === "delete") remove(op.key);
    },
    copy: () => {
      const [itsRows, itsPlaces] = [copyOf(rows, (one) => new Map(one)), copyOf(places, (one) => new Set(one))];
      return () => {
        putBack(rows, itsRows, (one) => new Map(one));
        putBack(places, itsPlaces, (one) => new Set(one));
      };
    },
  };
}

const copyOf = <V>(all: ReadonlyMap<string, V>, copied: (one: V) => V): Map<string, V> =>
  new Map([...all].map(([name, one]) => [name, copied(one)]));

function putBack<V>(all: Map<string, V>, from: ReadonlyMap<string, V>, copied: (one: V) => V): void {
  all.clear();
  for (const [name, one] of copyOf(from, copied)) all.set(name, one);
}

/** As a file would keep it; whoever writes into what was read is told so. */
const spelled = (op: Op): Op =>
  op.do === "put" ? { ...op, row: { ...op.row, data: frozen(JSON.parse(JSON.stringify(op.row.data))) } } : op;

function frozen<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  for (const one of Object.values(value)) frozen(one);
  return Object.freeze(value);
}

function partitionOf(rows: Map<string, Partition>, pk: string): Partition {
  const there = rows.get(pk) ?? new Map();
  rows.set(pk, there);
  return there;
}

const listsOf = (row: Row): readonly string[] =>
  INDEXES.flatMap((name) => (row[name] && [`${name} ${row[name][0]}`]) || []);

function shown<R extends Kept | undefined>(row: R): R extends undefined ? undefined : Row {
  if (row === undefined) return undefined as never;
  const { pk, sk, v, data } = row;
  const there = INDEXES.filter((name) => row[name] !== undefined).map((name) => [name, row[name]]);
  return { pk, sk, v, data, ...Object.fromEntries(there) } as never;
}

const isWithin = (text: string, { prefix, from, to }: Range): boolean =>
  text.startsWith(prefix ?? "") && text >= (from ?? "") && (to === undefined || text <= to);

function query(rows: Partition | undefined, range: Range): Page<Row> {
  const { pk, limit, cursor } = range;
  const [after = ""] = placeOf(cursor, `rows ${pk}`, 1) ?? [];
  const found = [...(rows?.values() ?? [])].filter(({ sk }) => sk > after && isWithin(sk, range));
  return paged(found.sort(byKey(({ sk }) => sk)), limit, ({ sk }) => cursorOf(`rows ${pk}`, sk), shown);
}

function indexed(rows: ReadonlySet<Kept>, name: Index, range: Range): Page<Key> {
  const { pk, limit, cursor } = range;
  const list = `${name} ${pk}`;
  const placed = (row: Kept) => row[name]?.[1] ?? "";
  const [place = "", n = "-1"] = placeOf(cursor, list, 2) ?? [];
  const isAfter = (row: Kept) => placed(row) > place || (placed(row) === place && row.n > Number(n));
  const found = [...rows].filter((row) => isAfter(row) && isWithin(placed(row), range));
  const sorted = found.sort((a, b) => (placed(a) === placed(b) ? a.n - b.n : placed(a) < placed(b) ? -1 : 1));
  return paged(
    sorted,
    limit,
    (row) => cursorOf(list, placed(row), String(row.n)),
    ({ pk, sk }) => ({ pk, sk }),
  );
}

const byKey =
  (key: (row: Kept) => string) =>
  (a: Kept, b: Kept): number =>
    key(a) < key(b) ? -1 : 1;

function paged<T>(
  rows: readonly Kept[],
  limit: number,
  cursor: (row: Kept) => string,
  read: (row: Kept) => T,
): Page<T> {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { items: page.map(read), next: rows.length > limit && last ? cursor(last) : undefined };
}

/** The archive beside it: strict, as every archive is. */
export function memoryArchive(): Archive {
  const all: { readonly signal: Signal; readonly recordedAt: Instant }[] = [];
  const PAGE = 20;
  return {
    append: async (signals, recordedAt) => {
      const each = signals.map((signal) => admit(JSON.parse(JSON.stringify(signal))));
      all.push(...each.map((signal) => ({ signal, recordedAt })));
    },
    read: async (cursor) => {
      const from = Number(placeOf(cursor, "archive", 1)?.[0] ?? 0);
      const next = from + PAGE < all.length ? cursorOf("archive", String(from + PAGE)) : undefined;
      return { items: all.slice(from, from + PAGE), next };
    },
  };
}
