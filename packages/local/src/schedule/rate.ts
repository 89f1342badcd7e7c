import { badInput } from "@leasehold/core/kernel";

const HOURS: Readonly<Record<string, number>> = { minute: 1 / 60, hour: 1, day: 24 };

/** "1 minute", "6 hours", "1 day": what EventBridge takes in rate(…), and as strict about the plural. */
export function hoursOfRate(rate: string): number {
  const [, count = "0", unit = "", plural = ""] = /^([1-9]\d{0,5}) (minute|hour|day)(s?)$/.exec(rate) ?? [];
  const hours = HOURS[unit];
  if (hours === undefined || (count === "1") !== (plural === ""))
    throw badInput("a rate is a number of minutes, hours or days", { rate });
  return Number(count) * hours;
}
