import fc from "fast-check";
import { expect, it, vi } from "vitest";
import { runs } from "../../support/runs.ts";
import type { Happened } from "./chronicle.ts";
import { anyLife, inWords, type Step, WORLDS } from "./histories.ts";
import { type Lived, lived } from "./tell.ts";

vi.setConfig({ testTimeout: 3_600_000 }); // weeks go by in each: a history that fails is to end it, and never the time

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

const count: Record<string, number> = {};
function kindOf(event: Happened): string {
  if (event.what === "effect") return `${event.verb} ${event.down ? "down" : "back"}`;
  return event.what === "entry" ? event.did : event.what;
}

it.each(Object.entries(WORLDS))(
  "nothing is done that must not be, and everything ends: %s",
  async (_world, weights) => {
    await fc.assert(
      fc.asyncProperty(anyLife(weights), async (steps) => {
        const one = await lived(steps);
        for (const event of one.it.town.seen.all) {
          const key = kindOf(event);
          count[key] = (count[key] ?? 0) + 1;
        }
        if (one.wrong.length > 0) throw new Error(account(steps, one));
      }),
      runs(50, 1 / 80), // each is a story of weeks, a third of a second long: more of them belong into a run of their own
    );
  },
);

it("and all of it was there to be done wrong", () => {
  const acts = { "disable down": 40, "disable back": 3, "quarantine down": 3 };
  const others = { "answer.given": 20, "undo.asked": 3, "act.undone": 3, "intent.withdrawn": 3, hand: 10, brake: 10 };
  for (const [kind, times] of Object.entries({ ...acts, ...others }))
    expect([kind, (count[kind] ?? 0) >= times]).toEqual([kind, true]);
});
