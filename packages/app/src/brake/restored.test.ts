import { later } from "@leasehold/core/kernel";
import { expect, it } from "vitest";
import { down } from "../../../../test/support/estate.ts";
import { hours } from "../../../../test/support/signals.ts";
import { kindsOf, type Story, story } from "../../../../test/support/story.ts";
import { pulse } from "../watch/index.ts";
import { undo } from "../winddown/index.ts";
import type { Life } from "../world/index.ts";
import { letGo } from "./index.ts";

const MADE = hours(-24 * 61);

/** Somebody has said yes, in a store that says which one it is. */
async function agreed(life: Life = { id: "tbl-1", made: MADE }): Promise<Story> {
  const one = await story();
  is(one, life);
  await one.leaves();
  await one.settle();
  await one.press("retire", "grace");
  return one;
}
const is = (one: Story, life: Life) => void Object.assign(one.world, { life: async () => life });
const frozen = async (one: Story) => (await one.world.ledger.brake()).value.frozen;

it("a table that says the same at every act is no copy, and is asked for its id alone", async () => {
  const one = await agreed();
  await one.settle();
  expect(one.estate.diary).toEqual(["disable Inactive"]);
  expect((await one.world.ledger.brake()).value.store).toBe("tbl-1");
  expect(await frozen(one)).toBeUndefined();
});

it("one that was restored has another id: nothing is done in it, whoever said yes, and no hand takes it off", async () => {
  const one = await agreed();
  await pulse(one.world, []);
  is(one, { id: "tbl-2", made: one.world.now });
  await one.live(24 * 4);
  expect(one.estate.diary).toEqual([]);
  expect(one.faults).toContain("Braked");
  expect(await frozen(one)).toMatchObject({ by: "leasehold", restored: true });
  expect(await kindsOf(one)).toContain("the store was restored");
  await expect(letGo(one.world, "acc_sam")).rejects.toMatchObject({ name: "BadInput" });
});

it("also one in which no id was ever written, where it is younger than what stands in it", async () => {
  const one = await agreed({ id: "tbl-2", made: later(hours(-24 * 60), 1) });
  await one.live(24);
  expect(one.estate.diary).toEqual([]);
  expect(await frozen(one)).toMatchObject({ restored: true });
});

it("is told of by the pulse where nobody acts", async () => {
  const one = await story();
  is(one, { id: "tbl-1", made: MADE });
  expect((await pulse(one.world, [])).brake).toBe(0);
  is(one, { id: "tbl-2", made: one.world.now });
  expect((await pulse(one.world, [])).brake).toBe(1);
  expect(await kindsOf(one)).toEqual(["the store was restored"]);
});

it("takes no gauge with it where nobody can say which store this is, and lets nobody act", async () => {
  const one = await agreed();
  Object.assign(one.world, { life: async () => down() });
  expect((await pulse(one.world, [])).brake).toBe(0);
  await one.live(24);
  expect(one.estate.diary).toEqual([]);
});

it("stops no undo", async () => {
  const one = await agreed();
  await one.live(1);
  is(one, { id: "tbl-2", made: one.world.now });
  await undo(one.world, (await one.windDown()).windDown.id, undefined);
  await one.live(1);
  expect(one.estate.diary).toEqual(["disable Inactive", "disable Active"]);
});

it("a hand that was on the brake stays the one that put it on", async () => {
  const one = await agreed();
  await pulse(one.world, []);
  const { value, version } = await one.world.ledger.brake();
  const by = { by: "acc_sam", at: one.world.now, because: "a freeze" };
  const draft = { did: "brake.set", by: "acc_sam", facts: {} };
  await one.world.ledger.handBrake({ value: { ...value, frozen: by }, version }, draft, one.world.now);
  is(one, { id: "tbl-2", made: one.world.now });
  await pulse(one.world, []);
  expect(await frozen(one)).toMatchObject({ ...by, restored: true });
});
