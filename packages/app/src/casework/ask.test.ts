import { describe, expect, it } from "vitest";
import { down } from "../../../../test/support/estate.ts";
import { accessKey, hours, oktaUser, seenUser } from "../../../../test/support/signals.ts";
import { ofKey, type Story, story } from "../../../../test/support/story.ts";
import { advance } from "../winddown/index.ts";
import { caseStep } from "./index.ts";

const SECOND = "AKIAI44QH8DHBEXAMPLE";
const two = () => story(ofKey(), ofKey(SECOND, "report"));
const keysOf = ({ estate }: Story, desk: string) =>
  (estate.messages.get(desk) ?? []).filter(({ state }) => state !== "closed");

it("one person gets one message, with all of theirs", async () => {
  const one = await two();
  await one.leaves();
  await one.settle();
  expect(await one.decisions()).toMatchObject([{ custodian: oktaUser("grace"), placed: true }]);
  for (const desk of ["slack", "jira"]) expect(keysOf(one, desk).map(({ items }) => items.length)).toEqual([2]);
});

it("each message holds only the items of the one who gets it", async () => {
  const one = await story(ofKey(), ofKey(SECOND, "report", "bob"));
  await one.hear(seenUser("bob", { manager: oktaUser("sam") }, hours(-1)));
  await one.leaves("ada");
  await one.leaves("bob");
  await one.settle();
  const slack = keysOf(one, "slack");
  expect(slack.map(({ to, items }) => [to.email, items.length]).sort()).toEqual([
    ["grace@example.com", 1],
    ["sam@example.com", 1],
  ]);
  const [ofAda, ofBob] = [await one.windDown(), await one.windDown(accessKey(SECOND))];
  const grace = slack.find(({ to }) => to.email === "grace@example.com");
  expect(JSON.stringify(grace)).toContain(ofAda.windDown.id);
  expect(JSON.stringify(grace)).not.toContain(ofBob.windDown.id);
});

it("a wind-down that two cases share is asked about once", async () => {
  const one = await two();
  await one.leaves("ada");
  await one.settle();
  const first = (await one.windDown()).windDown;
  const second = await one.leaves("bob");
  const stored = (await one.world.cases.get(second))!;
  const items = [{ credential: one.key, windDown: first.id, left: undefined }];
  await one.world.cases.change(stored, { ...stored.case, items }, { did: "items.planned", by: "x", facts: {} });
  const from = await one.windDown();
  await one.world.windDowns.change(
    from,
    { ...from.windDown, question: undefined, wants: "again" },
    { did: "question.wanted", by: "x", facts: {} },
  );
  await one.settle();
  expect((await one.decisions()).filter(({ case: of }) => of === second)).toEqual([]);
  expect((await one.windDown()).windDown.question).toBeDefined();
});

it("one provider that is down keeps only its own items from being asked about", async () => {
  const one = await two();
  const id = await one.leaves();
  while ((await caseStep(one.world, id)).do === "again") {}
  for (const item of (await one.world.cases.get(id))!.case.items) await advance(one.world, item.windDown!);
  const [hand] = one.estate.hands;
  const { see, plan } = hand!;
  const isDown = ({ credential }: { readonly credential: string }) => credential === one.key && down();
  one.estate.hands = [
    {
      ...hand!,
      see: async (target) => isDown(target) || see(target),
      plan: async (target) => isDown(target) || plan(target),
    },
  ];
  one.world.pass(0.5);
  expect((await caseStep(one.world, id)).do).toBe("wait");
  expect((await one.decisions()).map(({ items }) => items.length)).toEqual([1]);
  one.estate.hands = [hand!];
  await one.live(1);
  expect((await one.windDown()).windDown.question).toBeDefined();
});

it("a reminder edits the message once, and a desk that does not take it is asked again a quarter of an hour later", async () => {
  const one = await story();
  const id = await one.leaves();
  await one.settle();
  await one.live(23.9);
  one.estate.moods.desk = down;
  one.world.pass(0.2);
  const next = await caseStep(one.world, id);
  expect(next).toMatchObject({ do: "wait" });
  expect((next as { until: string }).until > one.world.now).toBe(true);
  one.estate.moods.desk = () => {};
  await one.live(1);
  expect(keysOf(one, "slack").map(({ state }) => state)).toEqual(["reminder"]);
  expect((await one.decisions())[0]?.reminded).toBeDefined();
});

it("what has ended has no buttons left", async () => {
  const one = await story();
  await one.leaves();
  await one.settle();
  await one.press("keep", "grace");
  await one.settle();
  expect(one.estate.messages.get("slack")).toMatchObject([{ state: "closed", items: [{ choices: [] }] }]);
  expect(one.estate.messages.get("jira")).toMatchObject([{ state: "closed", items: [{ choices: [] }] }]);
});

describe("two executions that race", () => {
  it("put one question, on one message at each desk", async () => {
    const one = await two();
    const id = await one.leaves();
    while ((await caseStep(one.world, id)).do === "again") {}
    for (const item of (await one.world.cases.get(id))!.case.items) await advance(one.world, item.windDown!);
    await Promise.allSettled([caseStep(one.world, id), caseStep(one.world, id), caseStep(one.world, id)]);
    await one.settle();
    expect(await one.decisions()).toHaveLength(1);
    expect(keysOf(one, "slack")).toHaveLength(1);
    expect(await one.whole()).toEqual([]);
  });
});

describe("killed before any call of a port", () => {
  const CALLS = 260;
  it(`of ${CALLS}, and run again: one decision, one message at each desk, each effect once, whole trails`, {
    timeout: 120_000,
  }, async () => {
    let killed = 0;
    for (let diesAt = 0; diesAt < CALLS; diesAt += 3) {
      const one = await two();
      await one.leaves();
      let calls = 0;
      one.world.hook = (call) => {
        if (calls++ === diesAt) throw new Error(`killed before ${call}`);
      };
      await one.settle().catch(() => {
        killed += 1;
      });
      one.world.hook = () => {};
      await one.settle();
      await one.live(2);
      const at = `killed at ${diesAt}`;
      const decisions = await one.decisions();
      expect([
        at,
        decisions.filter(({ closed }) => !closed).map(({ items, placed }) => [items.length, placed]),
      ]).toEqual([at, [[2, true]]]);
      for (const desk of ["slack", "jira"]) expect([at, keysOf(one, desk).length]).toEqual([at, 1]);
      for (const key of [one.key, accessKey(SECOND)])
        expect((await one.windDown(key)).windDown.question?.decision).toBe(decisions.find(({ closed }) => !closed)?.id);
      expect(await one.whole()).toEqual([]);
      await one.live(72);
      expect([at, one.estate.diary]).toEqual([at, ["disable Inactive", "disable Inactive"]]);
    }
    expect(killed).toBeGreaterThan(50);
  });
});
