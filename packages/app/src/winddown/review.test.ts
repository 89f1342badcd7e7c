import { beforeEach, describe, expect, it } from "vitest";
import { handOf, OFF } from "../../../../test/support/estate.ts";
import { oktaUser } from "../../../../test/support/signals.ts";
import { type Story, story } from "../../../../test/support/story.ts";
import { review } from "./index.ts";

let one: Story;

/** In use, so silence may do nothing: everybody in the chain was asked, and nobody answered. */
beforeEach(async () => {
  one = await story();
  one.estate.used = one.world.now;
  await one.leaves();
  await one.settle();
  await one.live(24 * 10);
});

describe("what nobody decided", () => {
  it("is looked at again in thirty days and not before, with a new question in the same case", async () => {
    const before = await one.windDown();
    expect(before.windDown.closed).toMatchObject({ as: "unresolved" });
    one.world.pass(24 * 19);
    expect(await review(one.world)).toBe(0);
    one.world.pass(24 * 11);
    one.estate.used = one.world.now;
    expect(await review(one.world)).toBe(1);
    expect(await review(one.world)).toBe(0); // the second finds the first

    await one.settle();
    const after = await one.windDown();
    expect(after.windDown.id).not.toBe(before.windDown.id);
    expect(after.windDown).toMatchObject({ case: before.windDown.case, rung: "flagged" });
    expect(after.windDown.closed).toBeUndefined();
    expect(after.windDown.question).toMatchObject({ ifSilent: "nothing" });
    expect((await one.world.cases.get(after.windDown.case))?.case.status).toBe("open");
    expect(await one.whole()).toEqual([]);
  });

  it("is left alone once it is gone", async () => {
    const node = (await one.world.graph.node(one.key))!;
    const { subject } = node.value;
    const state = { value: "deleted", at: one.world.now, eventId: "gone" };
    const gone = { ...subject, facts: { ...subject.facts, state } };
    await one.world.graph.put({ ...node.value, subject: gone }, node.version);
    one.world.pass(24 * 31);
    expect(await review(one.world)).toBe(0);
  });
});

it("what ended otherwise is not looked at again", async () => {
  const other = await story();
  other.estate.hands = [handOf(other.estate, "disable", OFF)];
  await other.leaves();
  await other.settle();
  await other.live(80);
  expect((await other.windDown()).windDown.closed).toMatchObject({ as: "bottom" });
  other.world.pass(24 * 400);
  expect(await review(other.world)).toBe(0);
});

describe("what was kept", () => {
  async function kept(): Promise<Story> {
    const it = await story();
    it.configure({ playbook: { ...it.world.config.playbook, reviewDays: 90 } });
    await it.leaves();
    await it.settle();
    await it.press("keep", "grace");
    await it.live(1);
    expect((await it.windDown()).windDown.closed).toMatchObject({ as: "kept" });
    return it;
  }

  it("comes up for review when its days are over, and its new owner is asked; silence does nothing", async () => {
    const it = await kept();
    it.world.pass(24 * 89);
    expect(await review(it.world)).toBe(0);
    it.world.pass(24);
    expect(await review(it.world)).toBe(1);
    expect(await review(it.world)).toBe(0);
    await it.settle();
    const { windDown } = await it.windDown();
    expect(windDown.question).toMatchObject({ custodian: oktaUser("grace"), ifSilent: "nothing" });
    await it.live(24 * 60);
    expect(it.estate.diary).toEqual([]);
    expect((await it.windDown()).windDown.closed).toMatchObject({ as: "unresolved" });
  });

  it("and is kept again comes up again after as many days", async () => {
    const it = await kept();
    it.world.pass(24 * 90);
    await review(it.world);
    await it.settle();
    await it.press("keep", "grace");
    await it.live(1);
    expect((await it.windDown()).windDown.closed).toMatchObject({ as: "kept" });
    it.world.pass(24 * 89);
    expect(await review(it.world)).toBe(0);
    it.world.pass(24 * 2);
    expect(await review(it.world)).toBe(1);
  });
});
