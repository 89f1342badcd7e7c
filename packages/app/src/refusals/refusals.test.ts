import { dayOf, later } from "@leasehold/core/kernel";
import { beforeEach, expect, it } from "vitest";
import { type MemoryWorld, memoryWorld } from "../../../../test/support/memory-world.ts";
import { keepRefused, NONE, Refusals, refusedLately } from "./index.ts";

let world: MemoryWorld;
beforeEach(() => {
  world = memoryWorld();
});
const of = (counts: Partial<Refusals["counts"]>, more: Partial<Refusals> = {}): Refusals => ({
  ...{ connector: "slack", day: dayOf(world.now), counts: { ...NONE, ...counts }, ...more },
});

it("adds up what one way in refused on one day, and remembers how far the last time was off", async () => {
  await keepRefused(world, of({ signature: 2 }));
  await keepRefused(world, of({ signature: 1, time: 3 }, { seconds: 420 }));
  await keepRefused(world, of({ unproved: 5 }));
  await keepRefused(world, of({ content: 1 }, { connector: "jira" }));
  const day = dayOf(world.now);
  expect(await refusedLately(world, "slack")).toEqual([
    { day, counts: { unproved: 5, signature: 3, time: 3, content: 0 }, seconds: 420 },
  ]);
  expect(await refusedLately(world, "jira")).toEqual([{ day, counts: { ...NONE, content: 1 } }]);
  expect(await refusedLately(world, "okta")).toEqual([]);
});

it("tells of seven days, today first, each by itself", async () => {
  const first = world.now;
  for (const ago of [0, 1, 6]) {
    await keepRefused(world, of({ signature: ago + 1 }));
    world.pass(24);
  }
  const today = world.now; // the third day after the first
  const days = (await refusedLately(world, "slack")).map(({ day, counts }) => [day, counts.signature]);
  expect(days).toEqual([7, 2, 1].map((n, back) => [dayOf(later(today, -24 * (back + 1))), n]));
  world.pass(24 * 4);
  expect((await refusedLately(world, "slack")).map(({ counts }) => counts.signature)).toEqual([7, 2]);
  expect(dayOf(first)).not.toBe(dayOf(world.now));
});

it.each([
  ["another word", { counts: { ...NONE, body: 1 } }],
  ["a day that is no instant", { day: "today" }],
  ["a number below none", { counts: { ...NONE, time: -1 } }],
  ["a body beside it", { body: "CANARY" }],
])("has no place for %s", (_title, wrong) => {
  expect(Refusals.safeParse({ ...of({}), ...wrong }).success).toBe(false);
});
