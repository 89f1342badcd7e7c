import { later } from "@leasehold/core/kernel";
import { expect, it } from "vitest";
import { story } from "../../../../test/support/story.ts";
import { calls } from "../calls/index.ts";
import { pulse } from "../watch/index.ts";
import { isOverdue, overdue } from "./index.ts";

it("the same case is late for whoever restarts it, counts it or shows it, also where no wait of it was ever registered", async () => {
  const one = await story();
  const id = await one.leaves();
  const said = async () => {
    const { overdue: shown } = await calls.doctor.run(one.world, {}, { as: "terminal" });
    return [await isOverdue(one.world, id), (await pulse(one.world, [])).stuck, shown];
  };
  one.world.now = later(one.world.now, 1);
  expect(await said()).toEqual([false, 0, []]);
  one.world.now = later(one.world.now, 0.1);
  expect(await said()).toEqual([true, 1, [id]]);
  expect(await overdue(one.world)).toBe(1);
  expect(await said()).toEqual([false, 0, []]);
});
