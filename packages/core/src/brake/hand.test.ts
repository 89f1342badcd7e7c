import { describe, expect, it } from "vitest";
import { type Instant, later } from "../kernel/index.ts";
import { type Frozen, give, Limits, type Place, take, usage, type Window } from "./index.ts";

const MONDAY = "2026-11-02T09:00:00.000Z" as Instant;
const LIMITS = Limits.parse({});
const SILENT: Place = { person: "acc_ada", onYesOf: undefined, departed: true };
const AGREED: Place = { ...SILENT, onYesOf: "acc_grace", seconded: true };
const frozen: Frozen = { by: "acc_sam", at: MONDAY, because: "too many at once" };

function taken(window: Window, act: Place, now = MONDAY): Window {
  const took = take(window, act, now, LIMITS, 0);
  if ("full" in took) throw new Error(took.full);
  return took.taken;
}

describe("a person's hand", () => {
  it.each([SILENT, AGREED, { ...AGREED, departed: false }])("leaves no place to anybody: %#", (act) => {
    expect(take({ buckets: [], frozen }, act, MONDAY, LIMITS, 0)).toEqual({ full: "a person has put the brake on" });
  });

  it("stays on it while places are given back", () => {
    const window = { ...taken({ buckets: [] }, SILENT), frozen };
    expect(give(window, SILENT, MONDAY, MONDAY)).toEqual({ buckets: [], frozen });
  });

  it("leaves what was counted as it was", () => {
    const { frozen: _, ...after } = { ...taken({ buckets: [] }, SILENT), frozen };
    expect(usage(after, MONDAY, LIMITS, 0).map(({ used }) => used)).toEqual([1, 1, 1]);
  });
});

describe("how much is used", () => {
  const window = taken(taken(taken({ buckets: [] }, SILENT), { ...SILENT, person: "acc_bob" }), AGREED);
  const at = (hours: number, active = 0) => usage(window, later(MONDAY, hours), LIMITS, active);

  it("is people once each, and credentials without a yes", () => {
    expect(at(0)).toEqual([
      { limit: "peopleAnHour", used: 2, most: 5 },
      { limit: "peopleADay", used: 2, most: 10 },
      { limit: "credentialsAnHour", used: 2, most: 50 },
    ]);
  });

  it("goes out of the hour, then out of the day", () => {
    expect(at(2).map(({ used }) => used)).toEqual([0, 2, 0]);
    expect(at(25).map(({ used }) => used)).toEqual([0, 0, 0]);
  });

  it("stands against the limits that `take` holds", () => {
    expect(at(0, 2_000).map(({ most }) => most)).toEqual([20, 60, 50]);
    const full = Array.from({ length: 5 }, (_, n): Place => ({ ...AGREED, person: `acc_${n}` })).reduce(
      (all: Window, act) => taken(all, act),
      { buckets: [] },
    );
    const [hour] = usage(full, MONDAY, LIMITS, 0);
    expect(hour?.used).toBe(hour?.most);
    expect(take(full, { ...AGREED, person: "acc_more" }, MONDAY, LIMITS, 0)).toHaveProperty("full");
  });
});
