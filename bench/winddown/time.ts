/** A clock that stands still while anything runs, and then jumps to whatever is due next. */
export interface Virtual {
  readonly millis: () => number;
  readonly wait: (ms: number) => Promise<void>;
  readonly touch: () => void; // something runs: called at each call of the store
  /** Lives until all of it has ended. */
  live<T>(work: Promise<T>): Promise<T>;
}

const QUIET = 4; // turns of the event loop in which nothing was touched: a commit of the store takes one
const LEFT = 3_000; // milliseconds of real time with nothing due at all

export function virtual(from: number): Virtual {
  let now = from;
  let touched = false;
  let due: { readonly at: number; readonly go: () => void }[] = [];

  async function untilQuiet(): Promise<void> {
    do {
      touched = false;
      for (let turn = 0; turn < QUIET; turn += 1) await new Promise(setImmediate);
    } while (touched);
  }

  function jump(): void {
    const at = Math.min(...due.map((one) => one.at));
    const ready = due.filter((one) => one.at === at);
    due = due.filter((one) => one.at !== at);
    now = at;
    for (const { go } of ready) go();
  }

  return {
    millis: () => now,
    touch: () => {
      touched = true;
    },
    wait: (ms) =>
      new Promise((go) => {
        due.push({ at: now + Math.max(0, ms), go });
      }),
    live: async (work) => {
      let ended = false;
      const end = work.finally(() => {
        ended = true;
      });
      for (let idle = 0; idle < LEFT; idle = due.length === 0 ? idle + 1 : 0) {
        await untilQuiet();
        if (ended) return end;
        if (due.length > 0) jump();
        else await new Promise((go) => setTimeout(go, 1));
      }
      throw new Error("everything waits, and nothing is due");
    },
  };
}
