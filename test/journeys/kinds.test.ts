import { KEYS, leaves, PEOPLE, returns } from "@leasehold/local/demo";
import { describe, expect, it } from "vitest";
import { itemOf, journey, onlyCase } from "../support/journey.ts";

const GOES = ["migration", "support", "reportIdle"] as const; // what silence takes down of a leaver
const suspended = (event: unknown): unknown =>
  JSON.parse(JSON.stringify(event).replaceAll("user.lifecycle.deactivate", "user.lifecycle.suspend"));

describe("four who are not simply gone (B3)", () => {
  it("suspended for an investigation: the hold is said, the manager is asked, and silence changes nothing", async () => {
    const story = await journey();
    await story.deliver([suspended(leaves("sue", story.now()))]);
    const { gate, certainty } = await onlyCase(story);
    expect({ gate, level: certainty?.level }).toEqual({ gate: "unconfirmed", level: "C1" });
    expect((await story.findings()).map(({ kind }) => kind)).toContain("issuance is on hold");
    expect(story.slack(PEOPLE.grace.email)).toHaveLength(1);
    await story.advance(80);
    for (const key of GOES) expect(story.key(key)).toBe("Active");
  });

  it("on leave of absence: the hold is said, and nobody is asked anything", async () => {
    const story = await journey();
    await story.people("sue", { standing: "on-leave" });
    const held = (await story.findings()).filter(({ kind }) => kind === "issuance is on hold");
    expect(held).toHaveLength(1);
    await story.advance(80);
    expect(await story.cases()).toEqual([]);
    expect(story.messages()).toEqual([]);
    for (const key of GOES) expect(story.key(key)).toBe("Active");
  });

  it("with a last day that is to come: nothing before it, and on the day as one who left", async () => {
    const story = await journey();
    await story.people("sue", { standing: "departed", in: 48 });
    await story.advance(40);
    expect(await story.cases()).toEqual([]);
    await story.unheard([leaves("sue", story.now())]);
    await story.advance(9);
    const { gate, certainty } = await onlyCase(story);
    expect({ gate, level: certainty?.level }).toEqual({ gate: "departed", level: "C2" });
    expect(new Set(certainty?.said.map(({ connector }) => connector))).toContain("people-file");
    expect(story.slack(PEOPLE.grace.email)).toHaveLength(1);
  });

  it("back again while the case is open: what silence did is taken back, item by item", async () => {
    const story = await journey();
    await story.deliver([leaves("nia", story.now())]);
    await story.advance(74);
    expect(story.key("triage")).toBe("Inactive");
    await story.deliver([returns("nia", story.now())]);
    await story.advance(1);
    const closed = await onlyCase(story);
    expect(itemOf(closed, KEYS.triage.credential).windDown).toMatchObject({ acts: [], closed: { as: "undone" } });
    expect(closed).toMatchObject({ status: "closed", certainty: { level: "C0" } });
    expect(story.key("triage")).toBe("Active");
  });
});
