import { describe, expect, it } from "vitest";
import { type CaseId, type Instant, later } from "../kernel/index.ts";
import { arrive, type Frozen, give, Limits, type Place, take, usage, type Window } from "./index.ts";

const MONDAY = "2026-11-02T09:00:00.000Z" as Instant;
const LIMITS = Limits.parse({});
const SILENT: Place = {
  ...{ person: "acc_ada", onYesOf: undefined, departed: true, case: "cas_1", brake: { as: "counted", at: MONDAY } },
};
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
    expect(usage(after, MONDAY, LIMITS, () => 0).map(({ used }) => used)).toEqual([0, 0, 1]);
  });
});

describe("how much is used", () => {
  const left = (source: string, case_: CaseId, window: Window): Window => {
    const arrival = { case: case_, source, recordedAt: MONDAY, occurredAt: MONDAY };
    return arrive(window, arrival, MONDAY, LIMITS, () => 2_000, Uint8Array.of(1)).window;
  };
  const two = left("okta", "cas_1", left("github", "cas_2", { buckets: [] }));
  const window = taken(taken(two, SILENT), AGREED);
  const at = (hours: number, active = 0) => usage(window, later(MONDAY, hours), LIMITS, () => active);

  it("is departures, of all and of each source, and credentials without a yes", () => {
    expect(at(0)).toEqual([
      { limit: "peopleAnHour", used: 2, most: 5 },
      { limit: "peopleADay", used: 2, most: 10 },
      { limit: "credentialsAnHour", used: 1, most: 50 },
      ...["github", "okta"].flatMap((source) => [
        { limit: "peopleAnHour", source, used: 1, most: 5 },
        { limit: "peopleADay", source, used: 1, most: 10 },
      ]),
    ]);
  });

  it("goes out of the hour, then out of the day", () => {
    expect(at(2).map(({ used }) => used)).toEqual([0, 2, 0, 0, 1, 0, 1]);
    expect(at(25).map(({ used }) => used)).toEqual([0, 0, 0]);
  });

  it("stands against the limits of those who are active", () => {
    expect(at(0, 2_000).map(({ most }) => most)).toEqual([20, 60, 50, 20, 60, 20, 60]);
  });
});
