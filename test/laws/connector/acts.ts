import type { Simulator } from "@leasehold/connectors/kit";
import { type Action, back, same } from "@leasehold/core/connector";
import { expect, it } from "vitest";
import { credentialOf, done } from "../../support/connectors.ts";

/** Looking changes nothing, twice is once, the way back leads to where it was, and nobody else's change is overwritten. */
export function actionLaws(action: Action<unknown>, simulator: Simulator<unknown>): void {
  onceLaws(action, simulator);
  handLaws(action, simulator);
  callLaws(action, simulator);
  wayBackLaws(action, simulator);
}

function onceLaws(action: Action<unknown>, simulator: Simulator<unknown>): void {
  const { states, start } = credentialOf(simulator, action);

  it.each(states.map((state) => ({ name: JSON.stringify(state), state })))(
    "from $name: twice is once",
    async ({ state: before }) => {
      const world = start(before);
      const plan = await action.plan(world.api, world.target);
      expect(world.state()).toEqual(before); // looking changes nothing
      expect(await action.see(world.api, world.target)).toEqual(before);
      if (plan.refusals.length > 0) return;

      const first = await action.apply(world.api, plan);
      const after = world.state();
      expect(first).toMatchObject({ before, after, changed: !same(before, after), adopted: false });
      expect(await action.apply(world.api, plan)).toEqual({ ...first, adopted: first.changed });
      expect(world.state()).toEqual(after);
      expect(await action.verify(world.api, first)).toMatchObject({ verdict: "confirmed", seen: after });

      if (action.reversibility !== "R1") return;
      const undone = await action.apply(world.api, back(first));
      expect(world.state()).toEqual(before); // where it was, which need not be the opposite of what we did
      expect(await action.verify(world.api, undone)).toMatchObject({ verdict: "confirmed" });
      await action.apply(world.api, back(first));
      expect(world.state()).toEqual(before);
    },
  );

  it("plans nothing for what is gone", async () => {
    const world = start(undefined);
    expect((await action.plan(world.api, world.target)).refusals).not.toEqual([]);
  });
}

function handLaws(action: Action<unknown>, simulator: Simulator<unknown>): void {
  const { states, start } = credentialOf(simulator, action);

  it("is confirmed only by the state it left: still alive if the provider said yes and did nothing", async () => {
    const { world, receipt } = await done(simulator, action);
    world.put(receipt.before);
    expect(await action.verify(world.api, receipt)).toMatchObject({ verdict: "still alive" });
    if (receipt.after === undefined) return;
    world.put(undefined); // gone, and not by us: perhaps we are looking in the wrong place
    expect(await action.verify(world.api, receipt)).toMatchObject({ verdict: "unconfirmed" });
  });

  it("refuses a plan of another state, and an undo of what somebody else changed", async () => {
    const { plan, receipt } = await done(simulator, action);
    for (const meddled of states) {
      if (same(meddled, receipt.before) || same(meddled, receipt.after)) continue;
      const world = start(meddled);
      await expect(action.apply(world.api, plan)).rejects.toMatchObject({ name: "StalePlan" });
      if (action.reversibility === "R1")
        await expect(action.apply(world.api, back(receipt))).rejects.toMatchObject({ name: "StalePlan" });
      expect(world.state()).toEqual(meddled);
    }
  });
}

function callLaws(action: Action<unknown>, simulator: Simulator<unknown>): void {
  const { states, start } = credentialOf(simulator, action);

  it("uses the permissions it declares, all of them and no others", async () => {
    const { world, receipt } = await done(simulator, action);
    await action.lastUsed?.(world.api, world.target);
    if (action.reversibility === "R1") await action.apply(world.api, back(receipt));
    if (action.reversibility === "R2") await action.isBack(world.api, receipt);
    expect([...new Set(world.calls)].sort()).toEqual([...new Set(action.permissions)].sort());
  });

  it.each([
    ["refusing", "PermissionMissing"],
    ["busy", "Throttled"],
    ["unreachable", "Unavailable"],
  ] as const)("names it when the provider is %s, and changes nothing", async (mood, name) => {
    const { plan } = await done(simulator, action);
    const world = start(plan.before);
    world.mood = mood;
    await expect(action.plan(world.api, world.target)).rejects.toMatchObject({ name });
    await expect(action.apply(world.api, plan)).rejects.toMatchObject({ name });
    expect(world.state()).toEqual(plan.before);
  });

  it("takes no handle that is not one of its own", async () => {
    const world = start(states[0]);
    const look = action.plan(world.api, { ...world.target, handle: { leaseholdLaws: "?" } });
    await expect(look).rejects.toMatchObject({ name: "BadInput" });
    expect(world.calls).toEqual([]); // it did not even ask
  });
}

function wayBackLaws(action: Action<unknown>, simulator: Simulator<unknown>): void {
  it("tells a person the way back where we cannot go it ourselves", async () => {
    expect("wayBack" in action && "isBack" in action).toBe(action.reversibility === "R2");
    if (action.reversibility !== "R2") return;
    const { world, receipt } = await done(simulator, action);
    expect(action.wayBack(receipt)).toMatch(/^[A-Z].{20,}[.]$/s);
    expect(await action.isBack(world.api, receipt)).toBe(false);
    world.put(receipt.before);
    expect(await action.isBack(world.api, receipt)).toBe(true);
  });
}
