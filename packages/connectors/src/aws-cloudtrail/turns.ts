import type { Hear } from "@leasehold/core/connector";
import type { Instant } from "@leasehold/core/kernel";
import type { Looks } from "./api.ts";

/** One go of looking up, in all Regions of an account. */
export interface Run {
  readonly api: Looks;
  readonly hear: Hear;
  readonly until: Instant;
  readonly followed: Set<string>; // sessions
  left: number; // lookups
  room: number; // characters of signals: they are one answer of a function, which may have six megabytes
}

/** Whether there is time and room for one lookup more, which is then taken. */
export function hasTurn(run: Run): boolean {
  if (run.left <= 0 || run.room <= 0 || run.api.clock() >= run.until) return false;
  run.left -= 1;
  return true;
}
