import { Fault } from "@leasehold/core/kernel";

/** Time as whoever paces requests needs it; a test brings its own. */
export interface Pause {
  readonly millis: () => number;
  readonly wait: (millis: number) => Promise<void>;
}

const TRIES = 8;
const FIRST = 1_000; // milliseconds, doubled each time

/** Tries again what a provider was too busy for, or could not answer; anything else, and the last of it, is thrown. */
export async function patiently<T>({ wait }: Pick<Pause, "wait">, run: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await run();
    } catch (error) {
      const passing = error instanceof Fault && (error.name === "Throttled" || error.name === "Unavailable");
      if (!passing || tried === TRIES) throw error;
      await wait(FIRST * 2 ** (tried - 1));
    }
  }
}

/** At most so many a second, evenly: each request waits until its turn. */
export function paced({ millis, wait }: Pause, aSecond: number): <T>(run: () => Promise<T>) => Promise<T> {
  let turn = 0;
  return async (run) => {
    const at = Math.max(turn, millis());
    turn = at + 1_000 / aSecond;
    if (at > millis()) await wait(at - millis());
    return run();
  };
}
