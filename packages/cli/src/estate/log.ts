import type { Log } from "@leasehold/app/world";
import type { Call } from "../command/index.ts";

const LEVELS = ["debug", "info", "warn", "error"] as const;

/** Log lines beside the answer: the story where a command moves it on, and what is wrong everywhere. */
export function logTo({ note }: Pick<Call, "note">, least: (typeof LEVELS)[number]): Log {
  return (level, message, keys = {}) => {
    if (LEVELS.indexOf(level) < LEVELS.indexOf(least)) return;
    const words = Object.entries(keys).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}`]));
    note([level.padEnd(5), message, ...words].join(" "));
  };
}
