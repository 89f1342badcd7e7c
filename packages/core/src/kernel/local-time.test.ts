import { expect, it } from "vitest";
import { Instant, isTimeZone, localTime } from "./index.ts";

it.each([
  ["2026-11-05T09:00:00Z", "UTC", "Thu 5 Nov 2026, 09:00 (UTC)"],
  ["2026-11-05T09:00:00Z", "Europe/Berlin", "Thu 5 Nov 2026, 10:00 (Europe/Berlin)"],
  ["2026-07-05T22:30:00Z", "Europe/Berlin", "Mon 6 Jul 2026, 00:30 (Europe/Berlin)"],
  ["2026-11-05T01:15:00Z", "America/Los_Angeles", "Wed 4 Nov 2026, 17:15 (America/Los_Angeles)"],
  ["2026-11-05T00:00:00Z", "Asia/Kathmandu", "Thu 5 Nov 2026, 05:45 (Asia/Kathmandu)"],
])("%s in %s is %s", (at, zone, text) => {
  expect(localTime(Instant.parse(at), zone)).toBe(text);
});

it.each([
  ["Europe/Berlin", true],
  ["UTC", true],
  ["Middle-earth/Shire", false],
  ["", false],
])("%j is a time zone: %s", (name, is) => {
  expect(isTimeZone(name)).toBe(is);
});
