import { readFileSync } from "node:fs";
import { KEYS, leaves, PEOPLE, switches, uses } from "@leasehold/local/demo";
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
    const story = await sueLeft();
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
