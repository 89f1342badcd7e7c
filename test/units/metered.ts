import type { Store } from "@leasehold/app/world";
import { folderObjects, objectArchive } from "@leasehold/store/archive";
import type { Spent } from "@leasehold/store/dynamodb";
import { createStore } from "@leasehold/store/repository";
import { MONDAY } from "../support/clock.ts";
import { freshTable } from "./dynamodb.ts";

export type Cost = Spent & { readonly calls: number };

export interface Metered {
  readonly store: Store;
  readonly name: string;
  /** What all the calls of this run consumed. */
  cost(run: () => Promise<unknown>): Promise<Cost>;
  close(): Promise<void>;
}

/** A store on a table of its own, whose units are counted. */
export async function metered(): Promise<Metered> {
  let spent: Cost = { read: 0, write: 0, index: 0, calls: 0 };
  const { table, name, close } = await freshTable(({ read, write, index }) => {
    spent = { read: spent.read + read, write: spent.write + write, index: spent.index + index, calls: spent.calls + 1 };
  });
  const archive = objectArchive(folderObjects("unused"));
  return {
    ...{ store: createStore({ table, archive, clock: () => MONDAY }), name, close },
    cost: async (run) => {
      const before = spent;
      await run();
      const { read, write, index, calls } = spent;
      return {
        ...{ read: read - before.read, write: write - before.write },
        ...{ index: index - before.index, calls: calls - before.calls },
      };
    },
  };
}
