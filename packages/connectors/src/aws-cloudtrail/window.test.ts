import { type Instant, later } from "@leasehold/core/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MONDAY } from "../../../../test/support/clock.ts";
import { cursorOf, placeIn, type Reached, reachedBy, windowOf } from "./window.ts";

const REGIONS = ["us-east-1", "eu-west-1"];
const START = later(MONDAY, 0);

describe("the next window", () => {
  const H = (hours: number) => later(START, hours);
  it.each<[string, Reached | undefined, [from: Instant, to: Instant]]>([
    ["at first", undefined, [H(-4 / 3), START]],
    ["a quarter of an hour later", { to: H(-0.25) }, [H(-0.25 - 1 / 3), START]],
    ["after a night, an hour of it", { to: H(-8) }, [H(-8 - 1 / 3), H(-7)]],
    ["after half a year, what CloudTrail still has", { to: H(-24 * 180) }, [H(-24 * 90), H(-24 * 90 + 4 / 3)]],
  ])("%s", (_title, reached, [from, to]) => {
    expect(windowOf(reached, START)).toEqual({ from, to, next: undefined });
  });

  it("is the same one until its last page was read, though time goes by", () => {
    const first = windowOf({ to: H(-2) }, START)!;
    const middle = reachedBy(first, "token");
    expect(windowOf(middle, H(5))).toEqual({ ...first, next: "token" });
    expect(reachedBy(first, undefined)).toEqual({ to: first.to });
  });

  it("is the same one until then, though CloudTrail forgets what lies before it", () => {
    const first = windowOf({ to: H(-24 * 180) }, START)!;
    const middle = reachedBy(first, "token");
    expect(windowOf(middle, H(0.01))).toEqual({ ...first, next: "token" });
  });

  it("is none where the place is ahead of the clock", () => {
    expect(windowOf({ to: H(1) }, START)).toBeUndefined();
  });

  /** One poll: some pages of the window, kept as a cursor after each, and then its last one. */
  function poll(before: Reached | undefined, at: Instant, pages: number): Reached | undefined {
    const window = windowOf(before, at);
    if (window === undefined) return before;
    expect(before === undefined || window.from <= before.to).toBe(true);
    expect(window.to <= at).toBe(true);
    let reached = before;
    for (let page = 0; page < pages; page += 1) {
      reached = reachedBy(window, `t${page}`);
      expect(placeIn(cursorOf({ "eu-west-1": reached }), REGIONS)).toEqual({ "eu-west-1": reached });
      expect(windowOf(reached, later(at, page))).toEqual({ ...window, next: `t${page}` });
    }
    return reachedBy(window, undefined);
  }

  it("leaves nothing out between one and the next, wherever it was cut, and comes to now", () => {
    const steps = fc.array(fc.record({ hours: fc.double({ min: 0, max: 30, noNaN: true }), pages: fc.nat(3) }));
    fc.assert(
      fc.property(steps, (all) => {
        let [reached, at]: [Reached | undefined, Instant] = [undefined, START];
        for (const { hours, pages } of all) {
          at = later(at, hours);
          reached = poll(reached, at, pages);
        }
        for (let left = 24 * 30 * all.length + 2; left > 0; left -= 1) reached = poll(reached, at, 0);
        expect(reached?.to).toBe(at);
      }),
      { numRuns: 50 },
    );
  });
});
