import type { Instant } from "../kernel/index.ts";
import type { Subject, Turn } from "./model.ts";

/** The value that held at an instant; undefined before the first turn. */
export function valueAt(turns: readonly Turn[] | undefined, at: Instant): string | undefined {
  return turns?.findLast((turn) => turn.at <= at)?.value;
}

/** When the present departure began: the first of the departed turns that end the list, however many sources repeat it. */
export function departureOf(subject: Pick<Subject, "facts" | "turns">): Instant | undefined {
  return currentRun(subject, "departed");
}

/** When the present standing began. */
export function currentRun({ facts, turns }: Pick<Subject, "facts" | "turns">, standing: string): Instant | undefined {
  if (facts["standing"]?.value !== standing) return undefined;
  const all = turns["standing"] ?? [];
  const before = all.findLastIndex(({ value }) => value !== standing);
  return all[before + 1]?.at ?? facts["standing"].at;
}

/** Whether a whole list has them no longer, though nobody said that they left; whatever is said of them since ends it. */
export const isVanished = ({ facts }: Pick<Subject, "facts">): boolean => {
  const { vanished, standing } = facts;
  return vanished !== undefined && standing?.value === "active" && vanished.at >= standing.at;
};

/** Whether anything but this standing was ever known before it. */
export const knownBefore = ({ turns }: Pick<Subject, "turns">, standing: string): boolean =>
  (turns["standing"] ?? []).some(({ value }) => value !== standing);
