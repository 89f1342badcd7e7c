import { grantIds, KEYS, leaves, PEOPLE } from "@leasehold/local/demo";
import { describe, expect, it } from "vitest";
import { type Journey, journey, onlyCase } from "../support/journey.ts";

const MIXED = "b6-duplicates-and-late.json";
const LEFT = "a7-okta-deactivated.json";
const PEOPLE_ASKED = [PEOPLE.sue.email, PEOPLE.nia.email, PEOPLE.pat.email];

/** All that is known of owners, and all that was said to anybody. */
async function standing(story: Journey) {
  const owners = [];
  for (const { credential } of [...Object.values(KEYS), grantIds("patWrites"), grantIds("sue")]) {
    const { subject, owner, candidates } = await story.who(credential);
    const evidence = candidates.flatMap((one) =>
      one.evidence.map(({ kind, source, eventId }) => [kind, source, eventId]),
    );
    owners.push([subject, owner?.email, owner?.word, evidence]);
  }
  const people = await Promise.all(PEOPLE_ASKED.map(async (one) => (await story.who(one)).owner?.standing));
  const cases = (await story.cases()).map(({ id, status, gate, items }) => ({ id, status, gate, items }));
  return { owners, people, cases, messages: story.messages(), issues: story.jira() };
}

describe("the same again (B6)", () => {
  it("duplicates and late events of a departure are one case, and delivered once more they change nothing", async () => {
    const story = await journey();
    await story.deliver(MIXED);
    const first = await standing(story);
    expect(first.cases).toMatchObject([{ gate: "departed", items: 1, status: "open" }]);
    expect(first.messages).toHaveLength(1);
    await story.deliver(MIXED);
    expect(await standing(story)).toEqual(first);
    await story.replay(MIXED);
    expect(await standing(story)).toEqual(first);
  });

  it("in whatever order a return and a departure come, whoever is back is back", async () => {
    const story = await journey();
    await story.deliver("b6-out-of-order.json");
    expect((await story.who(PEOPLE.nia.email)).owner?.standing).toBe("active");
    await story.advance(80);
    expect(story.key("triage")).toBe("Active");
    for (const { gate, items } of await story.cases()) expect([gate, items]).not.toEqual(["departed", 1]);
    expect(story.slack(PEOPLE.grace.email)).toEqual([]);
  });

  it("the same departure weeks later opens no second case, and asks nobody again", async () => {
    const story = await journey();
    const departure = leaves("nia", story.now());
    await story.deliver([departure]);
    await story.advance(15 * 24);
    const [cases, messages] = [await story.cases(), story.messages().length];
    await story.replay([departure]);
    await story.deliver([departure, leaves("nia", story.now())]);
    await story.sweep();
    await story.advance(24);
    expect((await story.cases()).map(({ id }) => id)).toEqual(cases.map(({ id }) => id));
    expect(story.messages()).toHaveLength(messages);
  });
});

describe("history", () => {
  it("changes the graph only: an imported departure opens no case and sends no message, twice as little", async () => {
    const story = await journey();
    const said = await story.replay(LEFT);
    expect(said).toMatchObject({ records: 1, signals: 1, faults: { total: 0 } });
    expect(said.writes).toBeGreaterThan(0);
    expect((await story.replay(LEFT)).writes).toBe(0);
    await story.advance(2);
    expect((await story.who(PEOPLE.sue.email)).owner?.standing).toBe("departed");
    expect(await story.cases()).toEqual([]);
    expect([...story.messages(), ...story.jira()]).toEqual([]);
  });

  it("met live afterwards, the departure that was imported opens its case after all", async () => {
    const story = await journey();
    await story.replay(LEFT);
    await story.deliver(LEFT);
    const { gate, items, triggers } = await onlyCase(story);
    expect({ gate, items: items.length, triggers: triggers.length }).toEqual({
      gate: "departed",
      items: 5,
      triggers: 1,
    });
    expect(story.slack(PEOPLE.grace.email)).toHaveLength(1);
  });

  it("met by the nightly sweep, it does so, too", async () => {
    const story = await journey();
    const departure = leaves("sue", story.now());
    await story.replay([departure]);
    await story.unheard([departure]);
    expect(await story.cases()).toEqual([]);
    await story.advance(25);
    expect(await onlyCase(story)).toMatchObject({ gate: "departed" });
    expect(story.slack(PEOPLE.grace.email)).toHaveLength(1);
  });
});
