import { readFileSync } from "node:fs";
import { KEYS, type KeyName, PEOPLE } from "@leasehold/local/demo";
import { describe, expect, it } from "vitest";
import { itemOf, type Journey, journey, onlyCase } from "../support/journey.ts";

const WEEK = 7 * 24; // hours
const { sue, sam } = { sue: PEOPLE.sue.email, sam: PEOPLE.sam.email };

type Json = Readonly<Record<string, unknown>>;
const ACCOUNT = KEYS.support.arn.split(":")[4];

/** A real-shaped event of a connector's fixtures, about this account and as of now. */
function eventOf(connector: string, file: string, change: (text: string) => string = (text) => text): Json {
  const home = new URL(`../../packages/connectors/src/${connector}/fixtures/${file}.json`, import.meta.url);
  const { event } = JSON.parse(readFileSync(home, "utf8")) as { readonly event: object };
  return JSON.parse(change(JSON.stringify(event)).replaceAll("111122223333", ACCOUNT ?? "")) as Json;
}
const KEY = KEYS.support.accessKeyId;
const AGENT = /AKIA\w+EXAMPLE/g;

/** AWS Health writes when it began in words, and sends it on some minutes later. */
const health = (story: Journey, file = "credentials-exposed", name: KeyName = "support", began = story.now()): Json => {
  const text = new Date(began).toUTCString();
  const event = eventOf("aws-health", file, (all) =>
    all.replaceAll("Mon, 02 Nov 2026 09:00:00 GMT", text).replaceAll(AGENT, KEYS[name].accessKeyId),
  );
  return { ...event, time: story.now() };
};
const guardDuty = (story: Journey, file: string): Json => {
  const event = eventOf("aws-guardduty", file, (all) => all.replaceAll(/2026-11-02T09:\d\d:[\d.]+Z/g, story.now()));
  return { ...event, time: story.now() };
};

const windDownOf = async (story: Journey, name: KeyName = "support") =>
  itemOf(await onlyCase(story), KEYS[name].credential).windDown;
const told = (story: Journey, email: string) =>
  story
    .slack(email)
    .flatMap(({ blocks }) => JSON.stringify(blocks).match(/Leaked|critical: it has leaked/) ?? [])
    .toSorted();
const pages = (story: Journey) => told(story, sam).filter((one) => one.startsWith("critical")).length;
const at = { once: 0.02 };

/** Last week a scanner said so, and its owner would keep it. */
async function keptLastWeek() {
  const story = await journey();
  await story.send("ingest", "b19-key-exposed.json", (body) => body.replaceAll("KEY", KEY));
  await story.advance(at.once);
  await story.answer({ by: sue, item: (await windDownOf(story)).id, choice: "keep" });
  await story.advance(WEEK);
  return story;
}

describe("a key that AWS Health reports, of somebody who is there, and which was kept last week (B19)", () => {
  it.each(["act", "observe"])(
    "is put to its owner and to security at once, and paged until somebody answers: %s",
    async (mode) => {
      const story = await keptLastWeek();
      const before = [told(story, sue).length, told(story, sam).length];
      if (mode === "observe") story.observes("aws-iam");
      await story.deliver([health(story)]);
      await story.advance(at.once);
      const open = (await story.cases()).filter(({ status }) => status === "open");
      expect(open).toHaveLength(1);
      expect([told(story, sue).length, told(story, sam).length]).toEqual([before[0]! + 1, before[1]! + 2]);
      const first = pages(story);
      await story.advance(1);
      expect(pages(story)).toBeGreaterThanOrEqual(first + 4);
      expect(story.key("support")).toBe("Active");
      await story.advance(WEEK); // nor on any silence
      expect(story.key("support")).toBe("Active");
    },
  );

  it("is put to both at once although a hold stands on it", async () => {
    const story = await journey();
    await story.send("ingest", "b19-key-exposed.json", (body) => body.replaceAll("KEY", KEY));
    await story.advance(at.once);
    await story.answer({ by: sue, item: (await windDownOf(story)).id, choice: "snooze" });
    await story.advance(12);
    const before = [told(story, sue).length, pages(story)];
    expect((await windDownOf(story)).answer).toMatchObject({ kind: "hold" });
    await story.deliver([health(story)]);
    await story.advance(at.once);
    expect(told(story, sue).length).toBeGreaterThan(before[0]!);
    expect(pages(story)).toBeGreaterThan(before[1]!);
    expect(story.key("support")).toBe("Active");
  });

  it("is paged again once a hold on it is over: it was asked anew, and nobody has answered that", async () => {
    const story = await journey();
    await story.deliver([health(story)]);
    await story.advance(at.once);
    await story.answer({ by: sue, item: (await windDownOf(story)).id, choice: "snooze" });
    await story.advance(20);
    const held = pages(story);
    await story.advance(6); // it stands for a day
    expect(pages(story)).toBeGreaterThanOrEqual(held + 4);
    expect(story.key("support")).toBe("Active");
  });

  it("goes off at security's one yes though the brake is on, not touching AWS's own hold, and comes back", async () => {
    const story = await keptLastWeek();
    const hold = "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3";
    story.account(({ users }) => ({
      users: users.map((user) => ({ ...user, ...(user.userName === KEYS.support.userName && { attached: [hold] }) })),
    }));
    await story.brakeOn();
    await story.deliver([health(story)]);
    await story.advance(at.once);
    const [open] = (await story.cases()).filter(({ status }) => status === "open");
    const { id } = itemOf(await story.showCase(open!.id), KEYS.support.credential).windDown;
    expect(await story.answer({ by: sam, item: id, choice: "retire" })).toMatchObject({ outcome: "recorded" });
    await story.advance(0.1);
    expect(story.key("support")).toBe("Inactive");
    expect(attachedOf(story)).toEqual([hold]);
    const paged = pages(story);
    await story.undo(id, sam);
    await story.advance(1);
    expect([story.key("support"), attachedOf(story), pages(story)]).toEqual(["Active", [hold], paged]);
  });
});

const attachedOf = (story: Journey) => story.attachedTo(KEYS.support.userName);

describe("what an alert may not do", () => {
  it("is one word, however often it is sent, and once it was answered asks nobody anew", async () => {
    const story = await journey();
    const began = story.now();
    await story.deliver([health(story, "credentials-exposed", "support", began)]);
    await story.deliver([health(story, "credentials-exposed-sent-again", "support", began)]);
    await story.advance(at.once);
    expect(told(story, sue)).toEqual(["Leaked"]);
    await story.answer({ by: sue, item: (await windDownOf(story)).id, choice: "keep" });
    await story.advance(12);
    const before = [told(story, sue), told(story, sam)];
    await story.deliver([health(story, "credentials-exposed-sent-again", "support", began)]);
    await story.deliver([health(story, "credentials-exposed-closed", "support")]);
    await story.advance(1);
    expect([told(story, sue), told(story, sam)]).toEqual(before);
    expect((await story.cases()).filter(({ status }) => status === "open")).toEqual([]);
  });

  it.each(["sample", "sample-told-in-the-title", "sample-told-in-the-text", "of-another-account"])(
    "a finding of GuardDuty's that is none asks nobody: %s",
    async (file) => {
      const story = await journey();
      await story.deliver([guardDuty(story, file)]);
      await story.advance(1);
      expect(await story.cases()).toEqual([]);
    },
  );

  it("a finding of GuardDuty's about a real key asks as AWS Health's does", async () => {
    const story = await journey();
    await story.deliver([guardDuty(story, "compromised-credentials")]);
    await story.advance(at.once);
    expect((await windDownOf(story)).question).toMatchObject({ ifSilent: "nothing", custodian: { email: sue } });
  });

  it("what nobody may touch stays on, whatever is reported of it and whoever says yes", async () => {
    const story = await journey();
    await story.deliver([health(story, "credentials-exposed", "breakGlass")]);
    await story.advance(at.once);
    const { id } = await windDownOf(story, "breakGlass");
    await story.answer({ by: sam, item: id, choice: "retire" });
    await story.advance(WEEK);
    expect(story.key("breakGlass")).toBe("Active");
  });

  it("of a key that nobody knows it asks somebody, and nothing is done to any other", async () => {
    const story = await journey();
    const text = JSON.stringify(health(story)).replaceAll(KEY, "AKIASOMEBODYSEXAMPLE");
    await story.deliver([JSON.parse(text)]);
    await story.advance(at.once);
    expect(told(story, sam)).toContain("Leaked");
    const [item] = (await onlyCase(story)).items;
    await story.answer({ by: sam, item: item!.windDown!.id, choice: "retire" });
    await story.advance(WEEK);
    expect((await onlyCase(story)).items).toMatchObject([
      { state: "unknown", windDown: { rung: "flagged", acts: [] } },
    ]);
    expect([story.key("support"), story.key("migration")]).toEqual(["Active", "Active"]);
  });
});
