/** Whoever is killed here leaves what it had written, and nothing else. It is no fault: nobody catches it. */
export class Killed extends Error {}

export interface Turns {
  /** Before a call of a port: another may be first. Outside of a race everybody goes on at once. */
  turn(safe: boolean): Promise<void>;
  /**
   * Runs all of them, one call at a time, in the order that `pick` says. What `between` does is done before any of them goes on;
   * `atRest`: none of them is at a provider.
   */
  race(
    tasks: readonly (() => Promise<void>)[],
    pick: () => number,
    between: (atRest: boolean) => Promise<void>,
  ): Promise<void>;
}

interface Parked {
  readonly go: () => void;
  readonly safe: boolean;
}

/** Nothing here waits for time to pass: when nothing is left to be done but what is parked, the next of the parked goes on. */
export function turns(): Turns {
  let parked: Parked[] | undefined;
  return {
    turn: (safe) => (parked === undefined ? Promise.resolve() : new Promise((go) => parked?.push({ go, safe }))),
    race: async (tasks, pick, between) => {
      parked = [];
      const all = Promise.all(tasks.map((task) => task()));
      all.catch(() => {}); // awaited below
      await rested();
      const waiting: Parked[] = parked;
      while (waiting.length > 0) {
        parked = undefined; // nobody else goes on meanwhile
        await between(waiting.every(({ safe }) => safe));
        parked = waiting;
        const [next] = waiting.splice(pick() % waiting.length, 1);
        next?.go();
        await rested();
      }
      parked = undefined;
      await all;
    },
  };
}

const rested = () => new Promise<void>((done) => setImmediate(done));
