import { describe, expect, it } from "vitest";
import { boundOf, type Load } from "../../bench/winddown/bound.ts";
import { wound } from "../../bench/winddown/run.ts";

const load = (more: Partial<Load> = {}): Load => ({
  limit: { calls: 110, seconds: 10, burst: 10, change: 1 }, // ten at once, and ten a second
  ...{ settles: 5, credentials: 0, people: 0 },
  ...more,
});

describe("the bound of the wind-down's benchmark", () => {
  it.each<[title: string, loads: Load[], seconds: number]>([
    ["nothing is to be done", [load()], 0],
    ["one: three calls in a row, settling, and a read", [load({ credentials: 1 })], 0.45 + 5 + 0.15],
    ["a hundred: four calls of each wait for the bucket before the last one settles", [load({ credentials: 100, settles: 30 })], 39 + 30 + 0.15],
    ["a hundred that settle at once: all six calls of each", [load({ credentials: 100, settles: 0 })], 59 + 0.15],
    ["a change that counts five", [load({ credentials: 100, settles: 0, limit: { ...load().limit, change: 5 } })], 99 + 0.15],
    ["people who are asked about, and nothing that settles", [load({ people: 110 })], 10 + 0.15],
    ["the slowest of several", [load({ credentials: 1 }), load({ credentials: 1, settles: 120 })], 120.6],
  ])("%s", (_title, loads, seconds) => {
    expect(boundOf(loads)).toBeCloseTo(seconds, 6);
  }); // biome-ignore format: rows

  it("is nothing that its own runs go below", async () => {
    const { seconds, bound, confirmed, refused } = await wound(20, 8, { allows: 1, fails: 0, lies: 0 }, 1);
    expect(seconds).toBeGreaterThanOrEqual(bound);
    expect([confirmed, refused]).toEqual([20, 0]);
  });
});

it("of a provider that says 200 and does nothing every credential is found alive and paged, and none is called confirmed", async () => {
  const { liars, alive, paged, believed, confirmed } = await wound(20, 8, { allows: 1, fails: 0, lies: 0.5 }, 2);
  expect(liars).toBeGreaterThan(3);
  expect({ alive, paged, believed, confirmed }).toEqual({
    alive: liars,
    paged: liars,
    believed: 0,
    confirmed: 20 - liars,
  });
});
