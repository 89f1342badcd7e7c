import { badInput, hoursIn, Instant, later } from "@leasehold/core/kernel";

/** `90d`, `24h` back from now, or an instant as it is written in the logs. */
export function sinceOf(now: Instant, text: string): Instant {
  const hours = hoursIn(text);
  const read = hours === undefined ? Instant.safeParse(text).data : later(now, -hours);
  if (read !== undefined) return read;
  throw badInput("this is neither a span of time nor an instant: write 90d, 24h or 2026-11-02T09:00:00Z", {
    where: "since",
  });
}
