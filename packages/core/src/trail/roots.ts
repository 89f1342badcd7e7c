import type { Instant } from "../kernel/index.ts";
import type { Entry } from "./trail.ts";

/** Where a trail ended once: listed by the case that closed, and kept day by day where nobody can change it. */
export interface Root {
  readonly trail: string;
  readonly entries: number;
  readonly hash: string;
}
export interface KeptRoot extends Root {
  readonly at: Instant; // when it was kept
}

const LISTED = /^(\d{1,9})\/(\S+)$/;

/** The ends of wind-downs' trails that a case wrote down, each time that it closed. */
export const rootsIn = (entries: readonly Entry[]): readonly Root[] =>
  entries
    .filter(({ did }) => did === "case.closed")
    .flatMap(({ facts }) => Object.entries(facts))
    .filter(([key]) => key.startsWith("wdc_"))
    .map(([trail, said]) => {
      const [, entries = "0", hash = ""] = LISTED.exec(String(said)) ?? [];
      return { trail, entries: Number(entries), hash };
    });

/** Whether a trail still passes through where it once ended. `hashes`: of its entries, from the one after `skipped` on. */
export function astray(
  hashes: readonly string[],
  { entries, hash }: Root,
  wrote: string,
  skipped = 0,
): string | undefined {
  if (entries <= skipped) return undefined; // it was exported from a later entry on
  const found = hashes[entries - skipped - 1];
  if (found === hash) return undefined;
  if (found === undefined) return `entry ${entries} is missing, and ${wrote} names it`;
  return `entry ${entries} is not the one that ${wrote} names`;
}

export const CLOSED_CASE = "its closed case";
export const keptOn = ({ at }: Pick<KeptRoot, "at">): string => `the root kept at ${at}`;
