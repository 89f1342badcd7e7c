import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CaseId, type Instant, later, millisOf } from "../kernel/index.ts";
import {
  type Actives,
  type Arrived,
  arrive,
  Limits,
  openBatch,
  standingTrip,
  timesOver,
  type Window,
} from "./index.ts";

const MONDAY = "2026-11-02T09:00:00.000Z" as Instant;
const LIMITS = Limits.parse({});
const EMPTY: Window = { buckets: [] };
const minutes = (count: number) => later(MONDAY, count / 60);
const one = (n: number): CaseId => `cas_${n}`;
const always =
  (all: number, of: Readonly<Record<string, number>> = {}): Actives =>
  (_, source) =>
    source === undefined ? all : (of[source] ?? all);

interface Leaving {
  readonly at: number; // minute of recordedAt
  readonly now?: number; // minute of the gate; the same where left out
  readonly source?: string;
  readonly late?: number; // minutes
}

/** Each in turn: as what it was taken, and the window after all of them. */
function leave(all: readonly Leaving[], actives: Actives = always(0), from = EMPTY) {
  const trips: Arrived[] = [];
  let window = from;
  const said = all.map(({ at, now = at, source = "okta", late = 0 }, n) => {
    const recordedAt = minutes(at);
    const arrival = { case: one(n), source, recordedAt, occurredAt: minutes(at - late) };
    const arrived = arrive(window, arrival, minutes(now), LIMITS, actives, Uint8Array.of(n >> 8, n));
    window = arrived.window;
    if (arrived.began) trips.push(arrived);
    return arrived.brake.as;
  });
  return { window, said, last: said.at(-1), counted: said.filter((as) => as === "counted").length, trips };
}
const people = (count: number, at: number | ((n: number) => number), more: Partial<Leaving> = {}): Leaving[] =>
  Array.from({ length: count }, (_, n) => ({ at: typeof at === "number" ? at : at(n), ...more }));

describe("a departure", () => {
  it.each<[title: string, all: Leaving[], active: number, last: "counted" | "held"]>([
    ["is the fifth in an hour", people(5, 0), 0, "counted"],
    ["is the sixth", people(6, 0), 0, "held"],
    ["is the sixth in the last minute of the hour", people(6, (n) => (n < 5 ? 0 : 60)), 0, "held"],
    ["comes when the whole bucket is an hour old", people(6, (n) => (n < 5 ? 0 : 65)), 0, "counted"],
    ["comes when any of the bucket is within the hour", people(6, (n) => (n < 5 ? 4 : 64)), 0, "held"],
    ["is the tenth in a day", people(10, (n) => n * 70), 0, "counted"],
    ["is the eleventh", people(11, (n) => n * 70), 0, "held"],
    ["comes after a day", [...people(10, (n) => n * 70), { at: 24 * 60 + 5 }], 0, "counted"],
    ["is one in a hundred of two thousand in an hour", people(20, 0), 2_000, "counted"],
    ["is one more", people(21, 0), 2_000, "held"],
    ["is one where a share is rounded down", people(8, 0), 799, "held"],
    ["is a whole share", people(7, 0), 700, "counted"],
    ["is the most in an hour, however many there are", people(25, 0), 1_000_000, "counted"],
    ["is one beyond the most", people(26, 0), 1_000_000, "held"],
    ["is three in a hundred in a day", people(60, (n) => n * 10), 2_000, "counted"],
    ["is one beyond that", people(61, (n) => n * 10), 2_000, "held"],
    ["is the most in a day", people(75, (n) => n * 12), 1_000_000, "counted"],
    ["is one beyond the most of a day", people(76, (n) => n * 12), 1_000_000, "held"],
    ["is one where nobody knows how many are active", people(6, 0), Number.NaN, "held"],
    ["is one where a count is no number of people", people(6, 0), Number.POSITIVE_INFINITY, "held"],
    [
      "was learned of in another hour, though its gate is read now",
      people(20, (n) => n * 150, { now: 3_000 }),
      0,
      "counted",
    ],
    [
      "was learned of in the same hour, though its gate is read hours later",
      people(6, (n) => n, { now: 600 }),
      0,
      "held",
    ],
    ["is read in another order than it was learned of", [{ at: 59, now: 90 }, ...people(5, 0, { now: 90 })], 0, "held"],
    [
      "is read after a day in which another came first",
      [...people(5, 1_000), ...people(6, (n) => n * 70, { now: 1_000 })],
      0,
      "held",
    ],
    ["is from before all that is kept: it counts among those of now", people(6, 0, { now: 5 * 24 * 60 }), 0, "held"],
    ["is by a clock that is ahead: it counts among those of now", people(6, (n) => 120 * n, { now: 0 }), 0, "held"],
    ["is an hour late", [{ at: 60, late: 60 }], 0, "counted"],
    ["is more than an hour late", [{ at: 61, late: 60.1 }], 0, "held"],
    [
      "comes after others that were late, which count for nothing",
      [...people(40, 90, { late: 90 }), { at: 90 }],
      0,
      "counted",
    ],
  ])("%s", (_, all, active, last) => {
    expect(leave(all, always(active)).last).toBe(last);
  });

  it.each<[title: string, all: Leaving[], last: "counted" | "held"]>([
    ["is one too many of a small source", people(6, 0, { source: "github" }), "held"],
    [
      "is of another source than the five of the small one",
      [...people(5, 0, { source: "github" }), { at: 0 }],
      "counted",
    ],
    ["is one too many of all together", [...people(5, 0, { source: "github" }), ...people(16, 0)], "held"],
    ["is the last of all together", [...people(5, 0, { source: "github" }), ...people(15, 0)], "counted"],
  ])("%s", (_, all, last) => {
    expect(leave(all, always(2_000, { okta: 2_000, github: 100 })).last).toBe(last);
  });

  it("asks for the last whole list before each window, of its source and of all", () => {
    const asked = new Set<string>();
    leave([{ at: 0 }], (before, source) => {
      asked.add(`${before} ${source}`);
      return 0;
    });
    expect([...asked].sort()).toEqual(
      [
        ...[`${later(MONDAY, -1)} okta`, `${later(MONDAY, -1)} undefined`],
        ...[`${later(MONDAY, -24)} okta`, `${later(MONDAY, -24)} undefined`, `${MONDAY} undefined`],
      ].sort(),
    );
  });
});

describe("the trip", () => {
  const all = people(300, (n) => n / 30);
  const { window, counted, trips, said } = leave(all, always(2_000));

  it("is one, says what it went over and by whom, and counts nobody beyond the limit", () => {
    expect([counted, trips.length]).toEqual([20, 1]);
    expect(said.indexOf("held")).toBe(20);
    expect(standingTrip(window)).toEqual({
      ...{ id: expect.stringMatching(/^trp_/), at: minutes(20 / 30), by: one(20), people: 280, most: 20 },
      over: { limit: "peopleAnHour", source: "okta", counted: 20 },
    });
    expect(timesOver(standingTrip(window)!)).toBe(15);
  });

  it("does not slide away, and holds whoever comes, also one alone after days", () => {
    const days = leave([{ at: 5 * 24 * 60 }], always(2_000), window);
    expect([days.last, days.trips.length]).toEqual(["held", 0]);
    expect(standingTrip(days.window)?.people).toBe(281);
  });

  it("keeps the item small, however many are held", () => {
    const many = leave(
      people(3_000, (n) => n / 300),
      always(2_000),
    );
    expect(JSON.stringify(many.window).length).toBeLessThan(1_000);
  });
});

describe("a backlog", () => {
  it("is one batch, trips nothing for others, and is counted nowhere", () => {
    const { window, trips, said } = leave(people(300, 0, { late: 600 }), always(2_000));
    expect(new Set(said)).toEqual(new Set(["held"]));
    expect(trips.length).toBe(1);
    expect([standingTrip(window), openBatch(window)]).toEqual([undefined, expect.objectContaining({ people: 300 })]);
    expect(window.buckets).toEqual([]);
    expect(timesOver(openBatch(window)!)).toBe(15);
  });
});

describe("whatever comes, in whatever order and by whose clock", () => {
  const leaving = fc.record({
    at: fc.nat(2_000),
    delay: fc.nat(600),
    source: fc.constantFrom("okta", "github"),
    late: fc.constantFrom(0, 0, 0, 90),
  });

  it("no hour and no day has more that are counted than the limits allow, of any source or of all", () => {
    const limits = [
      [1, 5, 7],
      [24, 10, 21],
    ] as const;
    fc.assert(
      fc.property(fc.array(leaving, { maxLength: 120 }), fc.constantFrom(1, 12, 60), (all, dense) => {
        const come = all
          .map(({ at, delay, ...more }) => ({ ...more, at: at / dense, now: (at + delay) / dense }))
          .sort((a, b) => a.now - b.now);
        // nothing latches here: each trip is forgotten, so that the counting alone is asked
        let window = EMPTY;
        const done: (Leaving & { readonly millis: number })[] = [];
        for (const [n, { at, now = at, source = "", late = 0 }] of come.entries()) {
          const arrival = { case: one(n), source, recordedAt: minutes(at), occurredAt: minutes(at - late) };
          const actives = always(700, { github: 0, okta: 700 });
          const arrived = arrive(window, arrival, minutes(now), LIMITS, actives, Uint8Array.of(n));
          window = { buckets: arrived.window.buckets };
          if (arrived.brake.as === "counted") done.push({ at, source, millis: millisOf(minutes(at)) });
        }
        for (const [hours, small, overall] of limits)
          for (const { millis: from } of done) {
            const span = done.filter(({ millis }) => millis >= from && millis <= from + hours * 3_600_000);
            expect(span.length).toBeLessThanOrEqual(overall);
            expect(span.filter(({ source }) => source === "github").length).toBeLessThanOrEqual(small);
          }
      }),
    );
  });
});
