/** How many calls a provider takes from us: what its page says or, where none says it, what we begin with. */
export interface Limit {
  readonly calls: number; // in any `seconds`
  readonly seconds: number;
  readonly burst: number; // of those, how many at once
  readonly change: number; // what a call that changes something counts as; one that reads counts as 1
  readonly published: boolean; // false: no page says a number, and this one is only where we begin
  readonly source: string; // the page, https
}

/** What is left of a limit now. Times are in milliseconds of the clock that its owner passes in. */
export interface Bucket {
  readonly tokens: number;
  readonly share: number; // of the limit's rate: 1, or less where the provider asked us to slow down
  readonly quietUntil: number; // nothing goes out before
  readonly slowedAt: number;
  readonly at: number;
}

/** Of the burst, what is left to calls that must not wait: an undo, and what has leaked. */
export const RESERVE = 0.2;

const LEAST = 1 / 64; // of the rate, however often we are asked to slow down
const ONE_STORM = 1_000; // ms in which every refusal has the same cause: what was on its way already
const GAIN = 0.02 / 10_000; // of the rate for each ms without a refusal: a whole rate in some eight minutes

export const full = ({ burst }: Limit, now: number): Bucket => ({
  ...{ tokens: burst, share: 1, quietUntil: now, slowedAt: Number.NEGATIVE_INFINITY, at: now },
});

/** A bucket that begins full and is refilled at this rate never lets more than `calls` through in any `seconds`. */
export const perSecond = ({ calls, burst, seconds }: Limit): number => (calls - burst) / seconds;

/** Milliseconds until calls that count as so many may go out; 0 is now. */
export function waitOf(limit: Limit, bucket: Bucket, now: number, counts: number, urgent = false): number {
  const { tokens, share, quietUntil } = refilled(limit, bucket, now);
  const kept = urgent ? 0 : limit.burst * RESERVE;
  const lacks = Math.max(0, Math.min(counts + kept, limit.burst) - tokens);
  return Math.max(quietUntil - now, Math.ceil((1_000 * lacks) / (perSecond(limit) * share)), 0);
}

/** For a call that goes out now: `waitOf` said 0. */
export function spend(limit: Limit, bucket: Bucket, now: number, counts: number): Bucket {
  const present = refilled(limit, bucket, now);
  return { ...present, tokens: present.tokens - counts };
}

/**
 * The provider asked us to slow down: half the rate, nothing saved up, and quiet for as long as it says. It comes back in small
 * equal steps. Several refusals at once are one: they were all on their way.
 */
export function slowed(limit: Limit, bucket: Bucket, now: number, seconds = 1): Bucket {
  const present = refilled(limit, bucket, now);
  const again = now - present.slowedAt < ONE_STORM;
  const share = again ? present.share : Math.max(LEAST, present.share / 2);
  const quietUntil = Math.max(present.quietUntil, now + 1_000 * seconds);
  return { ...present, tokens: Math.min(0, present.tokens), share, quietUntil, slowedAt: now };
}

/** A clock that goes back fills nothing. While nothing may go out nothing is saved up either. */
function refilled(limit: Limit, bucket: Bucket, now: number): Bucket {
  const passed = Math.max(0, now - bucket.at);
  const open = Math.max(0, now - Math.max(bucket.at, bucket.quietUntil));
  const share = Math.min(1, bucket.share + GAIN * passed);
  const gained = (perSecond(limit) * bucket.share * open) / 1_000;
  return { ...bucket, tokens: Math.min(limit.burst, bucket.tokens + gained), share, at: Math.max(bucket.at, now) };
}
