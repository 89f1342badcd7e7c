import { badInput, hoursIn, Instant, later } from "@leasehold/core/kernel";

/** `72h`, `3d`, `90m` from now on, or an instant as it is written in the logs. */
export function instantIn(now: Instant, { advance, to }: { readonly advance?: string; readonly to?: string }): Instant {
  if (to !== undefined) {
    const read = Instant.safeParse(to);
    if (read.success) return read.data;
    throw badInput("this is not an instant: write 2026-11-02T09:00:00Z", { flag: "--to" });
  }
  const hours = hoursIn(advance ?? "");
  if (hours === undefined) throw badInput("this is not a span of time: write 90m, 72h or 3d", { flag: "--advance" });
  return later(now, hours);
}
