import type { Instant } from "@leasehold/core/kernel";
import { openFile } from "@leasehold/store/file";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { delaySeconds, jumpingClock, limited, realClock, TimeUp } from "./index.ts";

const START = "2026-11-02T09:00:00.000Z" as Instant;
const LATER = "2026-12-02T09:00:00.000Z" as Instant;

describe("the jumping clock", () => {
  it("stands still until it is moved, and never goes back", () => {
    const clock = jumpingClock(START);
    expect([clock.now(), clock.now()]).toEqual([START, START]);
    clock.jumpTo(LATER);
    clock.jumpTo(START);
    expect(clock.now()).toBe(LATER);
  });

  it("is where it was left, whatever start the next process gives", () => {
    const file = openFile(":memory:");
    jumpingClock(START, file).jumpTo(LATER);
    expect(jumpingClock(START, file).now()).toBe(LATER);
    expect(jumpingClock("2030-01-01T00:00:00.000Z" as Instant, file).now()).toBe(LATER);
  });

  it("is one time for all who share the file", () => {
    const file = openFile(":memory:");
    const [mine, theirs] = [jumpingClock(START, file), jumpingClock(START, file)];
    theirs.jumpTo(LATER);
    expect(mine.now()).toBe(LATER);
  });

  it("follows the clock it is given, from its own start, and not back with it", () => {
    let real = "2026-01-01T00:00:00.000Z" as Instant;
    const clock = jumpingClock(START, openFile(":memory:"), () => real);
    real = "2026-01-01T00:00:07.000Z" as Instant;
    expect(clock.now()).toBe("2026-11-02T09:00:07.000Z");
    real = "2025-01-01T00:00:00.000Z" as Instant;
    expect(clock.now()).toBe("2026-11-02T09:00:07.000Z");
    clock.jumpTo(LATER);
    expect(clock.now()).toBe(LATER);
  });

  it("only ever goes on, however it is jumped", () => {
    const instants = fc.array(
      fc.integer({ min: 0, max: 4e12 }).map((millis) => new Date(millis).toISOString() as Instant),
    );
    fc.assert(
      fc.property(instants, (jumps) => {
        const clock = jumpingClock(START, openFile(":memory:"));
        const seen = jumps.map((instant) => {
          clock.jumpTo(instant);
          return clock.now();
        });
        expect(seen).toEqual(seen.toSorted());
        expect(clock.now()).toBe([START, ...jumps].toSorted().at(-1));
      }),
      { numRuns: 30 },
    );
  });
});

it("the real clock tells an instant", () => {
  expect(realClock()()).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
});

describe("a delay", () => {
  const bytes = (value: number) => () => Uint8Array.of(value, value, value, value);

  it.each([
    ["none", 0, 8],
    ["none", 255, 8],
    ["half", 0, 4],
    ["half", 255, 8],
    ["full", 0, 0],
    ["full", 255, 8],
  ] as const)("spread %s by %d is %d", (spread, value, seconds) => {
    expect(delaySeconds({ first: 2, rate: 2, cap: 100, spread }, 2, bytes(value))).toBeCloseTo(seconds, 3);
  });

  it("is never longer than its cap, at any attempt", () => {
    expect(delaySeconds({ first: 2, rate: 2, cap: 900, spread: "none" }, 5_000, bytes(0))).toBe(900);
  });
});

describe("a limit in real time", () => {
  const fires = (_millis: number, up: () => void) => {
    up();
    return () => {};
  };

  it("answers for what never settles", async () => {
    expect(await limited(() => new Promise(() => {}), { millis: 1, timer: fires })).toBe(TimeUp);
  });

  it.each([
    ["answers", () => 7],
    ["throws", () => Promise.reject(new Error("broken"))],
    ["throws at once", () => expect.fail("broken")],
  ])("is taken back when it %s", async (_title, run) => {
    let running = 0;
    const timer = () => {
      running += 1;
      return () => {
        running -= 1;
      };
    };
    await limited<unknown>(run, { millis: 1, timer }).catch(() => {});
    expect(running).toBe(0);
  });
});
