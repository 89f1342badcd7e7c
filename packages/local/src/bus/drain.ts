/**
 * Does what `take` gives, so many at a time, until it gives nothing more and all is done; returns how many were done.
 * What is done may make new work. The first that breaks stops the taking, and is thrown when the others are through.
 */
export async function drain(width: number, take: () => (() => Promise<void>) | undefined): Promise<number> {
  const active = new Set<Promise<void>>();
  const broken: unknown[] = [];
  let done = 0;
  for (;;) {
    while (active.size < width && broken.length === 0) {
      const work = take();
      if (work === undefined) break;
      done += 1;
      const ended: Promise<void> = work()
        .catch((error: unknown) => void broken.push(error))
        .finally(() => active.delete(ended));
      active.add(ended);
    }
    if (active.size === 0) break;
    await Promise.race(active);
  }
  if (broken.length > 0) throw broken[0];
  return done;
}
