import { badInput, Instant, later } from "@leasehold/core/kernel";

const SPAN = /^(\d{1,6})(m|h|d)$/;
const HOURS = { m: 1 / 60, h: 1, d: 24 } as const;

/** `72h`, `3d`, `90m` from now on, or an instant as it is written in the logs. */
export function instantIn(now: Instant, { advance, to }: { readonly advance?: string; readonly to?: string }): Instant {
  if (to !== undefined) {
    const read = Instant.safeParse(to);
    if (read.success) return read.data;
    throw badInput("this is not an instant: write 2026-11-02T09:00:00Z", { flag: "--to" });
  }
  const [, number, unit] = SPAN.exec(advance ?? "") ?? [];
  if (number === undefined) throw badInput("this is not a span of time: write 90m, 72h or 3d", { flag: "--advance" });
  return later(now, Number(number) * HOURS[unit as keyof typeof HOURS]);
}
