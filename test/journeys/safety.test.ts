import { readFileSync } from "node:fs";
import { KEYS, PEOPLE, uses } from "@leasehold/local/demo";
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

describe("in use", () => {
  it("of two keys of one user only the one that is not used is switched off (B4)", async () => {
    const story = await journey();
    await story.deliver("b4-one-key-used.json");
    await story.advance(NOTICE + 1);
    expect([story.key("reportIdle"), story.key("reportUsed")]).toEqual(["Inactive", "Active"]);
    await story.advance(CHAIN - NOTICE);
    expect(story.key("reportUsed")).toBe("Active");
  });

  it("a key that is used between the question and the act is left alone, by a fresh read of its last use (B5)", async () => {
    const story = await sueLeft();
    expect(await supportOf(story)).toMatchObject({ question: { ifSilent: "goes down" } });
    await story.advance(NOTICE - 1);
    await story.deliver("b5-key-used-before-the-act.json");
    await story.advance(2);
    expect([story.key("support"), story.key("migration")]).toEqual(["Active", "Inactive"]);
    const { id, acts, question } = await supportOf(story);
    expect({ acts, question }).toMatchObject({
      acts: [],
      question: { ifSilent: "nothing", custodian: { email: PEOPLE.mia.email } },
    });
    expect((await story.trail(id)).map(({ did }) => did)).not.toContain("intent.opened");
  });

  it("the provider's own last use is believed where no event of it came", async () => {
    const story = await journey();
    await story.advance(2); // so that no list is read between the use and the act
    await story.deliver("a7-okta-deactivated.json");
    await story.advance(NOTICE - 1);
    await story.unheard([uses("support", story.now())]);
    await story.advance(2);
    expect([story.key("support"), story.key("migration")]).toEqual(["Active", "Inactive"]);
  });
});

describe("what must never be touched", () => {
  it("stays on whatever anybody answers, and for as long as nobody does (B9)", async () => {
    const story = await journey();
    await story.deliver("b9-break-glass.json");
    const { windDown } = itemOf(await onlyCase(story), KEYS.breakGlass.credential);
    expect(windDown).toMatchObject({ rung: "flagged", question: { ifSilent: "nothing" } });
    await story.answer({ by: PEOPLE.mia.email, item: windDown.id, choice: "retire" });
    await story.advance(1);
    expect(story.key("breakGlass")).toBe("Active");
    await story.advance(CHAIN);
    expect(story.key("breakGlass")).toBe("Active");
    const after = itemOf(await onlyCase(story), KEYS.breakGlass.credential).windDown;
    expect(after).toMatchObject({ rung: "flagged", acts: [], closed: { as: "unresolved" } });
    expect((await story.trail(windDown.id)).map(({ did }) => did)).not.toContain("intent.opened");
  });

  it("nor is a key whose user is tagged so, whatever the configuration says and whoever says yes (B9)", async () => {
    const story = await sueLeft();
    story.tagged("support", "leasehold:never-touch");
    const { id } = await supportOf(story);
    await story.answer({ by: PEOPLE.grace.email, item: id, choice: "retire" });
    await story.advance(1);
    expect(story.key("support")).toBe("Active");
    await story.advance(CHAIN);
    expect([story.key("support"), story.key("migration")]).toEqual(["Active", "Inactive"]);
    expect(await supportOf(story)).toMatchObject({ rung: "flagged", acts: [] });
  });
});

describe("a key that a source says has leaked (B19, by signed ingest)", () => {
  const leaks = async (story: Journey) =>
    story.send("ingest", "b19-key-exposed.json", (body) => body.replaceAll("KEY", KEYS.support.accessKeyId));
  const titles = (story: Journey, email: string) =>
    story.slack(email).map(({ blocks }) => JSON.stringify(blocks).match(/Leaked|critical: it has leaked/)?.[0]);

  it("is put to its owner and to security at once, and paged until somebody answers; silence switches nothing off", async () => {
    const story = await journey();
    await leaks(story);
    await story.advance(0.02);
    const { windDown } = itemOf(await onlyCase(story), KEYS.support.credential);
    expect(windDown).toMatchObject({ question: { ifSilent: "nothing", custodian: { email: PEOPLE.sue.email } } });
    expect(titles(story, PEOPLE.sue.email)).toEqual(["Leaked"]);
    expect(titles(story, PEOPLE.sam.email).sort()).toEqual(["Leaked", "critical: it has leaked"]);
    await story.advance(1);
    expect(titles(story, PEOPLE.sam.email).length).toBeGreaterThanOrEqual(5);
    expect(story.key("support")).toBe("Active");
  });

  it("goes off at security's one yes, and comes back when it is undone", async () => {
    const story = await journey();
    await leaks(story);
    await story.advance(0.02);
    const { id } = itemOf(await onlyCase(story), KEYS.support.credential).windDown;
    expect(await story.answer({ by: PEOPLE.sam.email, item: id, choice: "retire" })).toMatchObject({
      outcome: "recorded",
    });
    await story.advance(0.1);
    expect(story.key("support")).toBe("Inactive");
    await story.undo(id, PEOPLE.sam.email);
    await story.advance(0.1);
    expect(story.key("support")).toBe("Active");
    expect((await story.findings()).map(({ kind }) => kind)).not.toContain("it has leaked");
  });
});

describe("a key of a user on whom AWS has put its own hold", () => {
  const FIXTURE = new URL(
    "../../packages/connectors/src/aws-iam/fixtures/attach-user-policy-quarantine.json",
    import.meta.url,
  );
  const holds = (story: Journey): unknown => {
    const { event } = JSON.parse(readFileSync(FIXTURE, "utf8")) as { event: object };
    const { userName, arn } = KEYS.support;
    const text = JSON.stringify(event)
      .replaceAll("agent-7", userName)
      .replaceAll("111122223333", arn.split(":")[4] ?? "")
      .replaceAll("2026-10-05T08:00:00Z", story.now());
    return JSON.parse(text);
  };

  it("is put to its owner and to security at once, and goes off at security's one yes; the hold stays AWS's", async () => {
    const story = await journey();
    await story.deliver([holds(story)]);
    await story.advance(0.02);
    const { id, question } = itemOf(await onlyCase(story), KEYS.support.credential).windDown;
    expect(question).toMatchObject({ ifSilent: "nothing", custodian: { email: PEOPLE.sue.email } });
    await story.advance(1);
    expect(story.key("support")).toBe("Active");
    await story.answer({ by: PEOPLE.sam.email, item: id, choice: "retire" });
    await story.advance(0.1);
    expect(story.key("support")).toBe("Inactive");
    const acts = itemOf(await onlyCase(story), KEYS.support.credential).windDown.acts;
    expect(acts).toMatchObject([{ to: "disabled" }]); // and nothing else: no policy was attached or taken away
    await story.undo(id, PEOPLE.sam.email);
    await story.advance(0.1);
    expect(story.key("support")).toBe("Active");
  });
});
