import { setImmediate } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { ofKey, type Story, story } from "../../../../test/support/story.ts";
import { type Config, readConfig } from "../config/index.ts";
import { onlyReading } from "../world/index.ts";
import { type Difference, differenceOf } from "./index.ts";

const PRESENT = {
  ...{ fallback: { email: "last@example.com" }, security: ["sam@example.com"] },
  connectors: Object.fromEntries(["aws-iam", "okta", "slack", "jira"].map((id) => [id, { mode: "act" as const }])),
};
const proposed = (more: object): Config => readConfig({ ...PRESENT, ...more });

async function begun(): Promise<Story> {
  const one = await story();
  await one.leaves();
  await one.settle();
  return one;
}
const differing = async (one: Story, more: object) => differenceOf(onlyReading(one.world), proposed(more));

describe("a proposed configuration", () => {
  it.each<[title: string, more: object, now: object, then: object]>([
    [
      "that protects it",
      { neverTouch: [{ because: "it is the way in", identity: "deploy" }] },
      { does: "descends", to: "disabled" },
      { does: "asks", because: expect.stringContaining("the way in") },
    ],
    [
      "with a change freeze",
      { calendar: { freezes: [{ from: "2026-11-05T00:00:00Z", to: "2026-11-08T00:00:00Z" }] } },
      { does: "descends", at: "2026-11-05T09:00:00.000Z" },
      { does: "descends", at: "2026-11-09T08:00:00.000Z" },
    ],
    [
      "with a longer grace",
      { playbook: { grace: 2_000 } },
      { does: "asks", at: "2026-11-28T09:00:00.000Z" },
      { does: "asks", at: "2027-01-20T17:00:00.000Z" },
    ],
    [
      "that only observes",
      { connectors: { ...PRESENT.connectors, "aws-iam": { mode: "observe" } } },
      { does: "descends" },
      { does: "stops", because: "the connector only observes" },
    ],
    [
      "without its connector",
      { connectors: { okta: { mode: "act" } } },
      { does: "descends" },
      { does: "stops", because: expect.stringContaining("cannot be looked at") },
    ],
  ])("%s", async (_title, more, present, other) => {
    const one = await begun();
    const found = await differing(one, more);
    expect(found).toMatchObject({ open: 1, compared: 1, differing: [{ present, proposed: other }] });
    expect(one.estate.diary).toEqual([]);
  });

  it("that is the same would change nothing", async () => {
    expect(await differing(await begun(), {})).toMatchObject({ open: 1, compared: 1, differing: [], brake: [] });
  });

  it("leaves the deadline of a question that stands", async () => {
    const { differing: items } = await differing(await begun(), { playbook: { notice: 5 } });
    expect(items.map(({ present }) => present?.does)).not.toContain("descends"); // only what is asked later has less time
  });

  it("says which connectors it could not look through", async () => {
    const found = await differing(await begun(), { connectors: { ...PRESENT.connectors, github: {} } });
    expect(found.notVisible.join()).toContain("github");
  });

  it("is compared page by page, case by case, and the pages together are the whole", async () => {
    const keys = (by: string, first: number) =>
      Array.from({ length: 12 }, (_, n) => ofKey(`AKIA${String(first + n).padStart(9, "0")}EXAMPLE`, `${by}-${n}`, by));
    const one = await story(...keys("ada", 0), ...keys("bob", 50));
    await one.leaves();
    await one.leaves("bob");
    await one.settle();
    const wanted = proposed({ connectors: { okta: { mode: "act" } } });
    const pages: Difference[] = [];
    for (let after: Difference["next"]; ; ) {
      const page: Difference = await differenceOf(onlyReading(one.world), wanted, after);
      pages.push(page);
      after = page.next;
      if (after === undefined) break;
    }
    expect(pages.map(({ open, compared }) => [open, compared])).toEqual([
      [24, 12],
      [24, 12],
    ]);
    const differing = pages.flatMap((page) => page.differing.map(({ windDown }) => windDown));
    expect(new Set(differing).size).toBe(24);
    for (const { notVisible } of pages) expect(notVisible.join()).not.toContain("were not compared");
  });

  it("looks at several at once, and at each once", async () => {
    const all = Array.from({ length: 12 }, (_, n) => ofKey(`AKIA${String(n).padStart(9, "0")}EXAMPLE`, `robot-${n}`));
    const one = await story(...all);
    await one.leaves();
    await one.settle();
    let [under, most] = [0, 0];
    const seen: string[] = [];
    one.estate.hands = one.estate.hands.map((hand) => ({
      ...hand,
      plan: async (target) => {
        if (hand.verb === "disable") seen.push(target.credential);
        under += 1;
        most = Math.max(most, under);
        await setImmediate();
        under -= 1;
        return hand.plan(target);
      },
    }));
    await differing(one, { playbook: { grace: 2_000 } });
    expect(seen).toHaveLength(new Set(seen).size);
    expect(new Set(seen).size).toBe(12);
    expect([most > 2, most <= 16]).toEqual([true, true]); // two hands of each
  });
});
