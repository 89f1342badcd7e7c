import type { Instant } from "@leasehold/core/kernel";
import type { Signal } from "@leasehold/core/signal";
import { describe, expect, it } from "vitest";
import { down } from "../../../../test/support/estate.ts";
import { accessKey, hours, issuedKey, keyIs, NOBODY, oktaUser, seenKey } from "../../../../test/support/signals.ts";
import { didOf, kindsOf, ofKey, type Story, story } from "../../../../test/support/story.ts";
import { brakeOn, freezeRestored } from "../brake/index.ts";
import { calls } from "../calls/index.ts";
import { steps } from "../steps/index.ts";
import { undo } from "../winddown/index.ts";

const SECOND = "AKIAI44QH8DHBEXAMPLE";
const exposed = (at: Instant): Signal => ({ ...keyIs("disabled", at), kind: "credential.exposed" }) as Signal;

/** A scanner says that Ada's key is known to others. */
async function leaks(one: Story): Promise<void> {
  await one.hear(exposed(one.world.now));
  await steps["open-case"].run(one.world, { type: "credential.exposed", credential: one.key });
  await one.settle();
}
const messages = ({ estate }: Story, desk = "slack") => estate.messages.get(desk) ?? [];
const askedOf = (one: Story) =>
  messages(one)
    .filter(({ state }) => state !== "closed")
    .map(({ to }) => to.email)
    .sort();
const decisionOf = async (one: Story, name: string) =>
  (await one.decisions()).findLast(({ custodian }) => custodian === oktaUser(name))?.id;
const press = async (one: Story, choice: "retire" | "keep" | "snooze", by: string) =>
  one.press(choice, by, { decision: (await decisionOf(one, by)) ?? "dec_none" });
const modes = ["observe", "ask", "act"] as const;

describe("a key that has leaked", () => {
  it.each(modes)("is asked about at once, of its owner and of security, and pages: %s", async (mode) => {
    const one = await story();
    one.estate.mode = mode;
    await leaks(one);
    expect(askedOf(one)).toEqual(["ada@example.com", "sam@example.com"]);
    expect(messages(one).map(({ title }) => title)).toEqual(Array(2).fill(expect.stringMatching(/^Leaked: /)));
    expect(await kindsOf(one)).toEqual(["it has leaked"]);
    expect((await one.world.outbox.waiting()).items.filter((id) => id.startsWith("fnd_"))).toHaveLength(1);
    expect(one.estate.diary).toEqual([]);
  });

  it.each<[string, readonly string[], boolean, readonly string[]]>([
    ["a group that nobody has ever read", [], true, ["ada@example.com", "last@example.com"]],
    ["a group, and one of security by name", ["sam@example.com"], true, ["ada@example.com", "sam@example.com"]],
    ["a group that is empty", [], false, ["ada@example.com"]],
  ])("is asked about of somebody beside its owner where security is %s", async (_title, named, isDown, asked) => {
    const one = await story();
    one.configure({ security: [...named, { connector: "okta", group: "00g1security0example" }] });
    if (isDown) one.estate.moods.group = down;
    await leaks(one);
    expect(askedOf(one)).toEqual(asked);
  });

  it.each(modes)("is never switched off on silence while its owner is there: %s", async (mode) => {
    const one = await story();
    one.estate.mode = mode;
    await leaks(one);
    await one.live(24 * 14);
    expect(one.estate.diary).toEqual([]);
    expect((await one.windDown()).windDown.closed?.as).toBe("unresolved"); // everybody up to the fallback was asked
    expect(await kindsOf(one)).toEqual(["nobody decided"]);
    expect(await one.whole()).toEqual([]);
  });

  it("pages again every fifteen minutes until somebody answers", async () => {
    const one = await story();
    await leaks(one);
    const since = async () => (await one.world.findings.list()).items.map(({ at }) => at);
    const said = new Set(await since());
    for (let n = 0; n < 4; n += 1) {
      await one.live(0.26);
      for (const at of await since()) said.add(at);
    }
    expect(said.size).toBe(5);
    await press(one, "snooze", "ada");
    await one.settle();
    const before = await since();
    await one.live(1);
    expect(await since()).toEqual(before);
  });

  it.each(["ask", "act"] as const)("goes off at one yes of either, and comes back: %s", async (mode) => {
    for (const by of ["ada", "sam"]) {
      const one = await story();
      one.estate.mode = mode;
      await leaks(one);
      expect(await press(one, "retire", by)).toMatchObject({ outcome: "recorded" });
      await one.settle();
      expect(one.estate.diary).toEqual(["disable Inactive"]);
      const other = by === "ada" ? "sam" : "ada";
      expect(await press(one, "retire", other)).toMatchObject({ outcome: "too late" });
      await undo(one.world, (await one.windDown()).windDown.id, "acc_sam");
      await one.live(1);
      expect(one.estate.diary).toEqual(["disable Inactive", "disable Active"]);
      expect(await kindsOf(one)).not.toContain("it has leaked");
    }
  });

  it("stays as it is in observe, whatever anybody says", async () => {
    const one = await story();
    one.estate.mode = "observe";
    await leaks(one);
    for (const by of ["ada", "sam"]) await press(one, "retire", by);
    await one.live(48);
    expect(one.estate.diary).toEqual([]);
  });

  it("stays as it is in a store that was restored, whatever anybody says: the yes may be of long ago", async () => {
    const one = await story();
    await leaks(one);
    await press(one, "retire", "sam");
    await freezeRestored(one.world);
    await one.live(24);
    expect(one.estate.diary).toEqual([]);
  });

  it("goes off at security's yes though the brake is on; the owner's waits", async () => {
    for (const [by, diary] of [
      ["sam", ["disable Inactive"]],
      ["ada", []],
    ] as const) {
      const one = await story();
      await brakeOn(one.world, "acc_grace", "an import runs");
      await leaks(one);
      expect(await press(one, "retire", by)).toMatchObject({ outcome: "recorded" });
      await one.settle();
      expect(one.estate.diary).toEqual(diary);
    }
  });

  it.each(["snooze", "keep"] as const)("is a new question despite an older %s", async (choice) => {
    const one = await story();
    await one.leaves();
    await one.settle();
    await one.press(choice, "grace");
    one.estate.people.set("ada", "active");
    await leaks(one);
    expect(await didOf(one)).toContain(choice === "keep" ? "wind-down.opened" : "exposure.found");
    expect(askedOf(one)).toContain("sam@example.com");
    const { windDown } = await one.windDown();
    expect([windDown.answer, windDown.question?.ifSilent]).toEqual([undefined, "nothing"]);
    expect(await press(one, "retire", "sam")).toMatchObject({ outcome: "recorded" });
    await one.settle();
    expect(one.estate.diary).toEqual(["disable Inactive"]);
  });

  it("does not stop what is being taken back", async () => {
    const one = await story();
    await one.leaves();
    await one.settle();
    await one.press("retire", "grace");
    await one.settle();
    await undo(one.world, (await one.windDown()).windDown.id, "acc_sam");
    await leaks(one);
    await one.live(1);
    expect(one.estate.diary).toEqual(["disable Inactive", "disable Active"]);
  });

  it("of somebody who left is asked about at once, and silence does nothing; security's yes does", async () => {
    const one = await story();
    await one.leaves();
    await one.settle();
    await leaks(one);
    expect(askedOf(one)).toContain("sam@example.com");
    await one.live(3);
    expect(one.estate.diary).toEqual([]);
    await press(one, "retire", "sam");
    await one.settle();
    expect(one.estate.diary).toEqual(["disable Inactive"]);
  });

  it("of somebody who left stays on for as long as nobody answers", async () => {
    const one = await story();
    await one.leaves();
    await one.settle();
    await leaks(one);
    await one.live(24 * 9);
    expect(one.estate.diary).toEqual([]);
  });

  it("is one case for all who say so, and ends when it is decided", async () => {
    const one = await story();
    await leaks(one);
    one.world.pass(0.1);
    await leaks(one);
    expect((await one.world.cases.list("open")).items).toHaveLength(1);
    expect((await one.decisions()).length).toBe(2);
    await press(one, "keep", "ada");
    await one.settle();
    expect((await one.world.cases.list("open")).items).toEqual([]);
    expect(await kindsOf(one)).toEqual([]);
    expect((await one.world.graph.node(one.key))?.value.openCase).toBeUndefined();
    one.world.pass(1);
    await leaks(one);
    expect((await one.world.cases.list("open")).items).toHaveLength(1);
  });

  it("that only somebody else was asked about is nobody else's to decide", async () => {
    const one = await story();
    await leaks(one);
    expect(await one.press("retire", "bob")).toMatchObject({ outcome: "refused" });
    expect(one.estate.diary).toEqual([]);
  });
});

describe("a key that is nobody's", () => {
  const nobodys = () => story([issuedKey(NOBODY, hours(-700)), seenKey({ lastUsed: null }, hours(-1))]);
  const opened = ({ world, key }: Story) => calls["case-open"].run(world, { person: key }, { as: "terminal" });

  it("is put by a person's word to the fallback, and silence does nothing", async () => {
    const one = await nobodys();
    expect(await opened(one)).toMatchObject({ case: expect.stringMatching(/^cas_/) });
    await one.settle();
    expect(messages(one)).toMatchObject([{ to: { email: "last@example.com" }, items: [{}] }]);
    expect(messages(one)[0]?.title).toContain("without an owner");
    await one.live(24 * 9);
    expect(one.estate.diary).toEqual([]);
    expect((await one.windDown()).windDown.closed?.as).toBe("unresolved");
  });

  it("is one case however often it is opened, goes off at a yes, and leaks like any other", async () => {
    const one = await nobodys();
    const [first, again] = [await opened(one), await opened(one)];
    expect(again).toEqual(first);
    await one.settle();
    await leaks(one);
    expect((await one.world.cases.list("open")).items).toHaveLength(1);
    expect(askedOf(one)).toContain("sam@example.com");
    await press(one, "retire", "sam");
    await one.settle();
    expect(one.estate.diary).toEqual(["disable Inactive"]);
    expect(await one.whole()).toEqual([]);
  });

  it("of somebody whose own case is long over goes off at a yes of whoever answers for them", async () => {
    const one = await story();
    await one.leaves();
    await one.settle();
    await one.press("retire", "grace");
    await one.live(24 * 60);
    await one.hear(...ofKey(SECOND, "report"));
    const credential = accessKey(SECOND);
    await calls["case-open"].run(one.world, { person: credential }, { as: "terminal" });
    await one.settle();
    const { windDown } = await one.windDown(credential);
    const decision = windDown.question?.decision ?? "dec_none";
    expect(await one.press("retire", "grace", { decision, item: windDown.id })).toMatchObject({ outcome: "recorded" });
    await one.settle();
    expect((await one.windDown(credential)).windDown.rung).toBe("disabled");
  });
});
