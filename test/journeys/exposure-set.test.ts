import { type Instant, later } from "@leasehold/core/kernel";
import { KEYS, leaves, PEOPLE, type Who } from "@leasehold/local/demo";
import { describe, expect, it } from "vitest";
import { inSsoSession, trailEvent } from "../../packages/local/src/demo/trail-record.ts";
import { journey, onlyCase } from "../support/journey.ts";

const SECRETS = "secretsmanager.amazonaws.com";
const arnOf = (name: string) => `arn:aws:secretsmanager:eu-west-1:111122223333:secret:${name}-AbCdEf`;
const call = (eventName: string, who: Who, at: Instant, asked: object, answered?: object) =>
  trailEvent({ eventName, eventSource: SECRETS, at, by: inSsoSession(who, at), asked, ...(answered && { answered }) });
const makes = (who: Who, name: string, at: Instant) =>
  call("CreateSecret", who, at, { name, description: "not for anybody" }, { arn: arnOf(name) });
const reads = (who: Who, name: string, at: Instant) => call("GetSecretValue", who, at, { secretId: name }); // by name, as most do
const rotates = (who: Who, name: string, at: Instant) =>
  call("PutSecretValue", who, at, { secretId: arnOf(name) }, { arn: arnOf(name) });

/** Ada has two secrets and Leo one, all of which Sue has read; Nia has one that Sue never read, and Sue has one of her own. */
async function sueLeft() {
  const story = await journey();
  const before = later(story.now(), -200);
  const at = (hours: number) => later(before, hours);
  await story.replay([
    ...[makes("ada", "prod/db", at(0)), makes("ada", "prod/mail", at(0)), makes("leo", "prod/search", at(0))],
    ...[makes("nia", "prod/other", at(0)), makes("sue", "prod/hers", at(0))],
    ...[reads("sue", "prod/db", at(30)), reads("ben", "prod/db", at(31)), reads("sue", "prod/mail", at(32))],
    ...[reads("sue", "prod/search", at(33)), reads("sue", "prod/hers", at(34)), reads("nia", "prod/other", at(35))],
  ]);
  await story.deliver("a7-okta-deactivated.json");
  await story.advance(1);
  const proposals = (who: Who) => story.slack(PEOPLE[who].email).filter(({ text }) => /Rotate/.test(text));
  return { ...story, proposals };
}

describe("Sue leaves, and has read secrets of others (B18)", () => {
  it("their owners are asked to rotate them, in one message each with their own, and told who reads them", async () => {
    const story = await sueLeft();
    const [adas, ...more] = story.proposals("ada");
    expect(more).toEqual([]);
    const said = JSON.stringify(adas);
    expect(said).toContain("Rotate 2 secrets that Sue Park could read");
    expect(said).toContain("prod/db");
    expect(said).toContain("prod/mail");
    expect(said).not.toMatch(/prod\/search|prod\/other|prod\/hers/);
    expect(said).toMatch(/Who reads it: [^.]*Ben/);
    expect(JSON.stringify(story.proposals("leo"))).toContain("prod/search");
    expect(story.proposals("nia")).toEqual([]);
    expect(JSON.stringify(story.messages())).not.toContain("not for anybody");
  });

  it("nothing of theirs is an item, and what was rotated is said so in the same message", async () => {
    const story = await sueLeft();
    await story.deliver([rotates("ada", "prod/db", story.now())]);
    await story.advance(26);
    const [message, ...more] = story.proposals("ada");
    expect(more).toEqual([]);
    expect(JSON.stringify(message)).toMatch(/Another value since/);
    const { items } = await onlyCase(story);
    const named = await Promise.all(items.map(({ credential }) => story.who(credential)));
    expect(JSON.stringify(named)).not.toMatch(/prod\/(db|mail|search|other)/);
    expect(JSON.stringify(named)).toContain("prod/hers");
  });
});

describe("somebody leaves who owns nothing, and has read secrets of others", () => {
  async function miaLeft() {
    const story = await journey();
    const before = later(story.now(), -200);
    await story.replay([
      ...["prod/db", "prod/mail"].map((name) => makes("ada", name, before)),
      makes("leo", "prod/search", before),
      ...["prod/db", "prod/mail", "prod/search"].map((name, n) => reads("mia", name, later(before, 30 + n))),
    ]);
    await story.deliver([leaves("mia", story.now())]);
    await story.advance(1);
    return story;
  }

  it("the case goes on until all three are rotated, and its last word lists them", async () => {
    const story = await miaLeft();
    await story.advance(26);
    expect(await onlyCase(story)).toMatchObject({ status: "open", items: [] });
    const now = story.now();
    await story.deliver([
      rotates("ada", "prod/db", now),
      rotates("ada", "prod/mail", now),
      rotates("leo", "prod/search", now),
    ]);
    await story.advance(26);
    const { status, completeness } = await onlyCase(story);
    expect(status).toBe("closed");
    expect(completeness?.inHand?.map(({ rotated, old }) => [rotated !== undefined, old])).toEqual(
      Array.from({ length: 3 }, () => [true, "cannot be told"]),
    );
    expect(completeness?.notLookedFor?.join(" ")).toMatch(/policies of their users and roles/);
  });

  it("it ends after a week though nobody rotates, and says so", async () => {
    const story = await miaLeft();
    await story.advance(24 * 6);
    expect(await onlyCase(story)).toMatchObject({ status: "open" });
    await story.advance(48);
    const { status, completeness } = await onlyCase(story);
    expect(status).toBe("closed");
    expect(completeness?.inHand?.map(({ rotated }) => rotated)).toEqual([undefined, undefined, undefined]);
  });
});

it("a secret that names a key of hers is a known place of it, and the case says so (A12, the vault's half)", async () => {
  const story = await journey();
  const name = `migration/${KEYS.migration.accessKeyId}`;
  await story.deliver([makes("leo", name, story.now())]);
  await story.sweep();
  await story.deliver("a7-okta-deactivated.json");
  await story.advance(1);
  expect(JSON.stringify(story.slack(PEOPLE.grace.email))).toContain("1 known place");
});
