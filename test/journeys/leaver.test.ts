import { hoursBetween, type Instant } from "@leasehold/core/kernel";
import { GRANTS, grantIds, KEYS, PEOPLE } from "@leasehold/local/demo";
import { describe, expect, it } from "vitest";
import { buttonsIn } from "../support/buttons.ts";
import { doneOf, itemOf, journey, onlyCase } from "../support/journey.ts";

const OWNED = [KEYS.migration, KEYS.support, KEYS.reportUsed, KEYS.reportIdle, grantIds("sue")];
const IDLE = ["migration", "support", "reportIdle"] as const;
const [NOTICE, GRACE_PERIOD, WEEK] = [72, 720, 168]; // hours

async function sueLeft() {
  const story = await journey();
  const at = story.now();
  await story.deliver("a7-okta-deactivated.json");
  return { ...story, at };
}
const keysOf = (story: Awaited<ReturnType<typeof sueLeft>>) => IDLE.map((name) => story.key(name));

describe("Sue leaves, and Okta says so (A7)", () => {
  it("her directory is read before anything else, and within five minutes her case lists all that she owns, widest reach first", async () => {
    const story = await sueLeft();
    const { id, gate, person, items, messages } = await onlyCase(story);
    expect({ gate, person }).toMatchObject({ gate: "departed", person: { email: PEOPLE.sue.email } });

    const trail = await story.trail(id);
    const steps = ["case.opened", "gate.read", "items.planned"];
    expect(doneOf(trail, steps)).toEqual(steps);
    const known = [...trail.map(({ at }) => at), ...messages.map(({ asked }) => asked as Instant)];
    for (const at of known) expect(hoursBetween(story.at, at)).toBeLessThan(5 / 60);

    expect(items.map(({ credential }) => credential)).toEqual(OWNED.map(({ credential }) => credential));
    expect(items.map(({ reach }) => reach)).toEqual(["admin", "write", "read", "read", "unknown"]);
    for (const { owner, windDown } of items) {
      expect(owner).toMatchObject({ email: PEOPLE.sue.email, word: "certain", standing: "departed" });
      expect(owner?.confidence).toBeGreaterThanOrEqual(0.95);
      expect(windDown).toMatchObject({ rung: "flagged", acts: [] });
    }
    const { credentials } = await story.owns(PEOPLE.sue.email);
    expect(new Set(credentials.map(({ credential }) => credential))).toEqual(
      new Set(items.map(({ credential }) => credential)),
    );
  });

  it("Grace gets one message in Slack and one issue in Jira, each with Sue's items and the answers to them", async () => {
    const story = await sueLeft();
    const { items, messages } = await onlyCase(story);
    const windDowns = items.map(({ windDown }) => windDown?.id);
    expect(messages).toMatchObject([
      { custodian: { email: PEOPLE.grace.email }, desks: ["slack", "jira"], items: windDowns },
    ]);

    expect(story.messages()).toHaveLength(1);
    const [message] = story.slack(PEOPLE.grace.email);
    const choices = ["retire", "keep", "transfer", "migrate", "snooze"];
    expect(buttonsIn(message)).toEqual(windDowns.map((item) => ({ item, choices })));

    const [issue, ...children] = story.jira();
    expect(issue).not.toHaveProperty("parent");
    expect(children.map(({ parent }) => parent)).toEqual(windDowns.map(() => issue?.key));
    expect(children.map(({ summary }) => summary)).toEqual([
      ...["access key of migration-agent", "access key of support-agent", "access key of report-agent"],
      ...["access key of report-agent", "oauth grant of Inbox Copilot"],
    ]);
    const said = JSON.stringify([story.messages(), story.jira()]);
    expect(said).not.toContain("triage-agent");

    await story.advance(25);
    expect(story.messages()).toHaveLength(1); // the reminder edits it
    expect(story.slack(PEOPLE.grace.email)[0]?.text).toMatch(/^Reminder/);
    expect(story.jira()).toHaveLength(1 + items.length);
  });

  it("silence switches off the idle ones at the deadline, never deletes, and its undo works after the bottom, too", async () => {
    const story = await sueLeft();
    await story.advance(NOTICE - 1);
    expect(keysOf(story)).toEqual(["Active", "Active", "Active"]);
    await story.advance(2);
    expect(keysOf(story)).toEqual(["Inactive", "Inactive", "Inactive"]);
    expect(story.key("reportUsed")).toBe("Active");
    for (const name of IDLE)
      expect(itemOf(await onlyCase(story), KEYS[name].credential).windDown).toMatchObject({
        rung: "disabled",
        acts: [{ from: "flagged", to: "disabled", verified: "confirmed", adopted: false }],
      });

    await story.advance(GRACE_PERIOD - WEEK - 24);
    expect(itemOf(await onlyCase(story), KEYS.support.credential).windDown.question).toBeUndefined();
    await story.advance(48);
    expect(itemOf(await onlyCase(story), KEYS.support.credential).windDown).toMatchObject({
      question: { ifSilent: "nothing", custodian: { email: PEOPLE.grace.email } },
    });
    await story.advance(9 * 24);
    expect(keysOf(story)).toEqual(["Inactive", "Inactive", "Inactive"]);
    expect(story.key("reportUsed")).toBe("Active");
    expect(story.grants()).toContain(GRANTS.sue.grantId);
    const closed = await onlyCase(story);
    expect(closed).toMatchObject({ status: "closed", closed: { because: "every item has ended" } });
    for (const name of IDLE)
      expect(itemOf(closed, KEYS[name].credential).windDown).toMatchObject({
        rung: "disabled",
        closed: { as: "bottom" },
      });
    for (const { windDown } of closed.items)
      expect(JSON.stringify(await story.trail(windDown?.id ?? ""))).not.toContain('"to":"deleted"');

    expect(await story.undo(itemOf(closed, KEYS.support.credential).windDown.id, PEOPLE.grace.email)).toBe("undoing");
    await story.advance(1);
    expect(keysOf(story)).toEqual(["Inactive", "Active", "Inactive"]);
    expect(itemOf(await story.showCase(closed.id), KEYS.support.credential).windDown.closed?.as).toBe("undone");
    await story.advance(NOTICE * 2);
    expect(story.key("support")).toBe("Active");

    // what nobody decided was looked at again after thirty days: idle by now, asked about anew, and off
    await story.advance(20 * 24);
    expect(story.key("reportUsed")).toBe("Inactive");
    expect(keysOf(story)).toEqual(["Inactive", "Active", "Inactive"]);
  });

  it("the key in use stays flagged, goes from Grace to Mia to Fay, and ends unresolved with a finding", async () => {
    const story = await sueLeft();
    const used = async () => itemOf(await onlyCase(story), KEYS.reportUsed.credential).windDown;
    const asked: unknown[] = [];
    for (const hours of [NOTICE, 48, 48]) {
      const { rung, question } = await used();
      asked.push([rung, question?.custodian.email, question?.ifSilent, question?.last]);
      await story.advance(hours + 0.1);
    }
    expect(asked).toEqual([
      ["flagged", PEOPLE.grace.email, "nothing", false],
      ["flagged", PEOPLE.mia.email, "nothing", false],
      ["flagged", PEOPLE.fay.email, "nothing", true],
    ]);
    const { id, closed, acts } = await used();
    expect({ closed, acts }).toMatchObject({ closed: { as: "unresolved" }, acts: [] });
    expect(story.key("reportUsed")).toBe("Active");
    const finding = (await story.findings()).find(({ about }) => about === id);
    expect(finding).toMatchObject({ kind: "nobody decided", severity: "high" });
    expect((await story.trail(id)).map(({ did }) => did)).not.toContain("intent.opened");
  });

  it("Grace's message calls out the key in use, alone, with its reach and what each silence will do", async () => {
    const story = await sueLeft();
    const { items } = await onlyCase(story);
    const text = JSON.stringify(story.slack(PEOPLE.grace.email)[0]?.blocks);
    expect(text.match(/in use: called within 30 days/g)).toHaveLength(1);
    for (const { reach } of items) expect(text).toContain(`Reach: ${reach}. Last use listed: `);
    const silences = items.map(({ credential, windDown }) => [credential, windDown?.question?.ifSilent]);
    const goes = IDLE.map((name) => KEYS[name].credential);
    expect(silences).toEqual(
      OWNED.map(({ credential }) => [credential, goes.includes(credential) ? "goes down" : "nothing"]),
    );
  });

  it("Grace's retire switches off the key in use at once, and the trail says every step and whose word it was", async () => {
    const story = await sueLeft();
    const { windDown } = itemOf(await onlyCase(story), KEYS.reportUsed.credential);
    const told = await story.answer({ by: PEOPLE.grace.email, item: windDown.id, choice: "retire" });
    expect(told).toMatchObject({ outcome: "recorded" });
    expect(story.key("reportUsed")).toBe("Inactive");
    expect(story.key("reportIdle")).toBe("Active");
    await story.advance(0.1);

    const trail = await story.trail(windDown.id);
    const steps = [
      "wind-down.opened",
      "question.asked",
      "answer.given",
      "intent.opened",
      "act.done",
      "credential.verified",
    ];
    expect(doneOf(trail, steps)).toEqual(steps);
    const speaker = trail.find(({ did }) => did === "answer.given")?.by;
    expect((await story.who(speaker ?? "")).owner?.email).toBe(PEOPLE.grace.email);
    for (const { did, by } of trail) if (did !== "answer.given") expect(by).toBe("leasehold");
    expect(trail.at(-1)?.facts).toMatchObject({ verdict: "confirmed", of: "disabled" });
    expect((await story.auditVerify()).whole).toBe(true);
  });

  it("a yes to deletion counts in the last week of the grace only, and what is deleted is not undone", async () => {
    const story = await sueLeft();
    const grace = { by: PEOPLE.grace.email, choice: "retire" } as const;
    const support = async () => itemOf(await onlyCase(story), KEYS.support.credential).windDown;
    await story.answer({ ...grace, item: (await support()).id });
    expect(story.key("support")).toBe("Inactive");
    const first = (await onlyCase(story)).messages[0]?.decision;
    const again = { ...grace, item: (await support()).id, ...(first && { decision: first }) };
    expect(await story.answer(again)).toMatchObject({ outcome: expect.stringMatching(/too late|already recorded/) });

    await story.advance(GRACE_PERIOD - WEEK + 1);
    expect(await story.answer({ ...grace, item: (await support()).id })).toMatchObject({ outcome: "recorded" });
    await story.advance(WEEK - 2);
    expect(story.key("support")).toBe("Inactive");
    await story.advance(2);
    expect(story.key("support")).toBe("gone");
    const { id, closed } = await support();
    expect(closed?.as).toMatch(/gone|bottom/);
    expect(await story.undo(id, PEOPLE.grace.email)).toBe("deleted: nothing undoes it");
  });

  it("undo restores what was there before, once, and is told apart from a second one", async () => {
    const story = await sueLeft();
    await story.advance(NOTICE + 1);
    const { windDown } = itemOf(await onlyCase(story), KEYS.migration.credential);
    expect(await story.undo(windDown.id, PEOPLE.grace.email)).toBe("undoing");
    await story.advance(0.1);
    expect(keysOf(story)).toEqual(["Active", "Inactive", "Inactive"]);
    expect(await story.undo(windDown.id, PEOPLE.grace.email)).toBe("already undone");
    const trail = await story.trail(windDown.id);
    const steps = ["undo.asked", "intent.opened", "act.undone", "credential.verified", "wind-down.closed"];
    expect(doneOf(trail, steps).slice(-5)).toEqual(steps);
    expect(trail.at(-1)?.facts).toEqual({ as: "undone" });
  });
});
