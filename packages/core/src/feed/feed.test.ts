import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Instant, instantOf, later, millisOf } from "../kernel/index.ts";
import { beat, type Heartbeat, rateOf, whySilent } from "./index.ts";

const MONDAY = "2026-11-02T00:00:00.000Z" as Instant;
const WEEK = 168;
const always = () => true;
const office = (hour: number) => hour % WEEK < 120 && hour % 24 >= 8 && hour % 24 < 18;

/** As it speaks, by the hour after a Monday's midnight, for so many hours. */
function spoken(speaks: (hour: number) => boolean, hours: number): Heartbeat | undefined {
  let heartbeat: Heartbeat | undefined;
  for (let hour = 0; hour < hours; hour += 1)
    if (speaks(hour)) heartbeat = beat(heartbeat, "okta", later(MONDAY, hour + 0.1));
  return heartbeat;
}
const rate = (speaks: (hour: number) => boolean, hours: number) => rateOf(spoken(speaks, hours) as Heartbeat);

describe("what is expected of a source", () => {
  it.each([
    ["one that always speaks", always, 4 * WEEK, { pace: "steady", hoursAWeek: WEEK }],
    ["one that has spoken for years", always, 30 * WEEK, { pace: "steady", hoursAWeek: WEEK }],
    ["one that speaks in staffed hours", office, 4 * WEEK, { pace: "steady" }],
    ["one that began last week", always, WEEK, { pace: "young" }],
    ["one that speaks once a day", (hour: number) => hour % 24 === 9, 4 * WEEK, { pace: "rare", hoursAWeek: 7 }],
    ["one that speaks once a week", (hour: number) => hour % WEEK === 9, 5 * WEEK, { pace: "rare" }],
  ])("%s", (_title, speaks, hours, wanted) => {
    expect(rate(speaks, hours)).toMatchObject(wanted);
  });

  it("forgets what is more than four weeks old", () => {
    const quiet = (hour: number) => hour < 4 * WEEK || hour % WEEK === 9;
    expect(rate(quiet, 8 * WEEK + 10)).toMatchObject({ pace: "rare", hoursAWeek: 1 });
  });

  it("is the same, whatever comes again, and however much of it in an hour", () => {
    const hour = fc.integer({ min: 0, max: 8 * WEEK });
    fc.assert(
      fc.property(
        fc.array(hour, { minLength: 1 }),
        fc.array(fc.double({ min: 0, max: 0.99, noNaN: true })),
        (hours, parts) => {
          const inOrder = hours.toSorted((a, b) => a - b);
          const plain = inOrder.reduce<Heartbeat | undefined>(
            (all, at) => beat(all, "okta", later(MONDAY, at)),
            undefined,
          );
          const more = inOrder.reduce<Heartbeat | undefined>(
            (all, at) =>
              parts.reduce(
                (some, part) => beat(some, "okta", later(MONDAY, at + part)),
                beat(all, "okta", later(MONDAY, at)),
              ),
            undefined,
          );
          expect(more).toEqual(plain);
        },
      ),
    );
  });
});

/** Judged so many hours after it last spoke. */
function judged(
  speaks: (hour: number) => boolean,
  hours: number,
  silentHours: number,
  over: Partial<Parameters<typeof whySilent>[0]> = {},
) {
  const heartbeat = spoken(speaks, hours);
  const now = later(MONDAY, hours + silentHours);
  return whySilent({ heartbeat, missed: undefined, silentAfter: undefined, since: MONDAY, now, ...over });
}
const FOUR = 4 * WEEK;
const FRIDAY = FOUR + 4 * 24 + 18; // the evening
const IMPROBABLE = /improbable/;

describe("silence", () => {
  it.each<[string, (hour: number) => boolean, number, number, boolean]>([
    ["of three hours where something always came", always, FOUR, 3, false],
    ["of half a day where something always came", always, FOUR, 12, true],
    ["over a weekend where nobody works", office, FRIDAY, 62, false],
    ["of a whole week after that weekend", office, FRIDAY, 62 + 120, true],
    ["of a month where something comes once a week", (hour) => hour % WEEK === 9, FOUR, 720, false],
    ["of two days where we listen since a week", always, WEEK, 48, false],
  ])("%s", (_title, speaks, hours, silentHours, is) => {
    expect(judged(speaks, hours, silentHours) !== undefined).toBe(is);
  });

  it("counts only hours in which we listened", () => {
    expect(judged(always, FOUR, 48)).toMatch(IMPROBABLE);
    expect(judged(always, FOUR, 48, { since: later(MONDAY, FOUR + 45) })).toBeUndefined();
  });

  it("is what the configuration says, where it says something; also of one that never spoke", () => {
    expect(judged(always, FOUR, 12, { silentAfter: 24 })).toBeUndefined();
    expect(judged(always, FOUR, 24, { silentAfter: 24 })).toMatch(/24 hours/);
    expect(judged(() => false, 0, 23, { silentAfter: 24 })).toBeUndefined();
    expect(judged(() => false, 0, 24, { silentAfter: 24 })).toMatch(/24 hours/);
    expect(judged(() => false, 0, 900)).toBeUndefined();
  });

  const rare = (hour: number) => hour === 9;
  it.each<[string, number, number, boolean]>([
    ["two hours ago, and nothing has come since", 20, 22, true],
    ["half an hour ago: it may still come", 20, 20.5, false],
    ["in the hour in which something came: it may be that", 9.9, 22, false],
    ["before we began to listen", -2, 22, false],
  ])("is proven by what a poll found: %s", (_title, missed, now, is) => {
    const why = judged(rare, 10, now - 10, { missed: later(MONDAY, missed) });
    expect(why?.includes("a poll found")).toBe(is || undefined);
  });

  it("is proven of none that never spoke: it has polls alone", () => {
    expect(judged(() => false, 0, 30, { missed: later(MONDAY, 2) })).toBeUndefined();
  });

  it("ends when something comes", () => {
    const now = later(MONDAY, FOUR + 30);
    const heartbeat = beat(spoken(always, FOUR), "okta", instantOf(millisOf(now)));
    const all = { missed: later(MONDAY, FOUR + 5), since: MONDAY, now };
    expect(whySilent({ heartbeat, ...all, silentAfter: 24 })).toBeUndefined();
    expect(whySilent({ heartbeat, ...all, silentAfter: undefined })).toBeUndefined();
  });
});
