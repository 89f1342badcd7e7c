import type { Mark, Marks } from "@leasehold/app/world";
import { type Key, put, type Table } from "../table/index.ts";

const keyOf = (source: string): Key => ({ pk: `mark#${source}`, sk: "mark" });

/** One row for each source that was ever imported. Two runs at once write the same: the latest stands. */
export const createMarks = (table: Table): Marks => ({
  get: async (source) => (await table.get(keyOf(source)))?.data as Mark | undefined,
  glance: async (source) => (await table.get(keyOf(source), "may lag"))?.data as Mark | undefined,
  put: (mark) => table.write([put({ ...keyOf(mark.source), v: 1, data: mark })]),
});
