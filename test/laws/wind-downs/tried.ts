import fc from "fast-check";
import { expect, it, vi } from "vitest";
import { runs } from "../../support/runs.ts";
import { asTable, type Coverage, counted, KINDS } from "./coverage.ts";
import { inWords, type Step } from "./histories.ts";
import { type Lived, lived } from "./tell.ts";
import { WORLDS } from "./worlds.ts";

/** A short account of how it went wrong: what was done to the world, and what was seen of it. */
function account(steps: readonly Step[], { it, wrong, at }: Lived): string {
  const seen = it.town.seen.all
    .filter(({ what }) => ["effect", "intends", "entry", "opened", "asked", "hand", "brake"].includes(what))
    .map((one) => {
      const { what, n, at: when, ...rest } = one;
      const more =
        what === "asked" ? { to: one.what === "asked" && one.message.to.email } : what === "intends" ? {} : rest;
      return `    ${n} ${when} ${what} ${JSON.stringify(more)}`;
    });
  return [`${wrong.join("\n")}`, `after step ${at + 1} of`, inWords(steps), "seen:", ...seen.slice(-40)].join("\n");
}

const USUAL = 20; // of each world, in each of two files: 200 in all
const SHARE = 1 / 20;
const MANY = 2_000; // in one file, from which on nothing that is listed may be missing

/**
 * The laws of wind-downs on histories that nobody has seen before: on half of them, so that two processes can share the work.
 * Each half has seeds of its own. LEASEHOLD_COVERAGE prints how often everything was met.
 */
export function tried(half: 0 | 1): void {
  vi.setConfig({ testTimeout: 3_600_000 }); // weeks go by in each: a history that fails is to end it, and never the time
  const coverage: Coverage = new Map();
  let all = 0;

  it.each(Object.entries(WORLDS))(
    "nothing is done that must not be, and everything ends: %s",
    async (_world, anyLife) => {
      const how = runs(USUAL, SHARE / Object.keys(WORLDS).length / 2);
      await fc.assert(
        fc.asyncProperty(anyLife, async (steps) => {
          const one = await lived(steps);
          counted(coverage, one.it.town.seen);
          all += 1;
          if (one.wrong.length > 0) throw new Error(account(steps, one));
        }),
        { ...how, ...(how.seed !== undefined && { seed: how.seed + half }) },
      );
    },
  );

  it("and all of it was there to be done wrong", () => {
    const table = asTable(coverage, all);
    if (process.env["LEASEHOLD_COVERAGE"]) process.stdout.write(`${table}\n`);
    const missing = Object.keys(KINDS).filter((name) => !coverage.get(name)?.times);
    expect(all, table).toBeGreaterThanOrEqual(USUAL * Object.keys(WORLDS).length);
    expect(all >= MANY ? missing : missing.filter((name) => COMMON.includes(name)), table).toEqual([]);
  });
}

/** Met in every run, however short. */
const COMMON = [
  ...["switched off on silence", "switched off on a yes", "fenced", "withdrawn", "stuck at the brake"],
  ...["ended: undone", "ended: bottom", "ended: unresolved"],
];
