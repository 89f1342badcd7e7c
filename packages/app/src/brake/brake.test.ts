import { broken } from "@leasehold/core/trail";
import { describe, expect, it } from "vitest";
import { MONDAY } from "../../../../test/support/clock.ts";
import { didOf, kindsOf, type Story, story } from "../../../../test/support/story.ts";
import { verifyTrails } from "../audit/index.ts";
import { undo } from "../winddown/index.ts";
import { brakeOn, brakeView, letGo as release } from "./index.ts";

/** Ada has left, and Grace was asked. */
async function asked(): Promise<Story> {
  const one = await story();
  await one.leaves();
  await one.settle();
  return one;
}
const COUNTED = [{ from: MONDAY, people: { okta: 1 }, credentials: 0 }];
const on = ({ world }: Story) => brakeOn(world, "acc_sam", "too many at once");

describe("with a person's hand on the brake", () => {
  it("nothing is acted on silence, and what is stuck says why", async () => {
    const one = await asked();
    await on(one);
    await one.live(24 * 5);
    expect(one.estate.diary).toEqual([]);
    expect(one.faults).toContain("Braked");
    expect(await kindsOf(one)).toContain("the brake has no place");
  });

  it("nothing is acted on a yes", async () => {
    const one = await asked();
    await on(one);
    expect(await one.press("retire", "grace")).toMatchObject({ outcome: "recorded" });
    await one.settle();
    expect([one.estate.diary, one.faults]).toEqual([[], ["Braked"]]);
  });

  it("an act whose place was taken just before is withdrawn, and its place given back", async () => {
    const one = await asked();
    let intended = false;
    one.world.hook = async (call) => {
      if (call === "windDowns.intend") intended = true;
      if (!intended || call !== "ledger.brake") return;
      one.world.hook = () => {};
      await on(one);
    };
    await one.press("retire", "grace");
    await one.settle();
    expect(one.estate.diary).toEqual([]);
    expect(await didOf(one)).toEqual(expect.arrayContaining(["intent.opened", "intent.withdrawn"]));
    expect((await one.world.ledger.brake()).value).toMatchObject({ buckets: COUNTED, frozen: { by: "acc_sam" } });
  });

  it("an undo goes through, also where its intent was open before", async () => {
    const one = await asked();
    await one.press("retire", "grace");
    await one.settle();
    await on(one);
    await undo(one.world, (await one.windDown()).windDown.id, "acc_grace");
    await one.settle();
    await one.live(1);
    expect((await one.windDown()).windDown.closed?.as).toBe("undone");
    expect(one.estate.diary).toHaveLength(2);
  });

  it("people are still asked", async () => {
    const one = await story();
    await on(one);
    await one.leaves();
    await one.settle();
    expect(one.estate.asks).not.toEqual([]);
  });

  it("what waited goes on when it is released", async () => {
    const one = await asked();
    await on(one);
    await one.press("retire", "grace");
    await one.settle();
    await release(one.world, "acc_sam");
    await one.live(7);
    expect(one.estate.diary).toHaveLength(1);
    expect((await one.windDown()).windDown.rung).toBe("disabled");
  });
});

describe("a hand", () => {
  it("is shown with its name, instant and reason, beside the limits", async () => {
    const one = await asked();
    expect(await brakeView(one.world)).toMatchObject({ frozen: undefined, limits: [{ used: 1 }, {}, {}, {}, {}] });
    const turned = await on(one);
    expect(turned).toEqual({
      outcome: "on",
      frozen: { by: "acc_sam", at: one.world.now, because: "too many at once" },
    });
    expect((await brakeView(one.world)).frozen).toEqual(turned.frozen);
  });

  it("is the first one: who comes later writes nothing over it", async () => {
    const one = await asked();
    await on(one);
    expect(await brakeOn(one.world, "acc_bob", "another")).toMatchObject({
      outcome: "was on already",
      frozen: { by: "acc_sam" },
    });
    expect(await release(one.world, "acc_bob")).toMatchObject({ outcome: "released", frozen: { by: "acc_sam" } });
    expect(await release(one.world, "acc_bob")).toEqual({ outcome: "was not on", frozen: undefined });
    expect((await one.world.ledger.brake()).value).toEqual({
      buckets: COUNTED,
      last: expect.objectContaining({ by: "acc_sam", lifted: { by: "acc_bob", at: one.world.now } }),
    });
  });

  it("gives nobody a new window: what was counted stays counted", async () => {
    const one = await asked();
    await one.press("retire", "grace");
    await one.settle();
    const { buckets } = (await one.world.ledger.brake()).value;
    expect(buckets).not.toEqual([]);
    await on(one);
    await release(one.world, "acc_sam");
    expect((await one.world.ledger.brake()).value).toMatchObject({ buckets });
  });

  it("leaves an entry of its own each time, and the chain of them is walked with all others", async () => {
    const one = await asked();
    const before = await verifyTrails(one.world);
    expect(before.map(({ trail }) => trail)).not.toContain("brake");
    await on(one);
    await release(one.world, "acc_bob");
    await on(one);
    const entries = await one.world.trails.entries("brake");
    expect(entries.map(({ n, did, by, facts }) => [n, did, by, facts])).toEqual([
      [1, "brake.set", "acc_sam", { because: "too many at once" }],
      [2, "brake.released", "acc_bob", { setBy: "acc_sam" }],
      [3, "brake.set", "acc_sam", { because: "too many at once" }],
    ]);
    expect(broken("brake", entries, await one.world.ledger.handed())).toBeUndefined();
    expect((await verifyTrails(one.world)).at(-1)).toMatchObject({ trail: "brake", entries: 3, broken: undefined });
  });

  it("is tried again where an act moved the window meanwhile, and gives up where that never ends", async () => {
    const one = await asked();
    let times = 0;
    const meanwhile = async (call: string) => {
      if (call !== "ledger.handBrake") return;
      times += 1;
      if (times > 2) return;
      const { value, version } = await one.world.ledger.brake();
      one.world.hook = () => {};
      await one.world.ledger.handBrake({ value, version }, { did: "test.moved", by: "x", facts: {} }, one.world.now);
      one.world.hook = meanwhile;
    };
    one.world.hook = meanwhile;
    expect(await on(one)).toMatchObject({ outcome: "on" });
    expect(times).toBe(3);

    one.world.hook = () => {};
    await expect(release(stuck(one), "acc_sam")).rejects.toMatchObject({ name: "Conflict" });
  });
});

/** Somebody always was faster. */
const stuck = ({ world }: Story) => ({
  ...{ clock: world.clock, random: world.random, findings: world.findings },
  ledger: {
    ...world.ledger,
    brake: async () => ({ ...(await world.ledger.brake()), version: 0 }),
    handBrake: world.ledger.handBrake,
  },
});
