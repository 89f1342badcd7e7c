import type { Signal } from "@leasehold/core/signal";
import type { Close } from "@leasehold/core/winddown";
import { describe, expect, it } from "vitest";
import { handOf, OFF, ON } from "../../../../test/support/estate.ts";
import { keyIs, oktaUser } from "../../../../test/support/signals.ts";
import { kindsOf, type Story, story } from "../../../../test/support/story.ts";
import { steps } from "../steps/index.ts";
import { lookAgain, undo } from "./index.ts";

/** Switched off to the bottom by an earlier wind-down; then it has leaked, and a second one asks about it. */
async function askedTwice(): Promise<Story & { readonly earlier: `wdc_${string}` }> {
  const one = await story();
  one.estate.hands = [handOf(one.estate, "disable", OFF)];
  await one.leaves();
  await one.settle();
  await one.press("retire", "grace");
  await one.live(1);
  const { windDown } = await one.windDown();
  expect(windDown.closed?.as).toBe("bottom");
  await one.hear({ ...keyIs("disabled", one.world.now), kind: "credential.exposed" } as Signal);
  await steps["open-case"].run(one.world, { type: "credential.exposed", credential: one.key });
  await one.settle();
  return { ...one, earlier: windDown.id };
}
const leftOf = async (one: Story) => (await one.world.graph.node(one.key))?.value.left;

describe("a second wind-down that did nothing leaves what the first did where it can be found", () => {
  const ENDS: readonly [as: Close, ends: (one: Story) => Promise<unknown>][] = [
    ["kept", (one) => one.press("keep", "sam")],
    ["undone", async (one) => undo(one.world, (await one.windDown()).windDown.id, oktaUser("sam"))],
    ["unresolved", (one) => one.live(24 * 20)],
  ];
  it.each(ENDS)("when it is %s", async (as, ends) => {
    const one = await askedTwice();
    await ends(one);
    await one.settle();
    expect((await one.windDown()).windDown).toMatchObject({ closed: { as }, acts: [] });
    expect(await leftOf(one)).toBe(one.earlier);
    expect(await undo(one.world, one.earlier, oktaUser("sam"))).toBe("undoing");
    await one.live(1);
    expect(one.estate.states.get(one.key)).toEqual(ON);
    expect(await leftOf(one)).toBeUndefined();
  });

  it("and somebody else's hand on it is seen, also weeks later", async () => {
    const one = await askedTwice();
    await one.press("keep", "sam");
    await one.live(24 * 21);
    one.estate.states.set(one.key, ON);
    expect(await lookAgain(one.world, one.key)).toBe("begun again");
    expect(await kindsOf(one)).toContain("somebody changed it after us");
  });

  it("but not once somebody has switched it on before they kept it: nothing of ours stands then", async () => {
    const one = await askedTwice();
    one.estate.states.set(one.key, ON);
    await one.press("keep", "sam");
    await one.settle();
    expect(await leftOf(one)).toBeUndefined();
    expect(await lookAgain(one.world, one.key)).toBe("not ours");
  });
});
