import { describe, expect, it } from "vitest";
import { down, OFF } from "../../../../test/support/estate.ts";
import { kindsOf, type Story, story } from "../../../../test/support/story.ts";
import { letGo } from "../brake/index.ts";
import { afterRestore } from "./index.ts";

async function asked(): Promise<Story> {
  const one = await story();
  await one.leaves();
  await one.settle();
  return one;
}

describe("after a restore", () => {
  it("nothing is done until a person lets go, also on a yes; then it goes on", async () => {
    const one = await asked();
    expect(await afterRestore(one.world)).toEqual({ looked: 1, unknown: 0, unread: 0 });
    await one.press("retire", "grace");
    await one.live(24 * 6);
    expect(one.estate.diary).toEqual([]);
    expect(one.faults).toContain("Braked");
    expect((await one.world.ledger.brake()).value.frozen).toMatchObject({ by: "leasehold" });
    await letGo(one.world, "acc_sam");
    await one.press("retire", "grace", { id: "again" });
    await one.live(24);
    expect(one.estate.diary).toEqual(["disable Inactive"]);
  });

  it("what is off by a hand that this store does not know is a finding, and not ours", async () => {
    const one = await asked();
    one.estate.states.set(one.key, OFF);
    expect(await afterRestore(one.world)).toEqual({ looked: 1, unknown: 1, unread: 0 });
    expect(await kindsOf(one)).toEqual(expect.arrayContaining(["the store was restored", "off by an unknown hand"]));
    expect((await one.windDown()).windDown).toMatchObject({ rung: "flagged", acts: [] });
  });

  it("what we know to have switched off is no such finding", async () => {
    const one = await asked();
    await one.live(73);
    expect(await afterRestore(one.world)).toEqual({ looked: 1, unknown: 0, unread: 0 });
    expect(await kindsOf(one)).toEqual(["the store was restored"]);
  });

  it("a provider that cannot be asked is said, and the brake is on", async () => {
    const one = await asked();
    one.estate.moods.see = down;
    expect(await afterRestore(one.world)).toEqual({ looked: 0, unknown: 0, unread: 1 });
    expect((await one.world.ledger.brake()).value.frozen).toBeDefined();
  });
});
