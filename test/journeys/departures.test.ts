import { disabledInIdentityCenter, grantIds, KEYS, leaves, PEOPLE, returns } from "@leasehold/local/demo";
import { describe, expect, it } from "vitest";
import { itemOf, journey, onlyCase } from "../support/journey.ts";

const NATIVE = "a7-identity-center-user-deleted.json";
const TRAIL = "a7-cloudtrail-delete-user.json";
const ALL = [KEYS.migration, KEYS.support, KEYS.reportUsed, KEYS.reportIdle, grantIds("sue")].map(
  ({ credential }) => credential,
);

describe("Identity Center says that Sue was deleted (A7)", () => {
  it.each([
    ["by its own event", [NATIVE]],
    ["by CloudTrail's", [TRAIL]],
    ["by both", [NATIVE, TRAIL]],
    ["by both, the other way round", [TRAIL, NATIVE]],
  ])(
    "%s, and Okta, which had her leave in silence, confirms it: one case with all that she owns",
    async (_how, files) => {
      const story = await journey();
      await story.unheard([leaves("sue", story.now())]);
      for (const file of files) await story.deliver(file);
      const { gate, items } = await onlyCase(story);
      expect(gate).toBe("departed");
      expect(items.map(({ credential }) => credential)).toEqual(ALL);
      expect(story.messages()).toHaveLength(1);
      expect(story.slack(PEOPLE.grace.email)).toHaveLength(1);
    },
  );

  it("and Okta says the same afterwards: the second source joins the case of the first", async () => {
    const story = await journey();
    await story.unheard([leaves("sue", story.now())]);
    await story.deliver(NATIVE);
    await story.deliver("a7-okta-deactivated.json");
    const { triggers } = await onlyCase(story);
    expect(triggers.map(({ kind }) => kind)).toEqual(["left", "left"]);
    expect(story.messages()).toHaveLength(1);
  });

  it("but Okta, which is believed before it, has her active: a person looks, nobody is asked, nothing is done", async () => {
    const story = await journey();
    await story.deliver(NATIVE);
    const { id, gate, status, items } = await onlyCase(story);
    expect({ gate, status, items }).toEqual({ gate: "false leaver", status: "closed", items: [] });
    expect((await story.findings()).filter(({ about }) => about === id)).toMatchObject([{ kind: "false leaver" }]);
    await story.advance(8 * 24);
    expect(story.messages()).toEqual([]);
    expect(story.jira()).toEqual([]);
    for (const key of ["migration", "support", "reportIdle"] as const) expect(story.key(key)).toBe("Active");
  });
});

describe("an event that lies", () => {
  it("opens a manual finding: nothing is planned, nobody is asked, nothing is done (B2)", async () => {
    const story = await journey();
    await story.deliver("a7-okta-deactivated.json", { eventOnly: true });
    const { id, gate, status, closed, items, messages } = await onlyCase(story);
    expect({ gate, status, items, messages }).toEqual({
      gate: "false leaver",
      status: "closed",
      items: [],
      messages: [],
    });
    expect(closed?.because).toBe("false leaver");
    const [finding] = (await story.findings()).filter(({ about }) => about === id);
    expect(finding).toMatchObject({ kind: "false leaver", remedy: expect.stringMatching(/directory says active/) });
    await story.advance(8 * 24);
    expect(story.messages()).toEqual([]);
    expect(story.key("support")).toBe("Active");
    expect(await story.cases()).toHaveLength(1);
  });

  it("does not stand in the way of the true one that follows", async () => {
    const story = await journey();
    await story.deliver("a7-okta-deactivated.json", { eventOnly: true });
    await story.advance(48);
    await story.deliver([leaves("sue", story.now())]);
    const open = (await story.cases()).filter(({ status }) => status === "open");
    expect(open).toMatchObject([{ gate: "departed", items: 5 }]);
    expect(story.slack(PEOPLE.grace.email)).toHaveLength(1);
  });
});

describe("nobody said that she left", () => {
  it("and three months later a sweep finds her with all that she owns, and asks as an event would have", async () => {
    const story = await journey();
    await story.unheard([leaves("sue", story.now())]);
    await story.asleep(90 * 24);
    expect(await story.cases()).toEqual([]);
    await story.sweep();
    const { gate, items, messages } = await onlyCase(story);
    expect(gate).toBe("departed");
    expect(new Set(items.map(({ credential }) => credential))).toEqual(new Set(ALL));
    expect(messages).toMatchObject([{ custodian: { email: PEOPLE.grace.email } }]);
    expect((await story.findings()).map(({ kind }) => kind)).toContain("a backlog is held"); // nobody told us in time
    await story.advance(73);
    expect(story.key("support")).toBe("Active");
    expect(await story.release(PEOPLE.sam.email)).toBe(1);
    await story.advance(24);
    for (const key of ["migration", "support", "reportIdle"] as const) expect(story.key(key)).toBe("Inactive");
  });

  it("and the nightly sweep finds it the next day by itself", async () => {
    const story = await journey();
    await story.unheard([leaves("sue", story.now())]);
    await story.advance(25);
    const found = await onlyCase(story);
    expect(found.gate).toBe("departed");
    expect(new Set(found.items.map(({ credential }) => credential))).toEqual(new Set(ALL));
    await story.advance(25);
    expect(await story.cases()).toHaveLength(1);
    expect(story.slack(PEOPLE.grace.email)).toHaveLength(1);
    expect(story.key("support")).toBe("Active");
  });
});

const suspended = (event: unknown): unknown =>
  JSON.parse(JSON.stringify(event).replaceAll("user.lifecycle.deactivate", "user.lifecycle.suspend"));

describe("a hold is no departure", () => {
  it("a suspension is asked about, and silence does nothing; when she has left the same case goes on, and it does", async () => {
    const story = await journey();
    await story.deliver([suspended(leaves("sue", story.now()))]);
    const held = await onlyCase(story);
    expect(held).toMatchObject({ gate: "unconfirmed", triggers: [{ kind: "held" }] });
    expect(held.items.map(({ windDown }) => windDown?.question?.ifSilent)).toEqual(Array(5).fill("nothing"));
    await story.advance(80);
    for (const key of ["migration", "support", "reportIdle"] as const) expect(story.key(key)).toBe("Active");
    await story.deliver([leaves("sue", story.now())]);
    const left = await onlyCase(story);
    expect({ id: left.id, gate: left.gate }).toEqual({ id: held.id, gate: "departed" });
    await story.advance(100);
    for (const key of ["migration", "support", "reportIdle"] as const) expect(story.key(key)).toBe("Inactive");
    expect(story.key("reportUsed")).toBe("Active");
  });

  it("what is disabled in Identity Center alone is asked about at most: silence does nothing", async () => {
    const story = await journey();
    await story.unheard([disabledInIdentityCenter("sue", story.now())]);
    await story.deliver("a7-identity-center-user-updated.json");
    await story.advance(8 * 24);
    for (const key of ["migration", "support", "reportIdle"] as const) expect(story.key(key)).toBe("Active");
    for (const row of await story.cases()) expect(row.gate).not.toBe("departed");
  });
});

describe("Nia was no leaver", () => {
  it("so what silence switched off is switched on again when she is back, and nothing goes down again", async () => {
    const story = await journey();
    await story.deliver([leaves("nia", story.now())]);
    await story.advance(74);
    expect(story.key("triage")).toBe("Inactive");
    await story.deliver([returns("nia", story.now())]);
    await story.advance(1);
    expect(story.key("triage")).toBe("Active");
    const closed = await onlyCase(story);
    expect(closed.status).toBe("closed");
    const { windDown } = itemOf(closed, KEYS.triage.credential);
    expect(windDown).toMatchObject({ rung: "flagged", acts: [], closed: { as: "undone" } });
    expect((await story.trail(windDown.id)).filter(({ did }) => did === "undo.asked")).toMatchObject([
      { by: "leasehold" },
    ]);
    await story.advance(4 * 24);
    expect(story.key("triage")).toBe("Active");
    expect((await story.who(PEOPLE.nia.email)).owner?.standing).toBe("active");
  });
});
