import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Instant, instantOf, later, millisOf } from "../kernel/index.ts";
import { Calendar, notBefore } from "./index.ts";

const berlin = (over: object = {}) => Calendar.parse({ timeZone: "Europe/Berlin", ...over });
const utc = (over: object = {}) => Calendar.parse(over);
const freeze = (from: string, to: string) => ({ freezes: [{ from, to }] });

type Row = [title: string, calendar: Calendar, now: string, then: string | undefined];

describe("silence may act again", () => {
  it.each<Row>([
    ["now, in staffed hours", utc(), "2026-11-02T09:00:00.000Z", undefined],
    ["now, from the first minute", utc(), "2026-11-02T08:00:00.000Z", undefined],
    ["at the first minute, a moment before it", utc(), "2026-11-02T07:59:59.999Z", "2026-11-02T08:00:00.000Z"],
    ["now, until the last moment", utc(), "2026-11-02T17:59:59.999Z", undefined],
    ["the next morning, once the day is over", utc(), "2026-11-02T18:00:00.000Z", "2026-11-03T08:00:00.000Z"],
    ["on Monday, after a Friday", utc(), "2026-11-06T18:00:00.000Z", "2026-11-09T08:00:00.000Z"],
    ["on Monday, on a Sunday at noon", utc(), "2026-11-08T12:00:00.000Z", "2026-11-09T08:00:00.000Z"],
    ["now, on a Sunday where Sunday is staffed", utc({ days: [7] }), "2026-11-08T12:00:00.000Z", undefined],
    [
      "at midnight where the day is whole",
      utc({ days: [2], from: 0, to: 24 }),
      "2026-11-02T09:00:00.000Z",
      "2026-11-03T00:00:00.000Z",
    ],
    [
      "now, at the last moment of a whole day",
      utc({ days: [2], from: 0, to: 24 }),
      "2026-11-03T23:59:59.999Z",
      undefined,
    ],
    ["by the wall clock of its zone, in winter", berlin(), "2026-11-02T06:59:00.000Z", "2026-11-02T07:00:00.000Z"],
    ["by the wall clock of its zone, in summer", berlin(), "2026-07-06T05:59:00.000Z", "2026-07-06T06:00:00.000Z"],
    ["an hour later, after the clock was put back", berlin(), "2026-10-23T17:00:00.000Z", "2026-10-26T07:00:00.000Z"],
    [
      "an hour earlier, after the clock was put forward",
      berlin(),
      "2026-03-27T18:00:00.000Z",
      "2026-03-30T06:00:00.000Z",
    ],
    [
      "when an hour that is left out would have begun",
      berlin({ days: [7], from: 2, to: 3 }),
      "2026-03-28T23:30:00.000Z",
      "2026-04-05T00:00:00.000Z",
    ],
    [
      "in both of an hour that comes twice",
      berlin({ days: [7], from: 2, to: 3 }),
      "2026-10-25T01:30:00.000Z",
      undefined,
    ],
    [
      "by a zone half an hour off",
      Calendar.parse({ timeZone: "Australia/Lord_Howe" }),
      "2026-10-03T22:00:00.000Z",
      "2026-10-04T21:00:00.000Z",
    ],
    [
      "by a zone a quarter off",
      Calendar.parse({ timeZone: "Asia/Kathmandu" }),
      "2026-11-02T01:00:00.000Z",
      "2026-11-02T02:15:00.000Z",
    ],
    [
      "after a freeze that ends in staffed hours",
      utc(freeze("2026-11-02T00:00:00Z", "2026-11-03T11:07:30Z")),
      "2026-11-02T09:00:00.000Z",
      "2026-11-03T11:07:30.000Z",
    ],
    [
      "the morning after a freeze that ends at night",
      utc(freeze("2026-11-02T00:00:00Z", "2026-11-03T20:07:00Z")),
      "2026-11-02T09:00:00.000Z",
      "2026-11-04T08:00:00.000Z",
    ],
    [
      "after a freeze that begins before the next morning",
      utc(freeze("2026-11-03T07:00:00Z", "2026-11-03T09:00:00Z")),
      "2026-11-02T20:00:00.000Z",
      "2026-11-03T09:00:00.000Z",
    ],
    [
      "now, at the end of a freeze",
      utc(freeze("2026-11-02T00:00:00Z", "2026-11-02T09:00:00Z")),
      "2026-11-02T09:00:00.000Z",
      undefined,
    ],
    [
      "not at the first moment of one",
      utc(freeze("2026-11-02T09:00:00Z", "2026-11-02T09:30:00Z")),
      "2026-11-02T09:00:00.000Z",
      "2026-11-02T09:30:00.000Z",
    ],
    [
      "now, though a freeze is to come",
      utc(freeze("2026-11-02T09:00:01Z", "2026-11-20T09:30:00Z")),
      "2026-11-02T09:00:00.000Z",
      undefined,
    ],
    [
      "after the later of two freezes",
      utc({
        freezes: [
          { from: "2026-11-02T08:00:00Z", to: "2026-11-04T08:00:00Z" },
          { from: "2026-11-02T08:00:00Z", to: "2026-11-03T09:30:00Z" },
        ],
      }),
      "2026-11-02T09:00:00.000Z",
      "2026-11-04T08:00:00.000Z",
    ],
    [
      "in a year, where nobody is ever there",
      utc({ days: [] }),
      "2026-11-02T09:00:00.000Z",
      "2027-11-02T09:00:00.000Z",
    ],
    [
      "in a year, where it thaws a month after that",
      utc(freeze("2026-11-02T00:00:00Z", "2027-12-01T09:00:00Z")),
      "2026-11-02T09:00:00.000Z",
      "2027-11-02T09:00:00.000Z",
    ],
    [
      "in a year, where it is frozen for ten",
      utc(freeze("2026-11-02T00:00:00Z", "2036-11-02T00:00:00Z")),
      "2026-11-02T09:00:00.000Z",
      "2027-11-02T09:00:00.000Z",
    ],
  ])("%s", (_title, calendar, now, then) => {
    expect(notBefore(calendar, now as Instant)).toBe(then);
  });

  const zones = fc.constantFrom(
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "Australia/Lord_Howe",
  );
  const anInstant = fc
    .nat(2 * 365 * 24 * 60)
    .map((minutes) => later("2026-01-01T00:00:00.000Z" as Instant, minutes / 60));
  const span = fc
    .record({ from: anInstant, hours: fc.integer({ min: 1, max: 400 }) })
    .map(({ from, hours }) => ({ from, to: later(from, hours) }));
  const calendars = fc
    .record({
      timeZone: zones,
      days: fc.uniqueArray(fc.integer({ min: 1, max: 7 })),
      from: fc.nat(23),
      long: fc.nat(23),
      freezes: fc.array(span, { maxLength: 4 }),
    })
    .map(({ from, long, ...rest }) => Calendar.parse({ ...rest, from, to: Math.min(24, from + 1 + long) }));

  it("at an instant when it may, and at none between", () => {
    fc.assert(
      fc.property(
        calendars,
        anInstant,
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (calendar, now, part) => {
          const then = notBefore(calendar, now);
          if (then === undefined) return;
          const end = later(now, 365 * 24);
          expect(then > now && then <= end).toBe(true);
          if (then < end) expect(notBefore(calendar, then)).toBeUndefined();
          const between = instantOf(millisOf(now) + Math.floor(part * (millisOf(then) - millisOf(now))));
          if (then < end) expect(notBefore(calendar, between)).toBe(then);
          else expect(notBefore(calendar, between)).toBeDefined();
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe("a calendar", () => {
  it.each([
    [
      "a zone that there is not",
      { timeZone: "Europe/Atlantis" },
      "timeZone",
      "must be a time zone such as Europe/Berlin",
    ],
    ["no zone", { timeZone: "" }, "timeZone", "must be a time zone such as Europe/Berlin"],
    ["hours that end before they begin", { from: 18, to: 8 }, "from", "must begin before it ends"],
    ["hours that are none", { from: 8, to: 8 }, "from", "must begin before it ends"],
    [
      "a freeze that ends before it begins",
      freeze("2026-11-03T00:00:00Z", "2026-11-02T00:00:00Z"),
      "freezes.0.from",
      "must begin before it ends",
    ],
  ])("refuses %s", (_title, given, where, message) => {
    const read = Calendar.safeParse(given);
    expect(read.error?.issues.map((issue) => [issue.path.join("."), issue.message])).toEqual([[where, message]]);
  });

  it("is five working days in UTC where nothing is said", () => {
    expect(Calendar.parse({})).toEqual({ timeZone: "UTC", days: [1, 2, 3, 4, 5], from: 8, to: 18, freezes: [] });
  });
});
