import type { Trails } from "@leasehold/app/world";
import type { Entry } from "@leasehold/core/trail";
import type { Table } from "../table/index.ts";
import { everything } from "./paging.ts";
import { ENTRY } from "./story.ts";

export function createTrails(table: Table, limit: number): Trails {
  return {
    entries: async (trail) => {
      const rows = await everything((cursor) => table.query({ pk: trail, prefix: ENTRY, limit, cursor }));
      return rows.map(({ data }) => data as Entry);
    },
  };
}
