import { later } from "@leasehold/core/kernel";
import { describe, expect, it } from "vitest";
import { hours, oktaUser, seenUser } from "../../../../test/support/signals.ts";
import { kindsOf, ofKey, type Story, story } from "../../../../test/support/story.ts";
import { caseStep } from "../casework/index.ts";
import { pulse } from "../watch/index.ts";
import { brakeView, type Releaser, releaseHeld } from "./index.ts";

const nameOf = (n: number) => `p${String(n).padStart(3, "0")}`;
const by = (name: string): Releaser => ({
  ...{ account: oktaUser(name), accounts: [oktaUser(name)], person: `per_${name}` },
});

/** So many are active on Okta's list of yesterday; those who will leave have a key each. */
async function organisation(active: number, leavers: number): Promise<Story> {
  const all = Array.from({ length: leavers }, (_, n) => n);
  const one = await story(...all.map((n) => ofKey(`AKIA${String(n).padStart(9, "0")}EXAMPLE`, nameOf(n), nameOf(n))));
  await one.hear(...all.map((n) => seenUser(nameOf(n), { manager: oktaUser("grace") }, hours(-800))));
  const list = (ago: number, active: number) => {
    const ended = later(one.world.now, -ago);
    return one.world.ledger.cover({ connector: "okta", whole: true, at: ended, ended, seen: active, active });
  };
  await list(26, active);
  await list(0.1, 1_000_000); // of the burst's own hour: it raises nothing
  return one;
}

describe("an import deactivates people by mistake, within ten minutes", () => {
  it.each([
    { active: 200, leavers: 120, most: 5 },
    { active: 2_000, leavers: 300, most: 20 },
    { active: 20_000, leavers: 300, most: 25 },
  ])(
    "$leavers of $active: it stops at $most, with one page, and waits for two people",
    async ({ active, leavers, most }) => {
      const one = await organisation(active, leavers);
      for (let n = 0; n < leavers; n += 1) {
        const id = await one.leaves(nameOf(n));
        while ((await caseStep(one.world, id)).do === "again"); // until it waits for an answer
        one.world.pass(1 / 6 / leavers);
      }
      const held = leavers - most;
      const { tripped, limits } = await brakeView(one.world);
      expect(tripped).toMatchObject({ most, people: held, waiting: held, twoPeople: true });
      expect(limits[0]).toMatchObject({ limit: "peopleAnHour", used: most, most });
      const pages = (await kindsOf(one)).filter((kind) => kind === "the brake tripped");
      expect([pages.length, (await pulse(one.world, [])).brake, one.estate.diary]).toEqual([1, 1, []]);

      const id = tripped?.id ?? "";
      const release = (who: string) => releaseHeld(one.world, id, by(who), "HR confirms that they left");
      expect(await release("sam")).toMatchObject({ outcome: "needs a second person" });
      expect(await release("bob")).toMatchObject({ outcome: "released", covers: held });
      expect(await release("sam")).toMatchObject({ outcome: "was released already" });
      expect(await brakeView(one.world)).toMatchObject({ on: false, tripped: undefined, held: [{ waiting: 0 }] });
      one.world.pass(72 + 72); // the first notice, and three days
      expect((await brakeView(one.world)).held).toMatchObject([{ waiting: held, released: undefined }]);
    },
  );
});
