import { expect } from "vitest";

/** Where our simulator and moto do not say the same, and which of them AWS says is right. */
interface Difference {
  readonly where: string; // the operation, the field, and what they say: simulator / moto
  readonly right: "simulator" | "moto";
  readonly because: string;
  readonly page: string; // AWS's own
}

export const DIFFERENCES: readonly Difference[] = [];

const met = new Set<string>();

/** Which of those above were met in this run. */
export const metSoFar = (): ReadonlySet<string> => met;

/** Every difference is in the list above. */
export function unknown(differences: readonly string[]): void {
  for (const one of differences) met.add(one);
  expect(differences.filter((one) => !DIFFERENCES.some(({ where }) => where === one))).toEqual([]);
}
