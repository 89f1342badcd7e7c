import { expect, it } from "vitest";
import { hours } from "../../../../test/support/signals.ts";
import { KINDS } from "./kinds.ts";
import { strengthAt } from "./strength.ts";

const kinds = { ...KINDS, declared: { ...KINDS.declared, weight: 0.8, halfLife: 10 } };
const at = hours(0);

it.each([
  ["all of it when it is new", 0, 0.8],
  ["half of it after one half-life", 10, 0.4],
  ["a quarter after two", 20, 0.2],
  ["no more than all of it before it happened", -10, 0.8],
])("weighs %s", (_title, days, now) => {
  const strength = strengthAt({ kind: "declared", at }, hours(24 * days), kinds);
  expect(strength).toEqual({ weight: 0.8, halfLife: 10, now: expect.closeTo(now) });
});
