import { badInput } from "@leasehold/core/kernel";
import type { Signal } from "@leasehold/core/signal";
import { describe, expect, it } from "vitest";
import { down, handOf, OFF, ON } from "../../../../test/support/estate.ts";
import { accessKey, keyIs } from "../../../../test/support/signals.ts";
import { ofKey, type Story, story } from "../../../../test/support/story.ts";
import { caseView } from "../case-view/index.ts";
import { steps } from "../steps/index.ts";
import { caseUndo } from "./case-undo.ts";
import type { Caller } from "./model.ts";

const SECOND = "AKIAI44QH8DHBEXAMPLE";
const TERMINAL: Caller = { as: "terminal" };

async function off(prepare: (one: Story) => void = () => {}, ...keys: string[]): Promise<Story> {
  const one = await story(...keys.map((id) => ofKey(id)));
  prepare(one);
  await one.leaves();
  await one.settle();
  await one.press("retire", "grace");
  await one.settle();
  await one.live(0.1);
  return one;
}
const undoCase = async (one: Story, as?: string) => {
  const { windDown } = await one.windDown();
  return caseUndo.run(one.world, { id: windDown.case, ...(as && { as }) }, TERMINAL);
};
const shown = async (one: Story) => {
  const { windDown } = await one.windDown();
  return (await caseView(one.world, windDown.case)).items[0]?.windDown?.back;
};

it("what is on its way is back when it was read back, and the case says so", async () => {
  const one = await off();
  expect((await undoCase(one)).undoing).toMatchObject([{ credential: one.key, outcome: "undoing", as: "on its way" }]);
  expect(await shown(one)).toEqual({ as: "on its way" });
  await one.live(1);
  expect(await shown(one)).toEqual({ as: "back" });
  expect((await undoCase(one)).undoing).toMatchObject([{ outcome: "already undone", as: "back" }]);
});

describe("what could not be brought back says why", () => {
  it("somebody changed it since", async () => {
    const one = await off();
    one.estate.states.set(one.key, { status: "Expired" });
    const wanted = { as: "cannot come back", because: expect.stringContaining("somebody changed it after us") };
    expect((await undoCase(one)).undoing).toMatchObject([wanted]);
    await one.live(1);
    expect(await shown(one)).toMatchObject(wanted);
  });

  it("it is deleted", async () => {
    const one = await off((it) => void Object.assign(it.estate, { hands: [handOf(it.estate, "delete", undefined)] }));
    await one.press("retire", "sam");
    await one.live(1);
    const wanted = { as: "cannot come back", because: "it is deleted" };
    expect((await undoCase(one)).undoing).toMatchObject([wanted]);
    expect(await shown(one)).toEqual(wanted);
  });

  it("somebody must consent to it again, in the provider's words", async () => {
    const one = await off((it) => {
      const more = { reversibility: "R2", wayBack: async () => "Ada must consent once more." } as const;
      it.estate.hands = [handOf(it.estate, "revoke", undefined, more)];
    });
    expect((await undoCase(one)).undoing).toMatchObject([
      { as: "needs a person", because: expect.stringContaining("consent"), wayBack: "Ada must consent once more." },
    ]);
  });

  it("it was adopted, and nobody's name is on the undo; with one it is on its way", async () => {
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
    expect((await undoCase(one)).undoing).toMatchObject([{ as: "needs a person" }]);
    expect((await undoCase(one, "sam@example.com")).undoing).toMatchObject([{ as: "on its way" }]);
  });

  it("another has begun since: that stops none of the others", async () => {
    const bottom = (it: Story) => void Object.assign(it.estate, { hands: [handOf(it.estate, "disable", OFF)] });
    const one = await off(bottom, "AKIAIOSFODNN7EXAMPLE", SECOND);
    await one.live(24 * 40);
    const { case: of } = (await one.windDown()).windDown;
    await one.hear({ ...keyIs("disabled", one.world.now), kind: "credential.exposed" } as Signal);
    await steps["open-case"].run(one.world, { type: "credential.exposed", credential: one.key });
    await one.settle();
    const { undoing } = await caseUndo.run(one.world, { id: of }, TERMINAL);
    const said = Object.fromEntries(undoing.map(({ credential, outcome, as }) => [credential, [outcome, as]]));
    expect(said).toMatchObject({
      [one.key]: ["another has begun since", "needs a person"],
      [accessKey(SECOND)]: ["undoing", "on its way"],
    });
  });
});

it("a provider that cannot be asked is said, and the undo goes on when it can", async () => {
  const one = await off();
  one.estate.moods.see = down;
  expect((await undoCase(one)).undoing).toMatchObject([
    { as: "on its way", because: expect.stringContaining("Unavailable") },
  ]);
  one.estate.moods.see = () => {};
  await one.live(7);
  expect(one.estate.states.get(one.key)).toEqual(ON);
});

it("an account that left the configuration: says what to do, there or by hand, and goes on when it is back", async () => {
  const one = await off();
  one.estate.moods.see = () => {
    throw badInput("the account is not configured: name it in aws.accounts", { where: "handle.account" });
  };
  const BY_HAND = /By hand: bring user deploy from status Inactive back to status Active\.$/;
  const because = expect.stringMatching(BY_HAND);
  const [said] = (await undoCase(one)).undoing;
  expect(said).toMatchObject({ outcome: "undoing", as: "on its way", because });
  expect(said?.because).toContain("name it in aws.accounts");
  await one.live(24 * 3);
  expect((await one.windDown()).windDown.closed).toBeUndefined();
  expect((await one.world.findings.of(String((await one.windDown()).windDown.id)))[0]?.remedy).toMatch(BY_HAND);
  expect((await undoCase(one)).undoing).toMatchObject([{ outcome: "undoing", because }]);
  one.estate.moods.see = () => {};
  await one.live(7);
  expect(one.estate.states.get(one.key)).toEqual(ON);
  expect(await shown(one)).toEqual({ as: "back" });
});

it("of what we did nothing to, that is said", async () => {
  const one = await story();
  await one.leaves();
  await one.settle();
  await one.press("keep", "grace");
  await one.settle();
  expect((await undoCase(one)).undoing).toMatchObject([{ outcome: "nothing to undo", as: "nothing was done" }]);
});

it("all of it is written down and said before a provider is asked about any, so that a slow one keeps nothing off", async () => {
  const ids = [undefined, SECOND, "AKIAI3RDQH8DHEXAMPLE"] as const;
  const one = await story(...ids.map((id) => ofKey(id)));
  await one.leaves();
  await one.settle();
  await one.live(73);
  expect(one.estate.diary).toHaveLength(ids.length);
  one.estate.moods.see = () => {
    throw new Error("killed: the time of the call was over");
  };
  await expect(undoCase(one)).rejects.toThrow("killed");
  for (const id of ids) expect((await one.windDown(accessKey(id))).windDown.answer).toMatchObject({ kind: "undo" });
  expect((await one.world.outbox.waiting()).items.filter((subject) => subject.startsWith("wdc_"))).toEqual([]);
});

it("of many, looks at eight at a time, and says each in its place", async () => {
  const ids = Array.from({ length: 20 }, (_, n) => `AKIAUNDO${String(n).padStart(5, "0")}EXAMPLE`.slice(0, 20));
  const one = await story(...[undefined, ...ids].map((id, n) => ofKey(id, `agent-${n}`)));
  await one.leaves();
  await one.settle();
  await one.live(73);
  expect(one.estate.diary).toHaveLength(21);
  const { case: of } = (await one.windDown()).windDown;
  const order = (await one.world.cases.get(of))?.case.items.map(({ windDown }) => windDown);
  let [now, most, looks] = [0, 0, 0];
  one.estate.hands = one.estate.hands.map((hand) => ({
    ...hand,
    see: async (target) => {
      most = Math.max(most, ++now);
      for (let wait = (looks++ * 7) % 5; wait >= 0; wait -= 1) await new Promise((resolve) => setImmediate(resolve));
      now -= 1; // a later one may have answered sooner
      return hand.see(target);
    },
  }));
  const { undoing } = await undoCase(one);
  expect(undoing.map(({ windDown }) => windDown)).toEqual(order);
  expect([looks, most]).toEqual([21, 8]);
});
