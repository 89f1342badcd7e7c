import { badInput, Instant } from "@leasehold/core/kernel";
import type { Archived } from "../world/index.ts";

/** Which past is meant. */
export interface When {
  readonly at: Instant; // what had happened by then
  readonly knownBy: Instant | undefined; // of that, only what was recorded by then; undefined: all that is known of it today
}

/** Happened by then; and where that is asked, known by then. */
export const isOf = ({ at, knownBy }: When, { signal, recordedAt }: Archived): boolean =>
  signal.source.occurredAt <= at && (knownBy === undefined || recordedAt <= knownBy);

/** Two instants as somebody wrote them, neither still to come. */
export function instantsIn(
  { at, knownBy }: { readonly at: string; readonly knownBy?: string | undefined },
  now: Instant,
): When {
  return {
    at: passed(at, "at", now),
    knownBy: knownBy === undefined ? undefined : passed(knownBy, "known-by", now),
  };
}

function passed(text: string, flag: string, now: Instant): Instant {
  const read = Instant.safeParse(text);
  if (!read.success) throw badInput("this is not an instant: write 2026-11-02T09:00:00Z", { where: flag });
  if (read.data > now) throw badInput("this instant has not come yet: give one that has passed", { where: flag, now });
  return read.data;
}
