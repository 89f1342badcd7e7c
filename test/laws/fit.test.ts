import { KINDS, WEIGHTS } from "@leasehold/core/attribution";
import { generate } from "@leasehold/local/estates";
import { expect, it } from "vitest";
import { type Case, casesOf, counted, NOW } from "../../bench/attribution/fit/cases.ts";
import { measure } from "../../bench/attribution/fit/measure.ts";
import { best } from "../../bench/attribution/fit/search.ts";
import { FREE, type Free, isInOrder, shipped, weightsFrom } from "../../bench/attribution/fit/table.ts";
import { ours } from "../../bench/attribution/ours.ts";
import { scoreOf } from "../../bench/attribution/score.ts";

it("what is fitted on is what the product answers: as many first right, as many certain, as well calibrated", async () => {
  const estate = generate({ people: 30, seed: 4 });
  const answer = await ours(estate);
  const judged = [];
  for (const truth of estate.truth.credentials) judged.push({ truth, answer: await answer(truth) });
  const visible = scoreOf(judged.filter(({ truth }) => truth.chain === "whole"));
  const whole = scoreOf(judged);
  const cases = await casesOf(estate);
  const fitted = measure(counted(cases), WEIGHTS);
  expect(cases).toHaveLength(judged.length);
  expect(counted(cases).reduce((sum, { times }) => sum + times, 0)).toBe(judged.length);
  expect(fitted.first).toBeCloseTo(visible.first, 9);
  expect(fitted.certain).toBe(whole.certain);
  expect(fitted.calibrationError).toBeCloseTo(whole.calibrationError, 2); // instants are kept by the month
});

it("the table that is shipped is one that could have been fitted, and is put together again from what is free in it", () => {
  const free = shipped();
  for (const [name, [least, most]] of Object.entries(FREE)) {
    expect(free[name as keyof Free], name).toBeGreaterThanOrEqual(least);
    expect(free[name as keyof Free], name).toBeLessThanOrEqual(most);
  }
  expect(isInOrder(free)).toBe(true);
  const again = weightsFrom(free);
  expect(again).toEqual(WEIGHTS);
  expect(Object.keys(again.kinds)).toEqual(Object.keys(KINDS));
});

it("a fit lowers the loss, stays in order, and ends in the same place each time", () => {
  const made = (isRight: boolean, times: number): Case => ({
    evidence: [{ kind: "authorised-by", candidate: "acc_0", source: "any", eventId: "any", at: NOW }],
    ...{ whereabouts: {}, began: undefined, right: isRight ? ["acc_0"] : [], whole: true, times },
  });
  const cases = [made(true, 95), made(false, 5)];
  const lossOf = (free: Free) => measure(cases, weightsFrom(free)).logLoss;
  const lines: string[] = [];
  const free = best(shipped(), lossOf, (line) => lines.push(line));
  expect(lossOf(free)).toBeLessThanOrEqual(lossOf(shipped()));
  expect(free.consent).toBeCloseTo(Math.log(19), 1); // said as often as it is right
  expect(isInOrder(free)).toBe(true);
  expect(best(shipped(), lossOf, () => undefined)).toEqual(free);
  expect(lines.length).toBeGreaterThan(3);
});
