import { GRANTS, grantIds, leaves, PEOPLE } from "@leasehold/local/demo";
import { describe, expect, it } from "vitest";
import { itemOf, type Journey, journey, onlyCase } from "../support/journey.ts";

const { patWrites, patReads } = GRANTS;
const writes = grantIds("patWrites").credential;
const BOTH = [patWrites.grantId, patReads.grantId];
const LAST_DAY = "2026-11-04"; // whoever has it works on it: it is over 63 hours after every journey begins
const CHAIN = 8 * 24; // hours; past the end of it

const itemsIn = async (story: Journey) => (await onlyCase(story)).items.map(({ windDown }) => windDown);
const falseLeavers = async (story: Journey) =>
  (await story.findings()).filter(({ kind }) => kind === "false leaver").map(({ about }) => about);

describe("Okta suspends Pat, a contractor, on the day that was planned for it (A8)", () => {
  const onTheDay = async () => {
    const story = await journey();
    await story.deliver("a8-okta-suspended-on-schedule.json");
    return story;
  };

  it("Leo is asked about the grants of the application; silence revokes nothing, to the last custodian", async () => {
    const story = await onTheDay();
    const { gate, certainty, triggers, messages } = await onlyCase(story);
    expect({ gate, level: certainty?.level, triggers }).toMatchObject({
      gate: "unconfirmed",
      level: "C1",
      triggers: [{ kind: "held" }],
    });
    expect(messages).toMatchObject([{ custodian: { email: PEOPLE.leo.email } }]);
    const [message] = story.slack(PEOPLE.leo.email);
    expect(JSON.stringify(message?.blocks)).toContain("oauth grant of Meeting Notes AI");
    for (const item of await itemsIn(story)) expect(item?.question?.ifSilent).toBe("nothing");
    await story.advance(CHAIN);
    expect(story.grants()).toEqual(expect.arrayContaining(BOTH));
  });

  it("Leo's yes revokes the one that it was about, and it is read back", async () => {
    const story = await onTheDay();
    const { id } = itemOf(await onlyCase(story), writes).windDown;
    await story.answer({ by: PEOPLE.leo.email, item: id, choice: "retire" });
    await story.advance(0.1);
    expect(BOTH.map((one) => story.grants().includes(one))).toEqual([false, true]);
    expect(itemOf(await onlyCase(story), writes).windDown).toMatchObject({
      acts: [{ verb: "revoke", verified: "confirmed" }],
    });
  });

  it("and when Pat is deactivated the same case goes on as of one who left", async () => {
    const story = await onTheDay();
    const { id } = await onlyCase(story);
    await story.deliver([leaves("pat", story.now())]);
    expect(await onlyCase(story)).toMatchObject({
      id,
      gate: "departed",
      triggers: [{ kind: "held" }, { kind: "left" }],
    });
  });

  it("before that day it is a plan, and nobody is asked", async () => {
    const story = await journey();
    const planned = JSON.stringify(leaves("pat", story.now())).replaceAll(
      "user.lifecycle.deactivate",
      "scheduled_action.user_suspension.scheduled",
    );
    await story.deliver([JSON.parse(planned)], { eventOnly: true });
    await story.advance(24);
    expect(await story.cases()).toEqual([]);
  });
});

describe("the contract of Pat, a contractor, has an end in the personnel system's file (A8)", () => {
  const withAnEnd = async () => {
    const story = await journey();
    expect((await story.roster({ pat: LAST_DAY })).imported).toMatchObject({ contractors: 1, leaving: 1 });
    return story;
  };

  it("nothing before it is over; then, as Okta has Pat left, Leo is asked about the grants, by two sources' word", async () => {
    const story = await withAnEnd();
    await story.advance(62);
    expect([await story.cases(), story.messages()]).toEqual([[], []]);
    await story.unheard([leaves("pat", story.now())]);
    await story.advance(1.5);
    const { gate, certainty, triggers, items, messages } = await onlyCase(story);
    expect({ gate, level: certainty?.level }).toEqual({ gate: "departed", level: "C2" });
    expect(triggers).toContainEqual(expect.objectContaining({ eventId: expect.stringContaining("/end/2026-11-05") }));
    expect(items.map(({ identity }) => identity)).toEqual(["Meeting Notes AI", "Meeting Notes AI"]);
    expect(messages).toMatchObject([{ custodian: { email: PEOPLE.leo.email } }]);
    expect(story.slack(PEOPLE.leo.email)).toHaveLength(1);
    await story.advance(CHAIN);
    expect(story.grants()).toEqual(expect.arrayContaining(BOTH)); // a consent is never revoked in silence
  });

  it("extended in time, its first end passes and nobody hears of it", async () => {
    const story = await withAnEnd();
    await story.advance(40);
    expect((await story.roster({ pat: "2027-05-31" })).imported).toMatchObject({ leaving: 1 });
    await story.advance(60);
    expect([await story.cases(), story.messages(), await falseLeavers(story)]).toEqual([[], [], []]);
  });

  it("over, and Okta has Pat active: a finding for a person to look at; nobody is asked, nothing is done", async () => {
    const story = await withAnEnd();
    await story.advance(64);
    const { id, gate, status, items } = await onlyCase(story);
    expect({ gate, status, items }).toEqual({ gate: "false leaver", status: "closed", items: [] });
    expect(await falseLeavers(story)).toEqual([id]);
    await story.advance(CHAIN);
    expect(story.messages()).toEqual([]);
    expect(story.grants()).toEqual(expect.arrayContaining(BOTH));
  });

  it("and when somebody has deactivated Pat after all, Leo is asked", async () => {
    const story = await withAnEnd();
    await story.advance(64);
    await story.deliver([leaves("pat", story.now())]);
    const open = (await story.cases()).filter(({ status }) => status === "open");
    expect(open).toMatchObject([{ gate: "departed", items: 2 }]);
    expect(story.slack(PEOPLE.leo.email)).toHaveLength(1);
  });
});
