import type { Paged } from "../world/index.ts";

export async function* everyId<T>(page: (cursor?: string) => Promise<Paged<T>>): AsyncIterable<T> {
  let cursor: string | undefined;
  do {
    const { items, next } = await page(cursor);
    yield* items;
    cursor = next;
  } while (cursor !== undefined);
}
