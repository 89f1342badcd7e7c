import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayOf, hoursBetween, hoursIn, Instant, instantOf, later, laterBy, millisOf } from "./time.ts";

const millis = fc.integer({ min: 0, max: 253_402_300_799_999 }); // the year 9999

describe("an instant", () => {
  it.each([
    ["2026-11-02T09:00:00Z", "2026-11-02T09:00:00.000Z"],
    ["2026-11-02T10:00:00+01:00", "2026-11-02T09:00:00.000Z"],
    ["2026-11-02T09:00:00.1Z", "2026-11-02T09:00:00.100Z"],
    ["2026-11-02T09:00:00.123456Z", "2026-11-02T09:00:00.123Z"],
    ["2026-01-01T00:30:00+01:00", "2025-12-31T23:30:00.000Z"],
  ])("said as %s is %s", (said, instant) => {
    expect(Instant.parse(said)).toBe(instant);
  });

  it.each([
    "",
    "today",
    "2026-11-02",
    "2026-11-02T09:00:00",
    "2026-02-30T09:00:00Z",
    "2026-11-02T25:00:00Z",
    1_762_074_000_000,
    null,
  ])("is not %j", (said) => {
    expect(Instant.safeParse(said).success).toBe(false);
  });

  it("is text whose order is that of time, and read again is itself", () => {
    fc.assert(
      fc.property(millis, millis, (a, b) => {
        expect(instantOf(a) < instantOf(b)).toBe(a < b);
        expect(millisOf(instantOf(a))).toBe(a);
        expect(Instant.parse(instantOf(a))).toBe(instantOf(a));
      }),
    );
  });

  it("is later by hours, by seconds, and earlier by less than none", () => {
    const monday = instantOf(1_793_610_000_000);
    expect(later(monday, 1.5)).toBe(instantOf(1_793_610_000_000 + 5_400_000));
    expect(laterBy(monday, 90)).toBe(instantOf(1_793_610_000_000 + 90_000));
    expect(later(monday, -24)).toBe(instantOf(1_793_610_000_000 - 86_400_000));
    expect(hoursBetween(monday, later(monday, 720))).toBe(720);
    expect(hoursBetween(later(monday, 1), monday)).toBe(-1);
  });

  it("is on its UTC day", () => {
    expect(dayOf("2026-11-02T23:59:59.999Z" as Instant)).toBe("2026-11-02T00:00:00.000Z");
    expect(Instant.safeParse(dayOf("2026-11-02T23:59:59.999Z" as Instant)).success).toBe(true);
  });
});

it.each([
  ["90m", 1.5],
  ["72h", 72],
  ["3d", 72],
  ["0h", 0],
  ["", undefined],
  ["3", undefined],
  ["-3h", undefined],
  ["3 h", undefined],
  ["1.5h", undefined],
  ["3w", undefined],
  ["1234567h", undefined],
])("%j as a span of time is %s hours", (span, hours) => {
  expect(hoursIn(span)).toBe(hours);
});
