import type { Instant } from "@leasehold/core/kernel";

/** A key or a password, by which sessions are opened; null is never. */
export interface Way {
  readonly on: boolean;
  readonly made?: Instant | undefined;
  readonly used?: Instant | null | undefined;
}

/**
 * Whether sessions may have been opened since: by what is on now, or was used or made since, though it is off again by now. One that was
 * not used opened none.
 */
export const isOpenedSince = (at: Instant, ways: readonly Way[]): boolean =>
  ways.some(({ on, made, used }) => on || (made ?? at) > at || (used ?? at) > at);
