import { grantIds, KEYS, leaves, PEOPLE } from "@leasehold/local/demo";
import { describe, expect, it } from "vitest";
import { buttonsIn } from "../support/buttons.ts";
import { itemOf, type Journey, journey, onlyCase } from "../support/journey.ts";

const NOTICE = 72; // hours
const [grace, mia, ada, sam] = [PEOPLE.grace.email, PEOPLE.mia.email, PEOPLE.ada.email, PEOPLE.sam.email];

async function sueLeft() {
  const story = await journey();
  await story.deliver("a7-okta-deactivated.json");
  return story;
}
const supportOf = async (story: Journey) => itemOf(await onlyCase(story), KEYS.support.credential).windDown;

describe("two leavers with two managers (B7)", () => {
  it("each manager's message has their own leaver's items and none of the other's", async () => {
    const story = await journey();
    await story.deliver("a7-okta-deactivated.json");
    await story.deliver("a8-okta-deactivated.json");
    const cases = await Promise.all((await story.cases()).map(({ id }) => story.showCase(id)));
    expect(cases.map(({ person, items }) => [person.email, items.length]).sort()).toEqual([
      [PEOPLE.pat.email, 2],
      [PEOPLE.sue.email, 5],
    ]);
    expect(story.messages()).toHaveLength(2);
    for (const [leaver, manager] of [["sue", grace] as const, ["pat", PEOPLE.leo.email] as const]) {
      const mine = cases.find(({ person }) => person.email === PEOPLE[leaver].email);
      const own = mine?.items.map(({ windDown }) => windDown?.id);
      const [message, ...more] = story.slack(manager);
      expect(more).toEqual([]);
      expect(buttonsIn(message).map(({ item }) => item)).toEqual(own);
      for (const other of cases) {
        if (other === mine) continue;
        for (const { windDown } of other.items) expect(JSON.stringify(message)).not.toContain(windDown?.id);
      }
    }
  });

  it("of one leaver, whoever is asked about one of the items sees that one and none of the other's", async () => {
    const story = await sueLeft();
    const [used, grant] = [KEYS.reportUsed.credential, grantIds("sue").credential];
    const idOf = async (credential: string) => itemOf(await onlyCase(story), credential).windDown.id;
    await story.advance(NOTICE - 23);
    await story.answer({ by: grace, item: await idOf(used), choice: "transfer", to: ada });
    const before = story.messages().length;
    story.down("slack", "jira"); // so that what Ada lets lapse and what Grace did not answer are asked about together
    await story.advance(30);
    story.down();
    await story.advance(1);
    const asked = story.messages().slice(before).map(buttonsIn);
    expect(asked.map((buttons) => buttons.map(({ item }) => item))).toEqual([[await idOf(used)], [await idOf(grant)]]);
    expect(story.slack(mia).flatMap(buttonsIn)).toHaveLength(1);
  });

  it("of one manager, each leaver's items have a message of their own", async () => {
    const story = await journey();
    await story.deliver([leaves("sue", story.now()), leaves("nia", story.now())]);
    const buttons = story.slack(grace).map((message) => buttonsIn(message).length);
    expect(buttons.sort()).toEqual([1, 5]);
  });
});

describe("who may answer", () => {
  it("nobody but the custodian who was asked and security; never the leaver", async () => {
    const story = await sueLeft();
    const { id } = await supportOf(story);
    for (const by of [ada, PEOPLE.sue.email, mia])
      expect(await story.answer({ by, item: id, choice: "retire" })).toMatchObject({ outcome: "refused" });
    expect(story.key("support")).toBe("Active");
    expect(await story.answer({ by: sam, item: id, choice: "retire" })).toMatchObject({ outcome: "recorded" });
    expect(story.key("support")).toBe("Inactive");
  });

  it("in Jira as in Slack: the sub-task that is moved is the answer, and the message shows what came of it", async () => {
    const story = await sueLeft();
    const { id } = await supportOf(story);
    expect(await story.answerInJira({ by: grace, item: id, choice: "retire" })).toMatchObject({ outcome: "recorded" });
    expect([story.key("support"), story.key("migration")]).toEqual(["Inactive", "Active"]);
    await story.advance(0.1);
    const [message] = story.slack(grace);
    expect(JSON.stringify(message?.blocks)).toContain("switched off");
  });

  it("the same click twice is recorded once, and a click on a question that is over is told so", async () => {
    const story = await sueLeft();
    const { id, question } = await supportOf(story);
    const click = { by: grace, item: id, choice: "retire", ...(question && { decision: question.decision }) } as const;
    expect(await story.answer(click)).toMatchObject({ outcome: "recorded" });
    expect((await story.answer(click)).outcome).toMatch(/already recorded|too late/);
    expect(await story.answer({ ...click, choice: "keep" })).toMatchObject({ outcome: "too late" });
    expect(story.key("support")).toBe("Inactive");
    expect((await story.trail(id)).filter(({ did }) => did === "answer.given")).toHaveLength(1);
  });
});

describe("a hold", () => {
  it("outlasts the deadline, and its end is a new question with its full notice", async () => {
    const story = await sueLeft();
    const { id } = await supportOf(story);
    await story.advance(NOTICE - 12);
    expect(await story.answer({ by: grace, item: id, choice: "snooze" })).toMatchObject({ outcome: "recorded" });
    await story.advance(13);
    expect([story.key("support"), story.key("migration")]).toEqual(["Active", "Inactive"]);
    await story.advance(12);
    expect(await supportOf(story)).toMatchObject({ rung: "flagged", question: { custodian: { email: grace } } });
    await story.advance(NOTICE - 2);
    expect(story.key("support")).toBe("Active");
    await story.advance(3);
    expect(story.key("support")).toBe("Inactive");
  });

  it("is given once: the new question has no button for it", async () => {
    const story = await sueLeft();
    const { id } = await supportOf(story);
    await story.answer({ by: grace, item: id, choice: "snooze" });
    await story.advance(25);
    const shown = story
      .slack(grace)
      .flatMap(buttonsIn)
      .filter(({ item }) => item === id);
    expect(shown.at(-1)?.choices).toEqual(["retire", "keep", "transfer", "migrate"]);
  });
});

describe("a keep", () => {
  it("before the deadline ends it: nothing is switched off, and who said it owns it from then on", async () => {
    const story = await sueLeft();
    const { id } = await supportOf(story);
    expect(await story.answer({ by: grace, item: id, choice: "keep" })).toMatchObject({ outcome: "recorded" });
    await story.advance(NOTICE + 1);
    expect([story.key("support"), story.key("migration")]).toEqual(["Active", "Inactive"]);
    expect((await supportOf(story)).closed).toMatchObject({ as: "kept" });
    expect((await story.who(KEYS.support.credential)).owner).toMatchObject({ email: grace, stated: true });
    expect((await story.sweep()).items.map(({ credential }) => credential)).not.toContain(KEYS.support.credential);
  });

  it("of what is down already takes it back to where it was; *leave it off* leaves it, and can be undone still", async () => {
    const story = await sueLeft();
    await story.advance(720 - 168 + NOTICE + 2);
    const down = await supportOf(story);
    expect([story.key("support"), down.rung]).toEqual(["Inactive", "disabled"]);
    expect(await story.answer({ by: grace, item: down.id, choice: "keep" })).toMatchObject({ outcome: "recorded" });
    const other = itemOf(await onlyCase(story), KEYS.migration.credential).windDown.id;
    expect(await story.answer({ by: grace, item: other, choice: "leave-off" })).toMatchObject({ outcome: "recorded" });
    await story.advance(1);
    expect([story.key("support"), story.key("migration")]).toEqual(["Active", "Inactive"]);
    expect(await supportOf(story)).toMatchObject({ rung: "flagged", acts: [], closed: { as: "kept" } });
    expect((await story.who(KEYS.support.credential)).owner).toMatchObject({ email: grace });
    expect(itemOf(await onlyCase(story), KEYS.migration.credential).windDown.closed).toMatchObject({ as: "bottom" });
    await story.undo(other, grace);
    await story.advance(1);
    expect(story.key("migration")).toBe("Active");
  });

  it("can be offered to somebody else, who must accept it", async () => {
    const story = await sueLeft();
    const { id } = await supportOf(story);
    await story.answer({ by: grace, item: id, choice: "transfer", to: ada });
    expect(await supportOf(story)).toMatchObject({ question: { custodian: { email: ada } } });
    expect(story.slack(ada)).toHaveLength(1);
    expect((await story.who(KEYS.support.credential)).owner).toMatchObject({ email: PEOPLE.sue.email });
    expect(await story.answer({ by: ada, item: id, choice: "keep" })).toMatchObject({ outcome: "recorded" });
    await story.advance(1);
    expect((await supportOf(story)).closed).toMatchObject({ as: "kept" });
    expect((await story.who(KEYS.support.credential)).owner).toMatchObject({ email: ada });
  });

  it("that was offered and not accepted within a day is a new question, with its full notice", async () => {
    const story = await sueLeft();
    const { id } = await supportOf(story);
    await story.answer({ by: grace, item: id, choice: "transfer", to: ada });
    await story.advance(25);
    const { rung, question, closed } = await supportOf(story);
    expect({ rung, closed }).toEqual({ rung: "flagged", closed: undefined });
    expect(question?.custodian.email).toBe(grace);
    await story.advance(NOTICE - 2);
    expect(story.key("support")).toBe("Active");
  });
});

describe("a reinstatement", () => {
  it("after the yes and before the deadline of the others takes back what was done, and asks nobody any more", async () => {
    const story = await journey();
    await story.deliver([leaves("nia", story.now())]);
    const { id } = itemOf(await onlyCase(story), KEYS.triage.credential).windDown;
    await story.answer({ by: grace, item: id, choice: "retire" });
    expect(story.key("triage")).toBe("Inactive");
    await story.advance(2);
    await story.deliver("b6-out-of-order.json");
    await story.advance(1);
    expect(story.key("triage")).toBe("Active");
    expect(story.slack(grace).flatMap(buttonsIn)).toEqual([]);
  });
});
