/** Random bytes, given so that a test can say what they are. */
export type Random = (bytes: number) => Uint8Array;

/** How long to rest before going again: it grows with each attempt up to a cap, and is spread so that a herd disperses. */
export interface Delay {
  readonly first: number; // seconds
  readonly rate: number;
  readonly cap: number; // seconds
  readonly spread: "none" | "half" | "full";
}

/** `attempt` counts from 0. Whole milliseconds, so that the same delay is the same instant everywhere. */
export function delaySeconds({ first, rate, cap, spread }: Delay, attempt: number, random: Random): number {
  const whole = Math.min(cap, first * rate ** attempt);
  const fixed = { none: 1, half: 0.5, full: 0 }[spread];
  return Math.round(whole * (fixed + (1 - fixed) * fraction(random)) * 1_000) / 1_000;
}

function fraction(random: Random): number {
  return random(4).reduce((sum, byte) => sum * 256 + byte, 0) / 2 ** 32;
}
