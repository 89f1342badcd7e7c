import type { Kept, Later } from "@leasehold/app/world";
import { type Key, put, remove, type Table } from "../table/index.ts";

const LIST = "later";
const keyOf = (key: string): Key => ({ pk: `${LIST}#${key}`, sk: LIST });

/** Signals kept aside, on a list by the time at which they may join. */
export function createLater(table: Table, limit: number): Later {
  return {
    put: async (kept) => {
      const key = keyOf(kept.key);
      if (await table.get(key)) return; // its key is its content: there is nothing to change
      await table.write([put({ ...key, v: 1, data: kept, g3: [LIST, kept.until] })]);
    },
    due: async (now) => {
      const { items } = await table.index("g3", { pk: LIST, to: now, limit });
      const rows = await Promise.all(items.map((key) => table.get(key)));
      return rows.flatMap((row) => (row ? [row.data as Kept] : []));
    },
    clear: async (keys) => {
      await Promise.all([...new Set(keys)].map((key) => table.write([remove(keyOf(key))])));
    },
  };
}
