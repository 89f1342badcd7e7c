import type { Instant } from "@leasehold/core/kernel";
import { instantOf, millisOf } from "@leasehold/core/kernel";

/** A clock for what is done side by side: it moves only when everybody waits, and then to whoever waits least. */
export function virtualTime(start: Instant) {
  let now = millisOf(start);
  let waiting: readonly { readonly at: number; readonly go: () => void }[] = [];
  const time = {
    millis: () => now,
    clock: () => instantOf(now),
    wait: (ms: number): Promise<void> =>
      new Promise((go) => {
        waiting = [...waiting, { at: now + ms, go }].sort((a, b) => a.at - b.at); // a stable sort: who came first goes first
      }),
    /** What came of it, and how many seconds it took. */
    async of<T>(work: () => Promise<T>): Promise<{ readonly came: T; readonly seconds: number }> {
      const from = now;
      let ended = false;
      const come = work().finally(() => {
        ended = true;
      });
      come.catch(() => {}); // told to whoever awaits it below
      for (await idle(); !ended; await idle()) {
        const [next, ...others] = waiting;
        if (next === undefined) continue;
        [now, waiting] = [Math.max(now, next.at), others];
        next.go();
      }
      return { came: await come, seconds: (now - from) / 1_000 };
    },
  };
  return time;
}

const idle = () => new Promise((done) => setImmediate(done)); // every microtask has run before it
