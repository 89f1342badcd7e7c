import type { HoldId } from "@leasehold/core/brake";
import type { Heard } from "@leasehold/core/connector";
import { beforeEach, describe, expect, it } from "vitest";
import { down } from "../../../../test/support/estate.ts";
import { hours, oktaUser, seenUser } from "../../../../test/support/signals.ts";
import { ofKey, type Story, story } from "../../../../test/support/story.ts";
import { announce } from "../announce/index.ts";
import { brakeView } from "../brake/index.ts";
import { page } from "../page/index.ts";
import { askSecurity } from "./ask-security.ts";
import { releaseAt } from "./release.ts";

const SECURITY = { connector: "okta", group: "00g1security0example" };
const OPERATORS = { connector: "okta", group: "00g1operator0example" };
const nameOf = (n: number) => `p${String(n).padStart(2, "0")}`;

/** So many leave at once; whoever is of security is told, as the bus does it. */
async function tripped(leavers: number, prepare: (one: Story) => unknown = () => {}): Promise<Story> {
  const all = Array.from({ length: leavers + 1 }, (_, n) => n); // one of them stays for now
  const one = await story(...all.map((n) => ofKey(`AKIA${String(n).padStart(9, "0")}EXAMPLE`, nameOf(n), nameOf(n))));
  await one.hear(...all.map((n) => seenUser(nameOf(n), { manager: oktaUser("grace") }, hours(-800))));
  await one.hear(seenUser("olga", {}, hours(-800)));
  one.configure({ security: [SECURITY], operators: [OPERATORS] });
  one.estate.groups.set(SECURITY.group, ["sam", "bob"]).set(OPERATORS.group, ["olga"]);
  prepare(one);
  for (const n of all.slice(0, leavers)) {
    await one.leaves(nameOf(n));
    one.world.pass(1 / 3_600);
  }
  await one.settle();
  await paged(one);
  return one;
}

async function paged(one: Story) {
  one.world.said.clear();
  for (const subject of (await one.world.outbox.waiting()).items) await announce(one.world, subject);
  for (const event of one.world.said.values()) if (event.type === "finding.raised") await page(one.world, event);
}

const holdOf = async ({ world }: Story) => ((await brakeView(world)).held[0]?.id ?? "trp_none") as HoldId;
const messages = ({ estate }: Story) =>
  (estate.messages.get("slack") ?? []).filter(({ items }) => items.some(({ item }) => item.startsWith("trp_")));
const pressable = (one: Story) =>
  messages(one).map(({ to, items }) => [to.email, items[0]?.choices.length === 1 ? "release" : "closed"]);
let clicks = 0;

/** As a desk heard it, on the message of one of security. */
async function press(one: Story, by: string, over: Partial<Heard> = {}) {
  const hold = await holdOf(one);
  const [message] = await one.world.decisions.ofCase(hold);
  const item = messages(one).find(({ key }) => key === message?.value.id)?.items[0]?.item ?? hold;
  clicks += 1;
  return releaseAt(one.world, {
    ...{ decision: message?.value.id ?? "dec_none", item, choice: "release" },
    ...{ by: { desk: "slack", user: by, email: `${by}@example.com` }, ticket: { desk: "slack", ref: {} } },
    ...{ id: `${by}/${clicks}`, because: "HR confirms that they left" },
    ...over,
  });
}
const isOn = async ({ world }: Story) => (await brakeView(world)).tripped !== undefined;
const lastDone = async ({ world }: Story) => (await world.trails.entries("brake")).at(-1);

describe("a hold at a desk", () => {
  let one: Story;
  beforeEach(async () => {
    one = await tripped(8);
  });

  it("is put before each of the group, with one button, and nobody else gets it", () => {
    expect(pressable(one).sort()).toEqual([
      ["bob@example.com", "release"],
      ["sam@example.com", "release"],
    ]);
  });

  it("is not released for whom the message did not show: the first press shows them, and the second is on what it shows", async () => {
    expect(messages(one)[0]?.title).toBe("The brake tripped: 3 people are held");
    await one.leaves(nameOf(8));
    await one.settle();
    const told = await press(one, "sam");
    expect(told).toMatchObject({ outcome: "too late", text: expect.stringContaining("holds 4 now") });
    expect([await isOn(one), messages(one)[0]?.title]).toEqual([true, "The brake tripped: 4 people are held"]);
    expect(await press(one, "sam")).toMatchObject({ outcome: "recorded", text: expect.stringContaining("4 go on") });
    expect(await isOn(one)).toBe(false);
    expect(await lastDone(one)).toMatchObject({
      ...{ did: "brake.released", by: oktaUser("sam") },
      facts: { covers: 4, because: "HR confirms that they left" },
    });
    expect(pressable(one).map(([, is]) => is)).toEqual(["closed", "closed"]);
    expect(messages(one)[0]?.items[0]?.state).toMatch(/^released by .* until /);
  });

  it("a press that was on its way when another had it shown anew is one on what it was made on", async () => {
    const [message] = messages(one);
    const made = { item: message?.items[0]?.item ?? "", decision: message?.key as `dec_${string}` };
    await one.leaves(nameOf(8));
    await one.settle();
    expect(await press(one, "sam", made)).toMatchObject({ outcome: "too late" });
    expect(await press(one, "bob", made)).toMatchObject({ outcome: "too late" });
    expect(await isOn(one)).toBe(true);
  });

  it.each([
    ["delivered again", () => {}],
    ["delivered again after a crash in the middle", (it: Story) => killedAt(it, "decisions.put", 2)],
  ])("a press on what moved, %s, is not one on what it moved to", async (_title, prepare) => {
    await one.leaves(nameOf(8));
    await one.settle();
    prepare(one);
    await press(one, "sam", { id: "click" }).catch(() => {});
    one.world.hook = () => {};
    expect(messages(one)[0]?.title).toBe("The brake tripped: 4 people are held");
    expect(await press(one, "sam", { id: "click" })).not.toMatchObject({ outcome: "recorded" });
    expect(await isOn(one)).toBe(true);
    await press(one, "sam"); // where it was killed, what is shown is written down by now
    expect(await press(one, "bob")).toMatchObject({ outcome: expect.stringMatching(/recorded|too late/) });
    expect(await isOn(one)).toBe(false);
  });

  it.each<[string, (one: Story) => unknown, string, Partial<Heard>, string, string]>([
    ["one of the group", () => {}, "bob", {}, "recorded", "3 go on"],
    ["a colleague", () => {}, "grace", {}, "refused", "only security releases"],
    ["a stranger", () => {}, "eve", {}, "refused", "only security releases"],
    ["an operator alone", () => {}, "olga", {}, "refused", "second of two"],
    [
      "nobody",
      () => {},
      "sam",
      { by: { desk: "slack", user: "sam", email: undefined } },
      "refused",
      "does not say who",
    ],
    [
      "one who was taken out of it",
      (it) => it.estate.groups.set(SECURITY.group, ["bob"]),
      "sam",
      {},
      "refused",
      "only security",
    ],
    [
      "one who left and is in it still",
      (it) => it.estate.people.set("sam", "departed"),
      "sam",
      {},
      "refused",
      "only security",
    ],
    ["one who is suspended", (it) => it.estate.people.set("sam", "suspended"), "sam", {}, "refused", "only security"],
    [
      "one whose group cannot be read",
      (it) => Object.assign(it.estate.moods, { group: down }),
      "sam",
      {},
      "refused",
      "we could not read the group just now: try again",
    ],
    [
      "one whose directory cannot be read",
      (it) => Object.assign(it.estate.moods, { person: down }),
      "sam",
      {},
      "refused",
      "we could not read the group just now: try again",
    ],
    [
      "one who is named by an address and has left",
      (it) => {
        it.configure({ security: ["sam@example.com"] });
        it.estate.people.set("sam", "departed");
      },
      "sam",
      {},
      "refused",
      "does not say that you are active",
    ],
    ["one who says no reason", () => {}, "sam", { because: undefined } as never, "refused", "say why first"],
    ["one who says next to none", () => {}, "sam", { because: " x " }, "refused", "say why first"],
    [
      "one in a copy of it",
      () => {},
      "sam",
      { ticket: { desk: "slack", ref: { channel: "D9" } } },
      "refused",
      "a copy",
    ],
    ["one on a message that is none", () => {}, "sam", { decision: "dec_none" }, "refused", "no such hold"],
    ["one on a hold that it does not name", () => {}, "sam", { item: "trp_other" }, "refused", "no such hold"],
    [
      "one who is held by it",
      (it) => it.estate.groups.set(SECURITY.group, [nameOf(7)]).size && it.estate.people.set(nameOf(7), "active"),
      nameOf(7),
      {},
      "refused",
      "held by it yourself",
    ],
  ])("a press of %s", async (_title, prepare, by, over, outcome, text) => {
    prepare(one);
    expect(await press(one, by, over)).toMatchObject({ outcome, text: expect.stringContaining(text) });
    expect(await isOn(one)).toBe(outcome !== "recorded");
  });

  it("double, replayed and late presses are told so, and write nothing", async () => {
    await press(one, "sam", { id: "click" });
    const entry = await lastDone(one);
    expect(await press(one, "sam", { id: "click" })).toMatchObject({ outcome: "already recorded" });
    expect(await press(one, "sam")).toMatchObject({ outcome: "too late", text: expect.stringContaining("already") });
    expect(await press(one, "bob")).toMatchObject({ outcome: "too late" });
    expect(await lastDone(one)).toEqual(entry);
  });

  it("once the release ran out says so, and shows who is held now", async () => {
    await press(one, "sam");
    one.world.pass(72 + 72 + 1);
    expect(await press(one, "sam")).toMatchObject({ outcome: "too late", text: expect.stringContaining("ran out at") });
    expect(pressable(one).map(([, is]) => is)).toEqual(["release", "release"]);
    expect(await press(one, "sam")).toMatchObject({ outcome: "recorded" });
  });

  it("is told to whoever was in the group last, where it cannot be read; that gives nobody a voice", async () => {
    one.estate.messages.clear();
    one.estate.moods.group = down;
    await one.world.findings.close(
      (await one.world.findings.list()).items.find(({ kind }) => kind === "the brake tripped")?.id ?? "fnd_",
    );
    const view = await brakeView(one.world);
    await page(one.world, { finding: "fnd_none", about: view.tripped?.id ?? "" });
    expect(pressable(one)).toEqual([]); // what ended pages nobody
    expect([...(await askSecurity(one.world, await holdOf(one)))].sort()).toEqual([
      "bob@example.com",
      "sam@example.com",
    ]);
    expect(await press(one, "sam")).toMatchObject({ outcome: "refused" });
  });
});

describe("a desk that failed, and has the message all the same", () => {
  it.each<[string, (one: Story) => Promise<unknown>]>([
    ["when it was first shown", async () => {}],
    ["when it was shown again", async (one) => void (await shownAgain(one))],
  ])("%s: a press there releases nobody, for nobody knows whom it shows", async (title, then) => {
    const first = title.includes("first");
    const one = await tripped(8, (it) => first && failing(it, "jira"));
    failing(one, "jira");
    await then(one);
    await one.leaves(nameOf(8));
    await one.settle();
    await press(one, "sam"); // what is shown in Slack is true now
    const there = { ticket: { desk: "jira", ref: {} } } as const;
    expect(await press(one, "sam", there)).not.toMatchObject({ outcome: "recorded" });
    expect(await isOn(one)).toBe(true);
    if (first) expect(await press(one, "sam")).toMatchObject({ outcome: "recorded" });
  });
});

function killedAt(one: Story, port: string, nth: number) {
  let calls = 0;
  one.world.hook = (call) => {
    if (call === port && ++calls > nth) throw new Error("killed");
  };
}

function failing(one: Story, desk: string) {
  one.estate.moods.desk = (id) => {
    if (id === desk) down();
  };
}
const shownAgain = async (one: Story) => askSecurity(one.world, await holdOf(one));

describe("more than ten times over", () => {
  let one: Story;
  beforeEach(async () => {
    one = await tripped(51);
  });

  it.each<[string, string, string, string, boolean]>([
    ["two of security", "sam", "bob", "recorded", false],
    ["one of security, and an operator after them", "sam", "olga", "recorded", false],
    ["one of security twice", "sam", "sam", "already recorded", true],
    ["one of security, and a colleague", "sam", "grace", "refused", true],
  ])("%s", async (_title, first, second, outcome, on) => {
    expect(await press(one, first)).toMatchObject({
      outcome: "recorded",
      text: expect.stringContaining("another person"),
    });
    expect(await isOn(one)).toBe(true);
    expect(messages(one)[0]?.items[0]?.state).toContain("has agreed");
    expect(await press(one, second)).toMatchObject({ outcome });
    expect(await isOn(one)).toBe(on);
  });

  it("two accounts of one person are one", async () => {
    const sameAs = [{ how: "external-id", account: oktaUser("sam") }] as const;
    await one.hear(seenUser("sam-admin", { sameAs: [...sameAs] }, hours(-2)));
    one.estate.groups.set(SECURITY.group, ["sam", "sam-admin"]);
    await press(one, "sam");
    expect(await press(one, "sam-admin")).toMatchObject({ outcome: "already recorded" });
    expect(await isOn(one)).toBe(true);
  });

  it("an operator is not the first", async () => {
    expect(await press(one, "olga")).toMatchObject({
      outcome: "refused",
      text: expect.stringContaining("second of two"),
    });
    expect(await press(one, "sam")).toMatchObject({
      outcome: "recorded",
      text: expect.stringContaining("another person"),
    });
  });
});
