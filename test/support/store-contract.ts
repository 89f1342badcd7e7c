import type { Archive, Paged, Store } from "@leasehold/app/world";
import type { Instant } from "@leasehold/core/kernel";
import { createStore } from "@leasehold/store/repository";
import type { Table } from "@leasehold/store/table";
import { afterEach, beforeEach, describe } from "vitest";
import { MONDAY } from "./clock.ts";

/** A new, empty table for each test, and what goes with it. */
export interface Fresh {
  readonly table: Table;
  readonly archive: Archive;
  close(): Promise<void> | void;
}

/** What a test of the contract has in hand. */
export interface Bench {
  readonly table: Table;
  readonly store: Store;
  readonly tiny: Store; // the same rows in pages of two
  over(table: Table): Store; // the same rows through another table
}

type Part = (bench: () => Bench) => void;

/** The same promises, asked of every store: the parts are written once and run on each. */
export function storeContract(title: string, fresh: () => Promise<Fresh>, parts: Readonly<Record<string, Part>>): void {
  describe(title, () => {
    let bench: Bench;
    let opened: Fresh | undefined;
    beforeEach(async () => {
      opened = await fresh();
      const { table, archive } = opened;
      const over = (one: Table, page?: number) => createStore({ table: one, archive, clock, ...(page && { page }) });
      bench = { table, store: over(table), tiny: over(table, 2), over };
    });
    afterEach(() => opened?.close());
    for (const [name, part] of Object.entries(parts)) describe(name, () => part(() => bench));
  });
}

const clock = (): Instant => MONDAY;

/** Everything that a list names, page by page; and how many pages it took. */
export async function walk<T>(
  page: (cursor?: string) => Promise<Paged<T>>,
  meanwhile: () => Promise<unknown> = async () => {},
): Promise<{ items: T[]; pages: number }> {
  const items: T[] = [];
  let cursor: string | undefined;
  let pages = 0;
  do {
    const { items: more, next } = await page(cursor);
    items.push(...more);
    pages += 1;
    cursor = next;
    await meanwhile();
  } while (cursor !== undefined);
  return { items, pages };
}

/** A table that dies just before its nth call, and stays dead. */
export function dying(table: Table, before: number): Table {
  let calls = 0;
  const live = async () => {
    if (calls++ >= before) throw new Error("killed");
  };
  return {
    get: async (key) => live().then(() => table.get(key)),
    query: async (range) => live().then(() => table.query(range)),
    scan: async (scan) => live().then(() => table.scan(scan)),
    index: async (name, range) => live().then(() => table.index(name, range)),
    write: async (ops) => live().then(() => table.write(ops)),
  };
}
