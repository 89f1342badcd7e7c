import { afterAll, describe, expect, it } from "vitest";
import { estate } from "../../trial/index.ts";
import { costOf, type Estimate, estimate } from "./estimate.ts";
import { PRICES } from "./prices.ts";
import { EVENT, EVENTS, FORWARDED } from "./units.ts";

const here = estate();
afterAll(here.close);
const of = (events: string, identities: string, ...more: readonly string[]) => [
  ...["cost", "--events-per-day", events, "--identities", identities, ...more],
];

describe("the design's bars", () => {
  const { bars } = estimate({ eventsPerDay: 1, identities: 1, people: 1 });

  it.each(bars)("$what: said to be met only where it is", ({ dollars, most, met }) => {
    expect(dollars).toBeGreaterThan(most / 10);
    expect(met).toBe(dollars <= most);
  });

  it("are those of the design, and what they were measured at", () => {
    expect(bars.map(({ most, dollars }) => [most, Number(dollars.toFixed(4))])).toEqual([
      [0.6, 1.1456],
      [1.6, 2.1456],
      [0.35, 0.3292],
      [0.0015, 0.0013],
      [0.0015, 0.0019],
    ]);
  });

  it("a forwarded event costs a custom event more than a direct one, and nothing else", () => {
    expect(costOf(FORWARDED) - costOf(EVENT)).toBeCloseTo(1e-6, 12);
  });

  it("its events are a hundred, and ninety of them change nothing", () => {
    const all = Object.values(EVENTS);
    const shares = (some: typeof all) => some.reduce((sum, { share }) => sum + share, 0);
    expect([shares(all), shares(all.filter(({ write }) => write === 0))]).toEqual([100, 90]);
  });
});

describe("an estimate", () => {
  const total = (eventsPerDay: number, identities: number, people: number) =>
    estimate({ eventsPerDay, identities, people }).total;

  it("is the sum of its lines, and grows with each of the three", () => {
    const { perMonth, total: all } = estimate({ eventsPerDay: 1_000, identities: 100, people: 10 });
    expect(all).toBeCloseTo(
      perMonth.reduce((sum, { dollars }) => sum + dollars, 0),
      9,
    );
    expect(total(2_000, 100, 10)).toBeGreaterThan(all);
    expect(total(1_000, 200, 10)).toBeGreaterThan(all);
    expect(total(1_000, 100, 20)).toBeGreaterThan(all);
  });

  it("of nothing is what stands there", () => {
    expect(total(0, 0, 0)).toBeGreaterThan(5);
    expect(total(0, 0, 0)).toBeLessThan(15);
  });

  it("of a million events a day for a month is thirty times the million, forwarded", () => {
    const [events] = estimate({ eventsPerDay: 1_000_000, identities: 0, people: 0 }).perMonth;
    expect(events?.dollars).toBeCloseTo(30 * 1e6 * costOf(FORWARDED), 6);
  });

  it("names the page of every price", () => {
    for (const { page, dollars } of Object.values(PRICES)) {
      expect(page).toMatch(/^https:\/\/aws[.]amazon[.]com\/[a-z0-9-]+\/pricing\/$/);
      expect(dollars).toBeGreaterThan(0);
    }
  });
});

describe("cost", () => {
  it("prints the month, the bars, what is assumed and what is not in it", async () => {
    const { exit, out } = await here.run(...of("100000", "20000", "--people", "1500"));
    expect(exit).toBe(0);
    for (const says of ["100,000 events a day, 20,000 identities, 1,500 people", "Assumed:", "Not included:"])
      expect(out).toContain(says);
    expect(out).toMatch(/a million AWS events, direct.* (within|OVER) [$]0[.]60/);
    expect(out).toMatch(
      /usage: [$]0[.]50 per million calls, heard on the bus\nusage: [$]0[.]02 per million calls, read from.* 1000 calls\nusage: [$]0[.]1\d per million calls, read from small ones of 50\n/,
    );
    expect(out).toMatch(/a look at ten million in the graph +[$]0[.]33 +within [$]0[.]35/);
  });

  it("is a document with every unit and price", async () => {
    const told = await here.json<Estimate & { size: object; prices: object; counted: object; assumed: object }>(
      ...of("10", "400"),
    );
    expect(told.size).toEqual({ eventsPerDay: 10, identities: 400, people: 40 });
    expect(Object.keys(told.prices)).toEqual(Object.keys(PRICES));
    expect(told.total).toBeGreaterThan(0);
  });

  it.each([
    [["cost"], "say how many"],
    [["cost", "--events-per-day", "10"], "say how many"],
    [of("many", "10"), "write a whole number"],
    [of("-5", "10"), "write a whole number"],
    [of("1e9", "10"), "write a whole number"],
    [of("10", "1.5"), "write a whole number"],
    [of("10", "9999999999"), "write a whole number"],
    [of("10", "10", "--people", "few"), "write a whole number"],
    [of("10", "10", "--stage", "prod"), "an estimate is made before there is a stage"],
  ])("refuses %j", async (argv, says) => {
    expect(await here.run(...argv)).toMatchObject({ exit: 2, out: "", err: expect.stringContaining(says) });
  });
});
