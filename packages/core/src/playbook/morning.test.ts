import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Instant, instantOf, localTime, millisOf } from "../kernel/index.ts";
import { morningAfter } from "./index.ts";

const at = (text: string) => text as Instant;

it.each<[title: string, timeZone: string, hour: number, now: string, morning: string]>([
  ["later that day", "UTC", 8, "2026-11-02T07:59:30.000Z", "2026-11-02T08:00:00.000Z"],
  ["tomorrow, at that very minute", "UTC", 8, "2026-11-02T08:00:00.000Z", "2026-11-03T08:00:00.000Z"],
  ["tomorrow, after it", "UTC", 8, "2026-11-02T15:00:00.000Z", "2026-11-03T08:00:00.000Z"],
  ["on the reader's clock", "Europe/Berlin", 8, "2026-11-02T06:00:00.000Z", "2026-11-02T07:00:00.000Z"],
  ["where half an hour counts", "Asia/Kathmandu", 8, "2026-11-02T03:00:00.000Z", "2026-11-03T02:15:00.000Z"],
  ["over a clock put back", "Europe/Berlin", 8, "2026-10-24T20:00:00.000Z", "2026-10-25T07:00:00.000Z"],
  ["over a clock put forward", "Europe/Berlin", 8, "2026-03-28T20:00:00.000Z", "2026-03-29T06:00:00.000Z"],
  ["where that hour is left out", "Europe/Berlin", 2, "2026-03-28T20:00:00.000Z", "2026-03-29T01:00:00.000Z"],
  ["at midnight", "America/New_York", 0, "2026-11-02T04:59:00.000Z", "2026-11-02T05:00:00.000Z"],
])("the next morning is %s", (_title, timeZone, hour, now, morning) => {
  expect(morningAfter(timeZone, hour, at(now))).toBe(morning);
});

describe("whatever the hour, the zone and the instant", () => {
  const zones = fc.constantFrom("UTC", "Europe/Berlin", "Asia/Kathmandu", "America/New_York", "Australia/Lord_Howe");
  it("it lies ahead, by less than 26 hours, and it is that hour there but where the clock leaves it out", () => {
    const instants = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2035, 0) });
    fc.assert(
      fc.property(zones, fc.integer({ min: 4, max: 23 }), instants, (zone, hour, millis) => {
        const now = instantOf(millis);
        const morning = morningAfter(zone, hour, now);
        expect(morning > now).toBe(true);
        expect(millisOf(morning) - millis).toBeLessThan(26 * 3_600_000);
        expect(localTime(morning, zone)).toContain(`${String(hour).padStart(2, "0")}:00`);
      }),
    );
  });
});
