import { hoursBetween, type Instant } from "../kernel/index.ts";
import { KINDS, type Kind } from "./kinds.ts";
import type { Evidence } from "./model.ts";

/** What one piece of evidence weighs by itself: in the table, and what age has left of it. Whether it counts beside others is the fold's. */
export interface Strength {
  readonly weight: number; // natural logarithm of the likelihood ratio
  readonly now: number;
  readonly halfLife: number; // days
}

export function strengthAt(
  { kind, at }: Pick<Evidence, "kind" | "at">,
  now: Instant,
  kinds: Readonly<Record<Evidence["kind"], Kind>> = KINDS,
): Strength {
  const { weight, halfLife } = kinds[kind];
  return { weight, now: faded({ weight, halfLife }, at, now), halfLife };
}

/** What is left of a weight, of something said at an instant. */
export const faded = ({ weight, halfLife }: Pick<Kind, "weight" | "halfLife">, at: Instant, now: Instant): number =>
  weight * 2 ** (-Math.max(0, hoursBetween(at, now)) / 24 / halfLife);
