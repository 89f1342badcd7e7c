import { badInput, Fault } from "@leasehold/core/kernel";
import { cursorOf, type Index, type Key, type Page, type Place, placeOf, type Table } from "../table/index.ts";

/** Asks for page after page until there is no next. */
export async function everything<T>(page: (cursor: string | undefined) => Promise<Page<T>>): Promise<readonly T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const { items: more, next } = await page(cursor);
    items.push(...more);
    cursor = next;
  } while (cursor !== undefined);
  return items;
}

const TRIES = 12;

/** For a write that joins into what is there: where somebody else was faster, it is read again and joined again. */
export async function again<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof Fault) || error.name !== "Conflict" || attempt === TRIES) throw error;
    }
  }
}

const SHARDS = 8;

/** A list that many write to lies in several partitions of its index, since one alone bears a thousand writes a second. */
export function sharded(list: string, id: string): Place {
  return [`${list}#${(id.codePointAt(id.length - 1) ?? 0) % SHARDS}`, id];
}

interface Listing {
  readonly table: Table;
  readonly index: Index;
  readonly list: string;
  readonly limit: number;
}

/** The partitions of a sharded list, one after the other, until the page is full. */
export async function listSharded(listing: Listing, cursor: string | undefined): Promise<Page<Key>> {
  const { table, index, list, limit } = listing;
  const [at = "0", inner = ""] = placeOf(cursor, list, 2) ?? [];
  const items: Key[] = [];
  let from = inner === "" ? undefined : inner;
  for (let shard = shardOf(at); shard < SHARDS; shard += 1) {
    if (items.length === limit) return { items, next: cursorOf(list, String(shard), "") };
    const page = await table.index(index, { pk: `${list}#${shard}`, limit: limit - items.length, cursor: from });
    items.push(...page.items);
    if (page.next !== undefined) return { items, next: cursorOf(list, String(shard), page.next) };
    from = undefined;
  }
  return { items, next: undefined };
}

function shardOf(text: string): number {
  const shard = Number(text);
  if (!Number.isInteger(shard) || shard < 0 || shard >= SHARDS) throw badInput("this is not a cursor", { shard: text });
  return shard;
}

/** Ids out of a page of keys. */
export async function idsOf<Id extends string>(
  page: Promise<Page<Key>>,
): Promise<{ items: Id[]; next: string | undefined }> {
  const { items, next } = await page;
  return { items: items.map(({ pk }) => pk as Id), next };
}
