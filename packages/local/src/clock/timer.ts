/** Calls back once after real time; the answer takes it back. Given, so that no test waits. */
export type Timer = (millis: number, up: () => void) => () => void;

/** A timer of the machine's own. It does not keep the process alive. */
export const realTimer: Timer = (millis, up) => {
  const timer = setTimeout(up, millis);
  timer.unref();
  return () => clearTimeout(timer);
};

/** How long a handler may take, in real time: on AWS a Lambda has at most fifteen minutes. */
export interface Limit {
  readonly millis: number;
  readonly timer: Timer;
}

/** What a handler that never settles is answered with. A sign, not a fault: each runtime gives it its own name. */
export const TimeUp: unique symbol = Symbol("time up");

/** The handler's own end, or the limit, whichever comes first. Nobody can stop a handler; its late answer is dropped. */
export async function limited<T>(run: () => T | Promise<T>, { millis, timer }: Limit): Promise<T | typeof TimeUp> {
  let cancel = () => {};
  const up = new Promise<typeof TimeUp>((resolve) => {
    cancel = timer(millis, () => resolve(TimeUp));
  });
  try {
    return await Promise.race([Promise.resolve().then(run), up]);
  } finally {
    cancel();
  }
}
