import { KEYS, leaves, PEOPLE } from "@leasehold/local/demo";
import { describe, expect, it } from "vitest";
import { buttonsIn } from "../support/buttons.ts";
import { itemOf, type Journey, journey, onlyCase } from "../support/journey.ts";

const NOTICE = 72; // hours
const NOBODY_ASKED = "no desk took the question";
const { grace, mia, sam } = PEOPLE;

const supportOf = async (story: Journey) => itemOf(await onlyCase(story), KEYS.support.credential).windDown;
const kinds = async (story: Journey) => (await story.findings()).map(({ kind }) => kind);

/** The desks were down before she left. */
async function sueLeft(...down: readonly string[]) {
  const story = await journey();
  story.down(...down);
  await story.deliver("a7-okta-deactivated.json");
  return story;
}

describe("Slack is down (B11)", () => {
  it("Grace is asked in Jira alone, answers there, and it is done at once; silence runs as it was announced there", async () => {
    const story = await sueLeft("slack");
    const { id, question } = await supportOf(story);
    expect(question).toMatchObject({ custodian: { email: grace.email } });
    expect([story.messages(), story.jira().length]).toEqual([[], 6]);
    expect(await story.answerInJira({ by: grace.email, item: id, choice: "retire" })).toMatchObject({
      outcome: "recorded",
    });
    expect([story.key("support"), story.key("migration")]).toEqual(["Inactive", "Active"]);
    story.down();
    await story.advance(NOTICE + 1);
    expect([story.key("migration"), story.key("reportUsed")]).toEqual(["Inactive", "Active"]);
    expect(await kinds(story)).not.toContain(NOBODY_ASKED);
  });

  it("and where it is Jira that is down, in Slack alone", async () => {
    const story = await sueLeft("jira");
    expect([story.slack(grace.email).length, story.jira()]).toEqual([1, []]);
    const { id } = await supportOf(story);
    expect(await story.answer({ by: grace.email, item: id, choice: "retire" })).toMatchObject({ outcome: "recorded" });
    expect(story.key("support")).toBe("Inactive");
  });

  it("a button of a question that has gone on to the next one is a late click, and does nothing", async () => {
    const story = await journey();
    await story.deliver("a7-okta-deactivated.json");
    const used = async () => itemOf(await onlyCase(story), KEYS.reportUsed.credential).windDown;
    const { id, question } = await used();
    const stale = { by: grace.email, item: id, decision: question!.decision } as const;
    await story.advance(NOTICE + 1);
    expect((await used()).question).toMatchObject({ custodian: { email: mia.email } });
    for (const choice of ["retire", "keep", "snooze"] as const)
      expect(await story.answer({ ...stale, choice })).toMatchObject({ outcome: "too late" });
    expect(story.key("reportUsed")).toBe("Active");
    expect(await used()).toMatchObject({ question: { custodian: { email: mia.email } } });
    expect((await story.trail(id)).map(({ did }) => did)).not.toContain("answer.given");
  });
});

describe("every desk is down for three days (B17)", () => {
  /** Nia has left, and of hers silence would switch off the one key. */
  async function niaLeft(...down: readonly string[]) {
    const story = await journey();
    story.down(...down);
    await story.deliver([leaves("nia", story.now())]);
    const question = async () => itemOf(await onlyCase(story), KEYS.triage.credential).windDown.question;
    return { ...story, question };
  }

  it("nobody was asked and nothing runs; when one is back the question goes out with its whole notice", async () => {
    const story = await niaLeft("slack", "jira");
    await story.advance(NOTICE + 1);
    expect([story.key("triage"), await story.question()]).toEqual(["Active", undefined]);
    expect([story.messages(), story.jira()]).toEqual([[], []]);
    expect(await kinds(story)).toContain(NOBODY_ASKED);

    story.down();
    await story.advance(1);
    expect(story.slack(grace.email).flatMap(buttonsIn)).toHaveLength(1);
    expect(await story.question()).toMatchObject({ ifSilent: "goes down", custodian: { email: grace.email } });
    expect(await kinds(story)).not.toContain(NOBODY_ASKED);
    await story.advance(NOTICE - 2);
    expect(story.key("triage")).toBe("Active");
    await story.advance(3);
    expect(story.key("triage")).toBe("Inactive");
  });

  it("that nobody could be asked pages whoever is on call, on a desk that has them", async () => {
    const story = await niaLeft(`slack/${grace.email}`, `jira/${grace.email}`);
    await story.advance(0.1);
    expect(await story.question()).toBeUndefined();
    expect(story.slack(sam.email).map(({ text }) => text)).toEqual([expect.stringContaining(NOBODY_ASKED)]);
    expect([story.slack(grace.email), story.key("triage")]).toEqual([[], "Active"]);
  });
});
