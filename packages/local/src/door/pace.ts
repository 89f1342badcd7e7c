/** A bucket of so many, refilled so many a second. */
export interface Pace {
  readonly burst: number;
  readonly aSecond: number;
}

/** Whether one more may pass now. `now` is in milliseconds and only ever goes on. */
export function paceOf({ burst, aSecond }: Pace, now: () => number = () => performance.now()): () => boolean {
  let [left, at] = [burst, now()];
  return () => {
    const present = now();
    left = Math.min(burst, left + ((present - at) / 1_000) * aSecond);
    at = present;
    if (left < 1) return false;
    left -= 1;
    return true;
  };
}
