import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AccountId, type Instant, later, millisOf } from "../kernel/index.ts";
import { type AtBrake, give, Limits, type Place, take, type Window } from "./index.ts";

const MONDAY = "2026-11-02T09:00:00.000Z" as Instant;
const minutes = (count: number) => later(MONDAY, count / 60);
const LIMITS = Limits.parse({});
const EMPTY: Window = { buckets: [] };
const who = (n: number): AccountId => `acc_${n}`;
const COUNTED: AtBrake = { as: "counted", at: MONDAY };
const silent = (n: number): Place => ({
  ...{ person: who(n), onYesOf: undefined, departed: true, case: `cas_${n}`, brake: COUNTED },
});
const agreed = (n: number, by: AccountId = "acc_grace"): Place => ({ ...silent(n), onYesOf: by });

/** Takes a place for each in turn, and tells how each went. */
function takeAll(places: readonly [Place, minute: number][], active = 0, from: Window = EMPTY) {
  let window = from;
  const said = places.map(([act, minute]) => {
    const took = take(window, act, minutes(minute), LIMITS, active);
    if ("full" in took) return took.full;
    window = took.taken;
    return "taken";
  });
  return { window, said, last: said.at(-1) };
}
const credentials = (count: number, minute: number | ((n: number) => number)) =>
  Array.from({ length: count }, (_, n): [Place, number] => [
    silent(0),
    typeof minute === "number" ? minute : minute(n),
  ]);

const TURN = "more credentials in an hour without a yes than the brake allows";
const SECOND = "needs a second person";
const NOBODY: Place = { person: who(0), onYesOf: "acc_grace", departed: false, case: "cas_0" };

describe("the brake", () => {
  it.each<[title: string, places: [Place, number][], active: number, last: string]>([
    ["takes an act on who was counted", [[silent(1), 0]], 0, "taken"],
    ["takes none on who was not", [[{ ...silent(1), brake: undefined }, 0]], 0, "its departure has not been counted"],
    [
      "takes none on who is held",
      [[{ ...silent(1), brake: { as: "held", by: "bat_1", nth: 1 } }, 0]],
      0,
      "its departure is held until somebody releases it",
    ],
    [
      "counts no people: their departures were",
      Array.from({ length: 40 }, (_, n): [Place, number] => [agreed(n, `acc_by_${n}`), 0]),
      0,
      "taken",
    ],
    ["takes fifty credentials in an hour without a yes", credentials(50, 0), 0, "taken"],
    ["lets the next wait its turn", credentials(51, 0), 0, TURN],
    ["gives it one after the hour", credentials(51, (n) => (n < 50 ? 0 : 65)), 0, "taken"],
    ["takes half a hundredth without a yes", credentials(100, 0), 20_000, "taken"],
    ["and none beyond that", credentials(101, 0), 20_000, TURN],
    ["takes five hundred at most", credentials(501, 0), 10_000_000, TURN],
    ["does not count a yes among them", [...credentials(50, 0), [agreed(0), 0]], 0, "taken"],
    ["takes twenty on one yes across people", Array.from({ length: 20 }, (_, n) => [agreed(n % 2), 0]), 0, "taken"],
    ["wants a second person for more", Array.from({ length: 21 }, (_, n) => [agreed(n % 2), 0]), 0, SECOND],
    [
      "wants one for the first credential of a second person",
      [...Array.from({ length: 20 }, (): [Place, number] => [agreed(0), 0]), [agreed(1), 0]],
      0,
      SECOND,
    ],
    [
      "wants one though the last two are about one",
      Array.from({ length: 21 }, (_, n) => [agreed(n < 10 ? 1 : 2), 0]),
      0,
      SECOND,
    ],
    [
      "wants none where the other has not left",
      [...Array.from({ length: 25 }, (): [Place, number] => [agreed(1), 0]), [{ ...NOBODY, person: who(2) }, 0]],
      0,
      "taken",
    ],
    ["wants none for one person's alone", Array.from({ length: 40 }, () => [agreed(0), 0]), 0, "taken"],
    [
      "counts each voice by itself",
      Array.from({ length: 40 }, (_, n) => [agreed(n % 2, n < 20 ? "acc_grace" : "acc_sam"), 0]),
      0,
      "taken",
    ],
    [
      "wants none where there is one",
      [
        ...Array.from({ length: 20 }, (_, n): [Place, number] => [agreed(n % 2), 0]),
        [{ ...agreed(0), seconded: true }, 0],
      ],
      0,
      "taken",
    ],
    [
      "forgets a yes after the hour",
      Array.from({ length: 21 }, (_, n) => [agreed(n % 2), n < 20 ? 0 : 65]),
      0,
      "taken",
    ],
    [
      "counts acts about nobody who left on that yes too",
      [...Array.from({ length: 19 }, (): [Place, number] => [NOBODY, 0]), [agreed(1), 0], [agreed(2), 0]],
      0,
      SECOND,
    ],
    [
      "wants none across people of whom one has left",
      [
        ...Array.from({ length: 25 }, (_, n): [Place, number] => [{ ...NOBODY, person: who(n + 50) }, 0]),
        [agreed(1), 0],
      ],
      0,
      "taken",
    ],
  ])("%s", (_title, places, active, last) => {
    expect(takeAll(places, active).last).toBe(last);
  });

  it("changes nothing where it is full", () => {
    const { window } = takeAll(credentials(50, 0));
    expect(takeAll([[silent(77), 1]], 0, window).window).toBe(window);
  });

  it("forgets acts after two hours, and people after three days", () => {
    const days = (n: number) => n * 1_440;
    const from: Window = { buckets: [{ from: MONDAY, people: { okta: 2 }, credentials: 1 }] };
    expect(takeAll([[silent(1), days(3)]], 0, from).window.buckets).toEqual([
      { from: MONDAY, people: { okta: 2 }, credentials: 0 },
      { from: minutes(days(3)), credentials: 1 },
    ]);
    expect(takeAll([[silent(1), days(3) + 70]], 0, from).window.buckets).toEqual([
      { from: minutes(days(3) + 70), credentials: 1 },
    ]);
  });

  it("leaves everything else in the window as it was", () => {
    const holds = [{ id: "bat_1", at: MONDAY, by: "cas_9", people: 2, most: 5 }] as const;
    const { window } = takeAll([[silent(1), 0]], 0, { buckets: [], holds });
    expect([window.holds, give(window, silent(1), MONDAY, MONDAY).holds]).toEqual([holds, holds]);
  });

  it("stays small however much is done about whom it knows", () => {
    const acts = Array.from({ length: 5_000 }, (_, n): [Place, number] => [agreed(n % 10, `acc_by_${n % 10}`), n / 5]);
    expect(JSON.stringify(takeAll(acts, 20_000).window).length).toBeLessThan(25_000);
  });

  const act: fc.Arbitrary<Place> = fc.record({
    person: fc.nat(40).map(who),
    onYesOf: fc.constantFrom(undefined, "acc_grace", "acc_sam"),
    departed: fc.boolean(),
    case: fc.constant("cas_1" as const),
    brake: fc.constant(COUNTED),
  });

  it("has a place again for what was given back", () => {
    const acts = fc.array(fc.tuple(act, fc.nat(200)), { maxLength: 60 });
    fc.assert(
      fc.property(acts, act, fc.nat(200), (before, one, minute) => {
        const start = takeAll(before.sort(([, a], [, b]) => a - b)).window;
        const at = minutes(200 + minute);
        const took = take(start, one, at, LIMITS, 0);
        if ("full" in took) return;
        const empty = give(start, { ...NOBODY, onYesOf: "acc_none" }, at, at); // what time alone does to it
        expect(sorted(give(took.taken, one, at, at))).toEqual(sorted(empty));
      }),
    );
  });

  it("gives back nothing that it does not have", () => {
    expect(give(EMPTY, silent(1), MONDAY, MONDAY)).toEqual(EMPTY);
    const { window } = takeAll([[silent(1), 0]]);
    expect(give(give(window, silent(1), MONDAY, MONDAY), silent(1), MONDAY, MONDAY)).toEqual(EMPTY);
    expect(give(window, silent(2), minutes(70), minutes(70))).toEqual(window);
    const said = takeAll([[agreed(1), 0]]).window;
    expect(give(said, { ...silent(2), departed: false }, MONDAY, MONDAY)).toEqual(said);
  });

  const timed = fc.array(
    fc.record({ act, minute: fc.nat(1_300), skew: fc.integer({ min: -25, max: 25 }), back: fc.nat(9) }),
    {
      maxLength: 300,
    },
  );
  type Timed = typeof timed extends fc.Arbitrary<infer T> ? T : never;

  /** What stands after all of it: some are withdrawn three minutes later, and clocks differ. */
  function standing(all: Timed, dense: number, active: number): readonly Done[] {
    const done: Done[] = [];
    let window = EMPTY;
    for (const { act, minute, skew, back } of all.toSorted((a, b) => a.minute - b.minute)) {
      const now = minutes(Math.round(minute / dense) + skew);
      const took = take(window, act, now, LIMITS, active);
      if ("full" in took) continue;
      window = took.taken;
      if (back === 0) window = give(window, act, now, later(now, 0.05));
      else done.push({ act, at: millisOf(now) });
    }
    return done;
  }
  const dense = fc.constantFrom(1, 10, 40);

  it("never acts on more credentials without a yes in any hour than the limit, whatever comes and by whose clock", () => {
    fc.assert(
      fc.property(timed, dense, (all, dense) => {
        const quiet = all.map((one) => ({ ...one, act: { ...one.act, onYesOf: undefined } }));
        for (const hour of spans(standing(quiet, dense, 0), 1)) expect(hour.length).toBeLessThanOrEqual(50);
      }),
    );
  });

  it("never lets one yes carry more than twenty in any hour across people", () => {
    fc.assert(
      fc.property(timed, dense, (all, dense) => {
        const said = standing(all, dense, 100_000).filter(({ act }) => act.onYesOf === "acc_grace");
        for (const hour of spans(said, 1)) if (leavers(hour).size > 1) expect(hour.length).toBeLessThanOrEqual(20);
      }),
    );
  });
});

interface Done {
  readonly act: Place;
  readonly at: number;
}
/** Every span of so many hours that begins with one of them. */
const spans = (done: readonly Done[], hours: number) =>
  done.map(({ at: from }) => done.filter(({ at }) => at >= from && at <= from + hours * 3_600_000));
const leavers = (done: readonly Done[]) => new Set(done.filter(({ act }) => act.departed).map(({ act }) => act.person));
const sorted = ({ buckets }: Window) =>
  buckets.map((bucket) => ({ ...bucket, yeses: bucket.yeses?.map((yes) => JSON.stringify(yes)).sort() }));
