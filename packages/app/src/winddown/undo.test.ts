import { Fault } from "@leasehold/core/kernel";
import { describe, expect, it } from "vitest";
import { down, handOf, OFF, ON } from "../../../../test/support/estate.ts";
import { accessKey, oktaUser } from "../../../../test/support/signals.ts";
import { didOf, kindsOf, ofKey, type Story, story } from "../../../../test/support/story.ts";
import { lookAgain, undo } from "./index.ts";

async function off(prepare: (one: Story) => void = () => {}): Promise<Story> {
  const one = await story();
  prepare(one);
  await one.leaves();
  await one.settle();
  await one.press("retire", "grace");
  await one.settle();
  await one.live(0.1);
  return one;
}
const undone = async (one: Story, by: "sam" | "nobody" = "sam") =>
  undo(one.world, (await one.windDown()).windDown.id, by === "sam" ? oktaUser(by) : undefined);

it("restores what was there, closes when that was read back, and leaves it contested", async () => {
  const one = await off();
  expect(await undone(one)).toBe("undoing");
  await one.live(0.1);
  expect(one.estate.diary).toEqual(["disable Inactive", "disable Active"]);
  expect((await one.windDown()).windDown).toMatchObject({ closed: { as: "undone" }, rung: "flagged", acts: [] });
  expect((await one.world.graph.node(one.key))?.value.contested).toBeDefined();
  expect((await didOf(one)).slice(-4)).toEqual([
    "intent.opened",
    "act.undone",
    "credential.verified",
    "wind-down.closed",
  ]);
  expect(await undone(one)).toBe("already undone");
  expect(await one.whole()).toEqual([]);
});

it("leaves off what was off before us", async () => {
  const one = await off((it) => void it.estate.states.set(accessKey(), OFF));
  expect((await one.windDown()).windDown.acts).toMatchObject([{ receipt: { changed: false } }]);
  await undone(one);
  await one.live(1);
  expect(one.estate.states.get(one.key)).toEqual(OFF);
  expect(one.estate.diary).toEqual([]);
  expect((await one.windDown()).windDown.closed?.as).toBe("undone");
});

it("is possible after the bottom, under the same lock as a new one", async () => {
  const one = await off((it) => void Object.assign(it.estate, { hands: [handOf(it.estate, "disable", OFF)] }));
  expect((await one.windDown()).windDown.closed?.as).toBe("bottom");
  expect((await one.world.cases.list("open")).items).toEqual([]);
  await undone(one);
  expect((await one.windDown()).windDown).toMatchObject({ lives: 2 });
  expect((await one.windDown()).windDown.closed).toBeUndefined();
  await one.live(1);
  expect(one.estate.states.get(one.key)).toEqual(ON);
  expect((await one.windDown()).windDown.closed?.as).toBe("undone");
  const node = (await one.world.graph.node(one.key))?.value;
  expect([node?.windDown, node?.left]).toEqual([undefined, undefined]);
});

it("that our own rights do not reach is asked of a person, with how, and closes once they have done it", async () => {
  const one = await off();
  const byHand = "set its status to Active by hand";
  one.estate.moods.before = () => {
    throw new Fault("PermissionMissing", "it is tagged by now", { byHand });
  };
  await undone(one);
  await one.live(0.1);
  const { windDown, open } = await one.windDown();
  expect([windDown.closed, windDown.answer?.kind, open]).toEqual([undefined, "undo", undefined]);
  const said = (await one.world.findings.of(windDown.id)).find(({ kind }) => kind === "waits for a person");
  expect(said).toMatchObject({ remedy: byHand, facts: { credential: one.key, because: "it is tagged by now" } });
  one.estate.states.set(one.key, ON);
  one.estate.moods.before = () => {};
  await one.live(7);
  expect((await one.windDown()).windDown.closed?.as).toBe("undone");
});

it("is refused for what somebody changed since", async () => {
  const one = await off();
  one.estate.states.set(one.key, { status: "Expired" });
  await undone(one);
  await one.live(1);
  expect(one.estate.diary).toEqual(["disable Inactive"]);
  expect(await kindsOf(one)).toContain("somebody changed it after us");
});

describe("what was adopted", () => {
  const adopted = async () => {
    const one = await story();
    await one.leaves();
    await one.settle();
    await one.press("retire", "grace");
    one.estate.moods.after = () => {
      throw new Error("killed");
    };
    await one.settle().catch(() => {});
    one.estate.moods.after = () => {};
    await one.live(0.2);
    expect((await one.windDown()).windDown.acts).toMatchObject([{ receipt: { adopted: true } }]);
    return one;
  };

  it("is not switched on because somebody is back: a person must want it, and is told", async () => {
    const one = await adopted();
    await undone(one, "nobody");
    await one.live(48);
    expect(one.estate.states.get(one.key)).toEqual(OFF);
    expect(await kindsOf(one)).toContain("waits for a person");
    expect(await undone(one, "sam")).toBe("undoing");
    await one.live(1);
    expect(one.estate.states.get(one.key)).toEqual(ON);
  });
});

it("is never stopped: not by observe, not by a directory that is down, not by a provider that hides the last use", async () => {
  const one = await off();
  one.estate.mode = "observe";
  one.estate.moods.person = down;
  const [disable] = one.estate.hands;
  one.estate.hands = [{ ...disable!, lastUsed: async () => down() }, ...one.estate.hands.slice(1)];
  await undone(one);
  await one.live(1);
  expect(one.estate.states.get(one.key)).toEqual(ON);
});

it("marks an open intent rather than cancelling it", async () => {
  const one = await story();
  await one.leaves();
  await one.settle();
  await one.press("retire", "grace");
  one.estate.moods.after = () => {
    throw new Error("killed");
  };
  await one.settle().catch(() => {});
  one.estate.moods.after = () => {};
  const { open } = await one.windDown();
  await undone(one);
  expect((await one.windDown()).open?.key).toBe(open?.key);
  await one.live(1);
  expect(one.estate.diary).toEqual(["disable Inactive", "disable Active"]);
});

it("is nothing where nothing was done, and impossible where it is deleted", async () => {
  const one = await off((it) => void Object.assign(it.estate, { hands: [handOf(it.estate, "delete", undefined)] }));
  await one.press("retire", "sam");
  await one.live(1);
  expect(one.estate.diary).toEqual(["delete gone"]);
  expect(await undone(one)).toBe("deleted: nothing undoes it");
  await expect(undo(one.world, "wdc_none", undefined)).rejects.toBeInstanceOf(Fault);

  const kept = await story(ofKey());
  await kept.leaves();
  await kept.settle();
  await kept.press("keep", "grace");
  await kept.settle();
  expect(await undone(kept)).toBe("nothing to undo");
});

it("of what somebody must bring back tells them how, and waits until they have", async () => {
  const one = await story();
  let back = false;
  const revoke = handOf(one.estate, "revoke", undefined, {
    ...{ reversibility: "R2", wayBack: async () => "Ada must consent once more.", isBack: async () => back },
  });
  one.estate.hands = [revoke];
  await one.leaves();
  await one.settle();
  await one.press("retire", "grace");
  await one.settle();
  expect(one.estate.diary).toEqual(["revoke gone"]);
  await undone(one);
  await one.live(25);
  const { id } = (await one.windDown()).windDown;
  expect(await one.world.findings.of(id)).toMatchObject([
    { kind: "waits for a person", remedy: "Ada must consent once more." },
  ]);
  back = true;
  one.estate.states.set(one.key, ON);
  await one.live(25);
  expect((await one.windDown()).windDown.closed?.as).toBe("undone");
});

it("of an older one is refused while a newer one is open: one credential has one wind-down at a time", async () => {
  const one = await off((it) => void Object.assign(it.estate, { hands: [handOf(it.estate, "disable", OFF)] }));
  const { id } = (await one.windDown()).windDown;
  one.estate.states.set(one.key, ON);
  await lookAgain(one.world, one.key);
  expect((await one.windDown()).windDown.id).not.toBe(id);
  await expect(undo(one.world, id, oktaUser("sam"))).rejects.toMatchObject({ name: "Conflict" });
  expect((await one.world.windDowns.get(id))?.windDown.closed?.as).toBe("bottom");
});
