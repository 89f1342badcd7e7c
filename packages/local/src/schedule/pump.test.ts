import { type Instant, laterBy } from "@leasehold/core/kernel";
import { expect, it } from "vitest";
import { jumpingClock } from "../clock/index.ts";
import { createPump } from "./index.ts";

const START = "2026-11-02T09:00:00.000Z" as Instant;
const at = (seconds: number): Instant => laterBy(START, seconds);

/** Parts whose work is a list of instants; doing one may make work for another part. */
function trial(given: readonly (readonly number[])[], then: (part: number, work: number[][]) => void = () => {}) {
  const clock = jumpingClock(START);
  const diary: string[] = [];
  const work = given.map((seconds) => [...seconds]);
  const parts = work.map((mine, n) => ({
    nextDue: () => mine.toSorted((a, b) => a - b).map(at)[0],
    run: async () => {
      const due = mine.filter((second) => at(second) <= clock.now());
      for (const second of due) {
        mine.splice(mine.indexOf(second), 1);
        diary.push(`${n}:${second}@${(Date.parse(clock.now()) - Date.parse(START)) / 1_000}`);
        then(n, work);
      }
      return due.length;
    },
  }));
  return { clock, diary, pump: createPump({ parts, clock }) };
}

it("settles what is due now, and no more", async () => {
  const { diary, pump, clock } = trial([[0, 5], [0]]);
  await pump.settle();
  expect(diary).toEqual(["0:0@0", "1:0@0"]);
  expect(clock.now()).toBe(START);
});

it("settles what one part makes for one that was already through", async () => {
  const { diary, pump } = trial([[], [0]], (part, work) => {
    if (part === 1) work[0]?.push(0);
  });
  await pump.settle();
  expect(diary).toEqual(["1:0@0", "0:0@0"]);
});

it("lives through the time, jumping to each instant in order, and to the end", async () => {
  const { diary, pump, clock } = trial([
    [30, 10],
    [20, 99],
  ]);
  await pump.settleUntil(at(40));
  expect(diary).toEqual(["0:10@10", "1:20@20", "0:30@30"]);
  expect(clock.now()).toBe(at(40));
});

it("does what becomes due on the way", async () => {
  const { diary, pump } = trial([[10], []], (part, work) => {
    if (part === 0) work[1]?.push(15);
  });
  await pump.settleUntil(at(20));
  expect(diary).toEqual(["0:10@10", "1:15@15"]);
});

it("says so when something is due and nobody does it", async () => {
  const clock = jumpingClock(START);
  const pump = createPump({ parts: [{ nextDue: () => at(5), run: async () => 0 }], clock });
  await expect(pump.settleUntil(at(10))).rejects.toMatchObject({ name: "Unavailable" });
});

it("says so when work makes work without end", async () => {
  const pump = createPump({ parts: [{ nextDue: () => START, run: async () => 1 }], clock: jumpingClock(START) });
  await expect(pump.settle()).rejects.toMatchObject({ name: "Unexpected" });
});
