/** What was measured many times: the middle, and between which values the middle lies with 95 % confidence. */
export interface Interval {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

const RESAMPLES = 2_000;
const CONFIDENCE = 0.95;

/** Bootstrap of the median: no assumption about how the noise of a shared machine is distributed. The same samples give the same interval. */
export function interval(samples: readonly number[]): Interval {
  if (samples.length === 0) throw new Error("nothing was measured");
  const random = dice(samples.length);
  const medians = Array.from({ length: RESAMPLES }, () =>
    medianOf(samples.map(() => samples[Math.floor(random() * samples.length)] ?? 0)),
  ).sort((a, b) => a - b);
  const cut = Math.floor((RESAMPLES * (1 - CONFIDENCE)) / 2);
  return { median: medianOf(samples), low: medians[cut] ?? 0, high: medians[RESAMPLES - 1 - cut] ?? 0 };
}

export function medianOf(samples: readonly number[]): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [below = 0, above = 0] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return (below + above) / 2;
}

/** mulberry32: small, and the same on every machine. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
