const AT_ONCE = 32;

/** Runs for each, a few at once. What comes back is in the order of what was given. */
export async function inChunks<T, R>(
  all: readonly T[],
  run: (one: T) => Promise<R>,
  atOnce = AT_ONCE,
): Promise<readonly R[]> {
  const results: R[] = [];
  for (let from = 0; from < all.length; from += atOnce)
    results.push(...(await Promise.all(all.slice(from, from + atOnce).map(run))));
  return results;
}
