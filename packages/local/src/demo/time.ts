import { type Instant, later } from "@leasehold/core/kernel";

/** So many hours before, to the second: no vendor here writes a finer creation date. */
export const hoursAgo = (now: Instant, hours: number): Instant => `${later(now, -hours).slice(0, 19)}.000Z` as Instant;

export const weeksAgo = (now: Instant, weeks: number): Instant => hoursAgo(now, weeks * 168);

/** CloudTrail and Identity Center write whole seconds. */
export const inSeconds = (instant: Instant): string => `${instant.slice(0, 19)}Z`;
