import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Bucket, full, type Limit, perSecond, RESERVE, slowed, spend, waitOf } from "./index.ts";

const limit: Limit = {
  ...{ calls: 300, seconds: 60, burst: 60, change: 1, published: true },
  source: "https://example.com/limits",
};
const empty = (now = 0): Bucket => ({ ...full(limit, now), tokens: 0 });

/** When each of so many calls goes out, if they all want to at once. */
function sent(of: Limit, count: number, urgent = false): readonly number[] {
  let bucket = full(of, 0);
  let now = 0;
  return Array.from({ length: count }, () => {
    for (let wait = waitOf(of, bucket, now, 1, urgent); wait > 0; wait = waitOf(of, bucket, now, 1, urgent))
      now += wait;
    bucket = spend(of, bucket, now, 1);
    return now;
  });
}

const limits = fc
  .record({
    calls: fc.integer({ min: 2, max: 5_000 }),
    seconds: fc.integer({ min: 1, max: 3_600 }),
    part: fc.double({ min: 0.01, max: 0.9, noNaN: true }),
  })
  .map(
    ({ calls, seconds, part }): Limit => ({
      ...limit,
      calls,
      seconds,
      burst: Math.max(1, Math.min(calls - 1, Math.floor(calls * part))),
    }),
  );

describe("a bucket", () => {
  it("lets no more through in any window than the page says, however many want to", () => {
    fc.assert(
      fc.property(limits, fc.integer({ min: 1, max: 400 }), fc.boolean(), (of, count, urgent) => {
        const at = sent(of, count, urgent);
        const most = Math.max(
          ...at.map((from) => at.filter((one) => one >= from && one < from + 1_000 * of.seconds).length),
        );
        expect(most).toBeLessThanOrEqual(of.calls);
      }),
    );
  });

  it("sends as fast as its limit, once what was saved up is used", () => {
    const at = sent(limit, 300);
    const free = limit.burst * (1 - RESERVE);
    expect((at.at(-1) ?? 0) / 1_000).toBeCloseTo((300 - free) / perSecond(limit), 0);
  });

  it.each([
    ["a call that must not wait goes at once", 1, true, 0],
    ["another waits until the reserve is whole", 1, false, 500],
  ] as const)("down to its reserve: %s", (_title, counts, urgent, wait) => {
    const bucket = { ...empty(), tokens: limit.burst * RESERVE - 1 };
    expect(waitOf(limit, bucket, 0, counts, urgent)).toBe(wait);
  });

  it("does not wait for more than it can ever hold", () => {
    expect(waitOf(limit, full(limit, 0), 0, limit.burst + 5)).toBe(0);
  });

  it("is filled by no clock that goes back", () => {
    expect(waitOf(limit, spend(limit, empty(10_000), 10_000, 0), 0, 1, true)).toBeGreaterThan(0);
  });
});

describe("asked to slow down", () => {
  it("it halves its rate, keeps quiet for as long as it was told, and begins with nothing saved up", () => {
    const bucket = slowed(limit, full(limit, 0), 0, 30);
    expect(bucket.share).toBe(0.5);
    expect(waitOf(limit, bucket, 0, 1, true)).toBe(30_000);
    expect(waitOf(limit, bucket, 30_000, 1, true)).toBeGreaterThan(0);
  });

  it.each([
    ["what was on its way at the same time is one refusal", [0, 10, 900], 0.5],
    ["a second later is another", [0, 1_001], 0.25],
  ])("%s", (_title, instants, share) => {
    const bucket = instants.reduce((one, now) => slowed(limit, one, now), full(limit, 0));
    expect(bucket.share).toBeCloseTo(share, 2);
  });

  it("a later and shorter word does not end a longer one", () => {
    expect(slowed(limit, slowed(limit, full(limit, 0), 0, 60), 5_000, 1).quietUntil).toBe(60_000);
  });

  it("never stops for good, and comes back in small steps to its whole rate and no further", () => {
    let bucket = full(limit, 0);
    for (let n = 0; n < 50; n += 1) bucket = slowed(limit, bucket, n * 2_000);
    expect(bucket.share).toBeGreaterThan(0);
    const at = (seconds: number) => spend(limit, bucket, 100_000 + 1_000 * seconds, 0).share;
    expect(at(60)).toBeGreaterThan(at(0));
    expect(at(60)).toBeLessThan(0.3);
    expect(at(3_600)).toBe(1);
  });
});
