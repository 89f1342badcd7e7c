import { found } from "@leasehold/core/finding";
import { describe, expect, it } from "vitest";
import { down } from "../../../../test/support/estate.ts";
import { type Story, story } from "../../../../test/support/story.ts";
import { announce } from "../announce/index.ts";
import { page } from "./index.ts";

const REMEDY = "switch it off by hand";
const alive = ({ world: { now } }: Story) => found("still alive", "wdc_1", now, REMEDY, { credential: "crd_1" });
const told = ({ estate }: Story, desk = "slack") => estate.messages.get(desk) ?? [];

/** As the bus does it: what the write left to be said, then whoever hears it. */
async function delivered(one: Story) {
  one.world.said.clear();
  for (const subject of (await one.world.outbox.waiting()).items) await announce(one.world, subject);
  const heard = [...one.world.said.values()].flatMap((event) => (event.type === "finding.raised" ? [event] : []));
  for (const event of heard) await page(one.world, event);
  return heard.length;
}

describe("what pages", () => {
  it("tells whoever is on call on every desk, once, and asks nothing", async () => {
    const one = await story();
    await one.world.findings.put(alive(one));
    await one.world.findings.put({ ...alive(one), facts: { credential: "crd_1", used: "just now" } });
    expect(await delivered(one)).toBe(1);
    for (const desk of ["slack", "jira"])
      expect(told(one, desk)).toMatchObject([
        {
          to: { email: "sam@example.com" },
          title: "critical: still alive",
          why: expect.stringContaining(REMEDY),
          ...{ items: [], state: "closed", deadline: undefined },
        },
      ]);
    expect(await delivered(one)).toBe(0);
  });

  it("is one message though the bus says it twice", async () => {
    const one = await story();
    await one.world.findings.put(alive(one));
    const [event] = await one.world.outbox.of(alive(one).id);
    const input = { finding: alive(one).id, about: "wdc_1" };
    expect(event?.message).toEqual({ type: "finding.raised", ...input });
    for (const _ of [1, 2]) expect(await page(one.world, input)).toEqual({ paged: 1 });
    expect(new Set(told(one).map(({ key }) => key)).size).toBe(1);
  });

  it("pages again where it ended and is found anew, and not what has ended meanwhile", async () => {
    const one = await story();
    const first = alive(one);
    await one.world.findings.put(first);
    await delivered(one);
    await one.world.findings.close(first.id);
    expect(await page(one.world, { finding: first.id, about: "wdc_1" })).toEqual({ paged: 0 });
    one.world.pass(1);
    await one.world.findings.put(alive(one));
    expect(await delivered(one)).toBe(1);
    expect(new Set(told(one).map(({ key }) => key)).size).toBe(2);
  });

  it("is tried again where no desk takes it, and goes where one does", async () => {
    const one = await story();
    await one.world.findings.put(alive(one));
    const input = { finding: alive(one).id, about: "wdc_1" };
    one.estate.moods.desk = (desk) => (desk === "slack" ? down() : undefined);
    expect(await page(one.world, input)).toEqual({ paged: 1 });
    one.estate.moods.desk = down;
    await expect(page(one.world, input)).rejects.toMatchObject({ name: "Unavailable" });
  });

  it.each([
    [{ onCall: ["grace@example.com", "bob@example.com"] }, ["bob@example.com", "grace@example.com"]],
    [{}, ["sam@example.com"]],
    [{ security: [] }, ["last@example.com"]],
  ])("goes to those on call, else to security, else to the fallback: %j", async (config, to) => {
    const one = await story();
    one.configure(config);
    await one.world.findings.put(alive(one));
    await delivered(one);
    expect(told(one).map((message) => message.to.email)).toEqual(expect.arrayContaining(to));
    expect(told(one)).toHaveLength(to.length);
  });

  it("is not what can wait until somebody looks", async () => {
    const one = await story();
    await one.world.findings.put(found("orphan credential", "crd_1", one.world.now, REMEDY));
    expect(await delivered(one)).toBe(0);
  });
});
