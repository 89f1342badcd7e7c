import { brakeOn } from "@leasehold/app/brake";
import { advance } from "@leasehold/app/winddown";
import { expect, it } from "vitest";
import { story } from "../../support/story.ts";

it("a brake that was put on before the last look at the wind-down stops the act", async () => {
  const one = await story();
  await one.leaves();
  await one.settle();
  await one.live(71.99);
  one.world.pass(0.01);
  let intended = false;
  one.world.hook = async (call) => {
    if (call === "windDowns.intend") intended = true;
    if (!intended || call !== "windDowns.get") return; // carry-out.ts asks for it after it has asked for the brake
    one.world.hook = () => {};
    await brakeOn(one.world, "acc_sam", "stop everything");
  };
  await advance(one.world, (await one.windDown()).windDown.id).catch(() => {});
  expect(one.estate.diary).toEqual([]);
});
