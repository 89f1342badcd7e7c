import type { Key, Row, Table } from "../table/index.ts";

/** Rows as they stand in the file, as long as its mark is the same; what is not remembered is read. */
export interface Remembered {
  get(key: Key, table: Table): Promise<Row | undefined>;
  keep(key: Key, row: Row | undefined): void;
  forget(): void;
}

const MOST = 50_000; // partitions; the first that came goes first

export function remembering(most = MOST): Remembered {
  const all = new Map<string, Map<string, Row | undefined>>();
  const keep = ({ pk, sk }: Key, row: Row | undefined) => {
    const rows = all.get(pk);
    if (rows !== undefined) return void rows.set(sk, row);
    all.set(pk, new Map([[sk, row]]));
    if (all.size > most) all.delete(all.keys().next().value ?? "");
  };
  return {
    get: async (key, table) => {
      const rows = all.get(key.pk);
      const known = rows?.get(key.sk);
      if (known !== undefined || rows?.has(key.sk)) return known;
      const row = await table.get(key);
      keep(key, row);
      return row;
    },
    keep,
    forget: () => all.clear(),
  };
}
