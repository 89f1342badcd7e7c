import type { Paged } from "./store.ts";

/** Every item of every page, one after the other; pages are read as they are come to. */
export async function* each<T>(page: (cursor?: string) => Promise<Paged<T>>): AsyncIterable<T> {
  let cursor: string | undefined;
  do {
    const { items, next } = await page(cursor);
    yield* items;
    cursor = next;
  } while (cursor !== undefined);
}

export async function every<T>(page: (cursor?: string) => Promise<Paged<T>>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const one of each(page)) all.push(one);
  return all;
}
