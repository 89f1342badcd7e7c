import { Fault } from "@leasehold/core/kernel";
import type { Table } from "@leasehold/store/table";

/** How a function that may only look holds a table. Its role would refuse a write, too: then it is a bug that is seen before it is deployed. */
export type Narrowing = (table: Table) => Table;

export const rows: Narrowing = (table) => ({
  ...table,
  write: async () => {
    throw new Fault("Unreachable", "this function has no right to write");
  },
});
