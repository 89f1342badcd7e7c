import { consents, GRANTS, grantIds, leaves, PEOPLE } from "@leasehold/local/demo";
import { describe, expect, it } from "vitest";
import { doneOf, itemOf, journey, onlyCase } from "../support/journey.ts";

const { patWrites, patReads, sue: sues } = GRANTS;
const [writes, reads] = [grantIds("patWrites").credential, grantIds("patReads").credential];

async function patLeft() {
  const story = await journey();
  await story.deliver("a8-okta-deactivated.json");
  const item = async (credential: string) => itemOf(await onlyCase(story), credential).windDown;
  return { ...story, item };
}

describe("Pat, a contractor, leaves, and let an assistant act for them (A8)", () => {
  it("Leo, Pat's manager, is asked about each scope, with the application, its reach and how it can be undone", async () => {
    const story = await patLeft();
    const { items, messages } = await onlyCase(story);
    expect(messages).toMatchObject([{ custodian: { email: PEOPLE.leo.email } }]);
    expect(items.map(({ credential, identity, reach }) => [credential, identity, reach])).toEqual([
      [writes, "Meeting Notes AI", "write"],
      [reads, "Meeting Notes AI", "read"],
    ]);
    const [message] = story.slack(PEOPLE.leo.email);
    const text = JSON.stringify(message?.blocks);
    expect(text).toContain("oauth grant of Meeting Notes AI");
    expect(text).toContain("Scopes: salesforce.notes.write.");
    expect(text).toContain(`leasehold who ${writes}`); // two of one kind are told apart
    for (const { reach } of items) expect(text).toMatch(new RegExp(`Reach: ${reach}[.] Last use listed: [^.]+[.]`));
    expect(text).toContain("Undoing it needs somebody to consent again, or to start it again.");
    expect(text).toContain("If nobody answers nothing is switched off");
  });

  it("Leo's yes revokes that grant and no other, it is read back, and the way back is told", async () => {
    const story = await patLeft();
    const { id } = await story.item(writes);
    expect(await story.answer({ by: PEOPLE.leo.email, item: id, choice: "retire" })).toMatchObject({
      outcome: "recorded",
    });
    expect(story.grants()).not.toContain(patWrites.grantId);
    expect(story.grants()).toContain(patReads.grantId);
    await story.advance(0.1);
    expect((await story.item(writes)).closed).toBeUndefined(); // a token that was issued before can live for a day
    await story.advance(24);
    const done = await story.item(writes);
    expect(done).toMatchObject({
      closed: { as: "gone" },
      acts: [{ verb: "revoke", verified: "confirmed", wayBack: expect.stringMatching(/consent when Okta asks/) }],
    });
    const steps = [
      "question.asked",
      "answer.given",
      "intent.opened",
      "act.done",
      "credential.verified",
      "credential.verified", // once more, at the end of the watch
      "wind-down.closed",
    ];
    expect(doneOf(await story.trail(id), steps)).toEqual(steps);
    expect(await story.item(reads)).toMatchObject({ rung: "flagged", acts: [] });
  });

  it("without an answer nothing is ever revoked: it goes up the chain, and ends with a finding", async () => {
    const story = await patLeft();
    await story.advance(8 * 24);
    expect(story.grants()).toEqual(expect.arrayContaining([patWrites.grantId, patReads.grantId]));
    const { status, items } = await onlyCase(story);
    expect(status).toBe("closed");
    for (const { windDown } of items) {
      expect(windDown).toMatchObject({ rung: "flagged", acts: [], closed: { as: "unresolved" } });
      expect((await story.trail(windDown?.id ?? "")).map(({ did }) => did)).not.toContain("intent.opened");
    }
    const kinds = (await story.findings()).filter(({ about }) => items.some(({ windDown }) => windDown?.id === about));
    expect(kinds.map(({ kind }) => kind)).toEqual(["nobody decided", "nobody decided"]);
  });

  it("undo waits until the person has consented again, and is done when they have", async () => {
    const story = await journey();
    await story.deliver([leaves("sue", story.now())]);
    const item = async () => itemOf(await onlyCase(story), grantIds("sue").credential).windDown;
    const { id } = await item();
    await story.answer({ by: PEOPLE.grace.email, item: id, choice: "retire" });
    await story.advance(0.1);
    expect(story.grants()).not.toContain(sues.grantId);

    expect(await story.undo(id, PEOPLE.grace.email)).toBe("undoing");
    await story.advance(72);
    expect(await item()).toMatchObject({ rung: "disabled", answer: { kind: "undo" } });
    expect((await item()).closed).toBeUndefined();

    await story.deliver([consents([{ ...sues, grantId: "oag1suesecond0example" }], story.now())]);
    await story.advance(25);
    const done = await item();
    expect(done).toMatchObject({ rung: "flagged", acts: [] });
    expect(done.closed).toMatchObject({ as: "undone" });
    const last = (await story.trail(id)).slice(-2);
    expect(last).toMatchObject([
      { did: "wind-down.reopened", facts: { because: "a person brought it back" } },
      { did: "wind-down.closed" },
    ]);
  });

  it("another scope of the same application is no way back of the one that was revoked", async () => {
    const story = await patLeft();
    const { id } = await story.item(writes);
    await story.answer({ by: PEOPLE.leo.email, item: id, choice: "retire" });
    await story.advance(0.1);
    expect(story.grants()).toContain(patReads.grantId);
    expect(await story.undo(id, PEOPLE.leo.email)).toBe("undoing");
    await story.advance(25);
    expect((await story.item(writes)).closed).toBeUndefined();
  });
});

it("what somebody consented to and left on the same day is revoked on a yes, before any list has told of it", async () => {
  const story = await journey();
  const pilot = {
    user: "ada",
    clientId: "0oa1pilot0ai0example",
    app: "Standup Pilot",
    grantId: "oag1adapilot0example",
  };
  await story.deliver([consents([{ ...sues, ...pilot, user: "ada" }], story.now())]);
  await story.deliver([leaves("ada", story.now())]);
  const { items } = await onlyCase(story);
  expect(items).toMatchObject([{ type: "oauth grant", identity: "Standup Pilot", windDown: { rung: "flagged" } }]);
  const item = items[0]?.windDown?.id ?? "wdc_none";
  await story.answer({ by: PEOPLE.grace.email, item, choice: "retire" });
  expect(story.grants()).not.toContain(pilot.grantId);
});

describe("Ada lets an application act for her (A15)", () => {
  it("application, grants and authoriser appear, each scope is graded, and whose they are is certain by direct evidence", async () => {
    const story = await journey();
    await story.deliver("a15-okta-consent.json");
    const { credentials } = await story.owns(PEOPLE.ada.email);
    expect(credentials.map(({ identity, type, reach }) => [identity, type, reach]).sort()).toEqual([
      ["Standup Pilot", "oauth grant", "admin"],
      ["Standup Pilot", "oauth grant", "read"],
      ["Standup Pilot", "oauth grant", "unknown"],
      ["Standup Pilot", "oauth grant", "write"],
    ]);
    for (const { credential } of credentials) {
      const { owner, candidates, subject } = await story.who(credential);
      expect(owner).toMatchObject({ email: PEOPLE.ada.email, word: "certain", unforgeable: true, standing: "active" });
      expect(owner?.confidence).toBeGreaterThanOrEqual(0.95);
      const direct = candidates[0]?.evidence.find(({ kind }) => kind === "authorised-by");
      expect(direct).toMatchObject({ source: "okta", forgeableBy: "nobody" });
      const agent = await story.who(subject.facts["identity"] ?? "");
      expect(agent.subject).toMatchObject({ kind: "identity", facts: { name: "Standup Pilot" } });
    }
    expect(await story.cases()).toEqual([]);
    expect(story.messages()).toEqual([]);
  });
});
