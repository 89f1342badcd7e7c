import { badInput, hoursIn, Instant, later } from "@leasehold/core/kernel";
import { KEPT_DAYS } from "@leasehold/core/usage";

/** `90m`, `24h`, `7d` back from now, or an instant as it is written in the logs. */
export function sinceOf(now: Instant, text: string): Instant {
  const hours = hoursIn(text);
  const since = hours === undefined ? instantIn(text) : later(now, -hours);
  if (since >= now) throw badInput("this span is empty: it must begin before now", { where: "since" });
  if (since < later(now, -24 * KEPT_DAYS))
    throw badInput(`usage is kept for ${KEPT_DAYS} days: ask for no more`, { where: "since" });
  return since;
}

function instantIn(text: string): Instant {
  const read = Instant.safeParse(text);
  if (read.success) return read.data;
  throw badInput("this is not a span of time: write 90m, 24h or 7d, or an instant such as 2026-11-02T09:00:00Z", {
    where: "since",
  });
}
