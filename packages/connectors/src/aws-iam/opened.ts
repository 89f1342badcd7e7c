import { type Instant, instantOf, laterBy, millisOf } from "@leasehold/core/kernel";

/** A key or a password, by which sessions are opened; null is never. */
export interface Way {
  readonly on: boolean;
  readonly made?: Instant | undefined;
  readonly used?: Instant | null | undefined;
}

const MINUTE = 60;

/**
 * Until when what is issued is ended, too. A key that was switched off a moment ago opens sessions until all of AWS knows, and IAM tells
 * only the minute in which one was used: so it is a whole one.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_general.html#troubleshoot_general_eventual-consistency
 */
export const endsUntil = (now: Instant): Instant =>
  instantOf(Math.ceil(millisOf(laterBy(now, MINUTE)) / (MINUTE * 1_000)) * MINUTE * 1_000);

/**
 * Whether sessions may have been opened since: by what is on now, or was used since, or made after the act, though it is off again by
 * now. One that was not used opened none.
 */
export const isOpenedSince = (until: Instant, ways: readonly Way[]): boolean =>
  ways.some(
    ({ on, made, used }) =>
      on || (made !== undefined && made > laterBy(until, -MINUTE)) || (typeof used === "string" && used >= until),
  );
