import { KEYS, leaves, PEOPLE, switches } from "@leasehold/local/demo";
import { describe, expect, it } from "vitest";
import { itemOf, type Journey, journey, onlyCase } from "../support/journey.ts";

const NOTICE = 72; // hours
const CHAIN = 72 + 48 + 48 + 1; // hours; to the end of it

async function sueLeft() {
  const story = await journey();
  await story.deliver("a7-okta-deactivated.json");
  return story;
}
const supportOf = async (story: Journey) => itemOf(await onlyCase(story), KEYS.support.credential).windDown;

describe("somebody else's hand", () => {
  it("switched on again after us it is a finding, flagged again and asked anew, and silence never acts on it again (B16)", async () => {
    const story = await sueLeft();
    await story.advance(NOTICE + 1);
    expect(story.key("support")).toBe("Inactive");
    const { id } = await supportOf(story);
    await story.deliver([switches("ben", "support", "Active", story.now())]);
    await story.advance(0.5);
    expect(await supportOf(story)).toMatchObject({ rung: "flagged", acts: [], question: { ifSilent: "nothing" } });
    expect((await story.findings()).filter(({ about }) => about === id)).toMatchObject([
      { kind: "somebody changed it after us", severity: "high" },
    ]);
    await story.advance(CHAIN);
    expect(story.key("support")).toBe("Active");
    expect(story.key("migration")).toBe("Inactive");
    expect((await supportOf(story)).closed).toMatchObject({ as: "unresolved" });
  });

  it("also where no event of it came, at the latest a day later, and a person's yes still acts", async () => {
    const story = await sueLeft();
    await story.advance(NOTICE + 1);
    await story.unheard([switches("ben", "support", "Active", story.now())]);
    await story.advance(25);
    const { id, rung, question } = await supportOf(story);
    expect({ rung, question }).toMatchObject({ rung: "flagged", question: { ifSilent: "nothing" } });
    await story.answer({ by: question?.custodian.email ?? "", item: id, choice: "retire" });
    expect(story.key("support")).toBe("Inactive");
  });

  it("also weeks after it was confirmed dead", async () => {
    const story = await sueLeft();
    await story.advance(15 * 24);
    expect((await supportOf(story)).acts).toMatchObject([{ verified: "confirmed" }]);
    await story.deliver([switches("ben", "support", "Active", story.now())]);
    await story.advance(0.5);
    expect(await supportOf(story)).toMatchObject({ rung: "flagged", acts: [], question: { ifSilent: "nothing" } });
    expect(story.key("support")).toBe("Active");
  });

  it("what was off before us stays off when all of ours is undone (B15)", async () => {
    const story = await journey();
    await story.deliver([switches("ben", "support", "Inactive", story.now())]);
    await story.deliver([leaves("sue", story.now())]);
    await story.advance(NOTICE + 1);
    expect([story.key("support"), story.key("migration")]).toEqual(["Inactive", "Inactive"]);
    const { items } = await onlyCase(story);
    for (const { windDown } of items) await story.undo(windDown?.id ?? "wdc_none", PEOPLE.grace.email);
    await story.advance(1);
    expect([story.key("support"), story.key("migration")]).toEqual(["Inactive", "Active"]);
  });

  it("what somebody switched off between our act and its undo is not switched on by us", async () => {
    const story = await sueLeft();
    await story.advance(NOTICE + 1);
    const { id } = await supportOf(story);
    await story.deliver([switches("ben", "support", "Active", story.now())]);
    await story.advance(0.1);
    await story.deliver([switches("ben", "support", "Inactive", story.now())]);
    await story.undo(id, PEOPLE.grace.email);
    await story.advance(1);
    expect(story.key("support")).toBe("Inactive");
  });
});
