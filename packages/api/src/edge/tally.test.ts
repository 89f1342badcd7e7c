import { NONE, type Refusals } from "@leasehold/app/refusals";
import { dayOf, type Instant, laterBy, unavailable } from "@leasehold/core/kernel";
import { beforeEach, expect, it } from "vitest";
import { MONDAY } from "../../../../test/support/clock.ts";
import { type Tally, tallying } from "./index.ts";

let now: Instant;
let kept: Refusals[];
let isDown: boolean;
let lines: string[];
let tally: Tally;
beforeEach(() => {
  [now, kept, isDown, lines] = [MONDAY, [], false, []];
  tally = tallying({
    ...{ connector: "slack", clock: () => now },
    log: (_level, message) => void lines.push(message),
    keep: async (refusals) => {
      if (isDown) throw unavailable("the store");
      kept.push(refusals);
    },
  });
});
const pass = (seconds: number) => {
  now = laterBy(now, seconds);
};
const counted = () => kept.map(({ counts }) => counts.signature);
const knock = async (times: number) => {
  for (let n = 0; n < times; n += 1) await tally.refused({ why: "signature" });
};

it("writes once a minute, however many knock, and loses none", async () => {
  await knock(1_000);
  expect(counted()).toEqual([1]);
  pass(59);
  await knock(10);
  await tally.settle();
  expect(counted()).toEqual([1]);
  pass(1);
  await tally.settle();
  await tally.settle();
  expect(counted()).toEqual([1, 1_009]);
});

it("gives away what is left at its end, and nothing where nothing is", async () => {
  await knock(3);
  await tally.settle(true);
  await tally.settle(true);
  expect(counted()).toEqual([1, 2]);
});

it("counts by why, and how far off the last was; our own are not counted", async () => {
  await tally.refused({ why: "probe" });
  expect(kept).toEqual([]);
  for (const why of ["unproved", "time", "content"] as const)
    await tally.refused({ why, ...(why === "time" && { seconds: 420 }) });
  await tally.settle(true);
  const day = dayOf(MONDAY);
  expect(kept).toEqual([
    { connector: "slack", day, counts: { ...NONE, unproved: 1 } },
    { connector: "slack", day, counts: { ...NONE, time: 1, content: 1 }, seconds: 420 },
  ]);
});

it("keeps the days apart", async () => {
  await knock(2);
  pass(24 * 3_600);
  await knock(1);
  await tally.settle(true);
  expect(kept.map(({ day, counts }) => [day, counts.signature])).toEqual([
    [dayOf(MONDAY), 1],
    [dayOf(MONDAY), 1],
    [dayOf(now), 1],
  ]);
});

it("refuses as before where it cannot be kept, and keeps it later", async () => {
  isDown = true;
  await knock(2);
  pass(60);
  await knock(1);
  expect(kept).toEqual([]);
  isDown = false;
  pass(60);
  await tally.settle();
  expect(counted()).toEqual([3]);
  expect(lines).toHaveLength(2);
});
