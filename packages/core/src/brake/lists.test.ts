import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Instant, later } from "../kernel/index.ts";
import { activesOf, keepList, type Listed } from "./index.ts";

const MONDAY = "2026-11-02T09:00:00.000Z" as Instant;
const at = (hours: number) => later(MONDAY, hours);
const list = (hours: number, active: number): Listed => ({ ended: at(hours), active });
const of = (lists: readonly Listed[], connector = "okta") => ({ connector, lists });

describe("how many were active before an instant", () => {
  it.each([
    ["is what the last whole list before it said", [list(-5, 100), list(-2, 90), list(0.5, 9_000)], 90],
    ["is not raised nor shrunk by a list that ended after it", [list(-2, 100), list(0.5, 4)], 100],
    ["is that of a list that ended at it", [list(-2, 90), list(0, 80)], 80],
    ["is nobody where there was none before it", [list(1, 9_000)], 0],
    ["is nobody where there is none", [], 0],
  ])("%s", (_, lists, active) => {
    expect(activesOf([of(lists)])(at(0))).toBe(active);
  });

  it("is that of the widest source, or of the one that is asked for", () => {
    const actives = activesOf([of([list(-1, 100)]), of([list(-1, 2_000)], "google"), of([], "github")]);
    expect([actives(at(0)), actives(at(0), "okta"), actives(at(0), "github"), actives(at(0), "none")]).toEqual([
      2_000, 100, 0, 0,
    ]);
  });
});

describe("the lists that are kept", () => {
  const ended = fc.array(fc.integer({ min: 0, max: 60 * 24 * 20 }), { minLength: 1, maxLength: 400 });

  it("are few, and say of any instant of the last four days at most an hour less than all of them would", () => {
    fc.assert(
      fc.property(ended, fc.nat(4 * 24), (minutes, back) => {
        const all = minutes.toSorted((a, b) => a - b).map((minute, n) => list(minute / 60, n + 1));
        const kept = all.reduce<readonly Listed[]>(keepList, []);
        expect(kept.length).toBeLessThanOrEqual(5 * 24 + 2);
        const asked = later(all.at(-1)?.ended ?? MONDAY, -back);
        const [true_, hourAgo] = [asked, later(asked, -1)].map((when) => activesOf([of(all)])(when));
        const said = activesOf([of(kept)])(asked);
        expect(said).toBeGreaterThanOrEqual(hourAgo ?? 0);
        expect(said).toBeLessThanOrEqual(true_ ?? 0);
      }),
      { numRuns: 200 },
    );
  });

  it("stay in the order of their end, whichever comes first", () => {
    expect([list(3, 3), list(1, 1), list(2, 2)].reduce<readonly Listed[]>(keepList, [])).toEqual([
      list(1, 1),
      list(2, 2),
      list(3, 3),
    ]);
  });
});
