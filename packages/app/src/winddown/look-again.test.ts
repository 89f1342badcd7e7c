import { describe, expect, it } from "vitest";
import { handOf, OFF, ON } from "../../../../test/support/estate.ts";
import { keyIs } from "../../../../test/support/signals.ts";
import { didOf, kindsOf, type Story, story } from "../../../../test/support/story.ts";
import type { Stored } from "../world/index.ts";
import { advance, lookAgain } from "./index.ts";

/** Switched off in silence; where there is no deletion it ends there. */
async function off(ends: boolean): Promise<Story> {
  const one = await story();
  if (ends) one.estate.hands = [handOf(one.estate, "disable", OFF)];
  await one.leaves();
  await one.settle();
  await one.live(73);
  expect(one.estate.diary).toEqual(["disable Inactive"]);
  return one;
}
/** Terraform does so, and CloudTrail says it. */
async function switchedOn(one: Story): Promise<void> {
  one.estate.states.set(one.key, ON);
  await one.hear(keyIs("restored", one.world.now));
}

/** Of a wind-down what it was a moment ago, at the first look. */
function readBefore({ world }: Story, before: Stored): Story["world"] {
  let reads = 0;
  const get: typeof world.windDowns.get = async (id) => {
    reads += 1;
    return reads === 1 ? before : world.windDowns.get(id);
  };
  const windDowns = new Proxy(world.windDowns, { get: (of, name) => (name === "get" ? get : Reflect.get(of, name)) });
  return { ...world, windDowns };
}

describe("switched on again", () => {
  it("while its wind-down is open: a finding, back to flagged, a new question, and silence never again", async () => {
    const one = await off(false);
    await one.live(0.5);
    await switchedOn(one);
    expect(await lookAgain(one.world, one.key)).toBe("looks now");
    await one.settle();
    expect(await kindsOf(one)).toEqual(["somebody changed it after us"]);
    expect((await one.windDown()).windDown).toMatchObject({
      rung: "flagged",
      acts: [],
      question: { ifSilent: "nothing" },
    });
    await one.live(24 * 30);
    expect(one.estate.diary).toEqual(["disable Inactive"]);
  });

  it("while it is read back: the step that saw it off before does not go to sleep on that", async () => {
    const one = await story();
    await one.leaves();
    await one.settle();
    await one.live(72);
    expect(one.estate.diary).toEqual(["disable Inactive"]);
    one.world.pass(1 / 60);
    const before = await one.windDown();
    let heard = 0;
    one.world.hook = async (call) => {
      if (call === "windDowns.change" && heard === 0) {
        heard = 1; // it was seen off, and that is about to be written
        await switchedOn(one);
        heard = 2;
      } else if (heard === 2) {
        heard = 3;
        await lookAgain(readBefore(one, before), one.key);
      }
    };
    const next = await advance(one.world, before.windDown.id);
    expect([heard, next.do]).toEqual([3, "wait"]);
    expect((await one.windDown()).version).not.toBe("version" in next ? next.version : undefined); // so the wait ends at once
  });

  it("weeks after it ended: a finding, a new wind-down, and its case opens again to ask", async () => {
    const one = await off(true);
    const first = (await one.windDown()).windDown;
    expect(first.closed?.as).toBe("bottom");
    await one.live(24 * 21);
    await switchedOn(one);
    expect(await lookAgain(one.world, one.key)).toBe("begun again");
    expect(await lookAgain(one.world, one.key)).toBe("looks now");
    await one.settle();
    const { windDown } = await one.windDown();
    expect(windDown.id).not.toBe(first.id);
    expect(windDown).toMatchObject({ rung: "flagged", question: { ifSilent: "nothing" } });
    expect(await kindsOf(one)).toEqual(["somebody changed it after us"]);
    await one.live(24 * 30);
    expect(one.estate.diary).toEqual(["disable Inactive"]);
    expect((await one.windDown()).windDown.closed?.as).toBe("unresolved");
    expect((await one.world.cases.list("open")).items).toEqual([]);
    expect(await one.whole()).toEqual([]);
  });

  it("and a crash anywhere in that loses neither the wind-down nor its case", async () => {
    for (let diesAt = 0; diesAt < 40; diesAt += 1) {
      const one = await off(true);
      await switchedOn(one);
      let calls = 0;
      one.world.hook = () => {
        if (calls++ === diesAt) throw new Error("killed");
      };
      await lookAgain(one.world, one.key).catch(() => {});
      one.world.hook = () => {};
      if (calls <= diesAt) return;
      await lookAgain(one.world, one.key);
      await one.settle();
      expect((await one.windDown()).windDown).toMatchObject({ rung: "flagged", question: { ifSilent: "nothing" } });
      expect((await one.world.cases.list("open")).items).toHaveLength(1);
    }
  });

  it("and off again between two looks ends the grace: what stood off did not stand unbroken", async () => {
    const one = await off(false);
    await one.hear(keyIs("restored", one.world.now));
    await one.live(24 * 25);
    expect(await kindsOf(one)).toContain("somebody changed it after us");
    expect((await one.windDown()).windDown).toMatchObject({ acts: [] });
  });
});

it("is nothing where it stands as we left it, and nothing where it was never ours", async () => {
  const one = await off(true);
  expect(await lookAgain(one.world, one.key)).toBe("as we left it");
  expect(await lookAgain(one.world, "crd_none")).toBe("not ours");
  expect(await kindsOf(one)).toEqual([]);
});

it("writes, so that a step which looked just before does not sleep on what it saw", async () => {
  const one = await off(false);
  const { version } = await one.windDown();
  await lookAgain(one.world, one.key);
  expect((await one.windDown()).version).toBe(version + 1);
  expect((await didOf(one)).at(-1)).toBe("credential.moved");
});

describe("not found", () => {
  it("is not gone: one empty read closes nothing, and is a finding", async () => {
    const one = await off(false);
    one.estate.states.set(one.key, undefined);
    await one.live(24 * 3);
    expect((await one.windDown()).windDown.closed).toBeUndefined();
    expect(await kindsOf(one)).toContain("not found and not confirmed gone");
  });

  it("is gone where an event says so", async () => {
    const one = await off(false);
    one.estate.states.set(one.key, undefined);
    await one.hear(keyIs("deleted", one.world.now));
    await lookAgain(one.world, one.key);
    await one.settle();
    expect((await one.windDown()).windDown.closed?.as).toBe("gone");
  });
});
