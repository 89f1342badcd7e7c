import type { Heard } from "@leasehold/core/connector";
import { beforeEach, describe, expect, it } from "vitest";
import { down } from "../../../../test/support/estate.ts";
import { hours, oktaUser, seenUser } from "../../../../test/support/signals.ts";
import { kindsOf, type Story, story } from "../../../../test/support/story.ts";
import { announce } from "../announce/index.ts";
import { brakeOn, handIdOf, letGo } from "../brake/index.ts";
import { page } from "../page/index.ts";
import { releaseAt } from "./release.ts";

const SECURITY = { connector: "okta", group: "00g1security0example" };
const OPERATORS = { connector: "okta", group: "00g1operator0example" };
const BECAUSE = "the import was wrong, and is mended";

/** Ada's key is asked about, and somebody at the laptop has put the brake on. */
async function stopped(): Promise<Story> {
  const one = await story();
  for (const name of ["sam", "bob", "olga", "grace"]) await one.hear(seenUser(name, {}, hours(-800)));
  one.configure({ security: [SECURITY], operators: [OPERATORS] });
  one.estate.groups.set(SECURITY.group, ["sam", "bob"]).set(OPERATORS.group, ["olga"]);
  await one.leaves();
  await one.settle();
  await brakeOn(one.world, "terminal", "an import went wrong");
  await told(one);
  return one;
}

/** As the bus does it: whoever is of security is told. */
async function told(one: Story) {
  one.world.said.clear();
  for (const subject of (await one.world.outbox.waiting()).items) await announce(one.world, subject);
  for (const event of one.world.said.values()) if (event.type === "finding.raised") await page(one.world, event);
}

const frozenOf = async ({ world }: Story) => (await world.ledger.brake()).value.frozen;
const idOf = async (one: Story) => {
  const { frozen, last } = (await one.world.ledger.brake()).value;
  const hand = frozen ?? last;
  return hand ? handIdOf(hand) : "hnd_none";
};
const messages = ({ estate }: Story) =>
  (estate.messages.get("slack") ?? []).filter(({ items }) => items.some(({ item }) => item.startsWith("hnd_")));
let clicks = 0;

/** As a desk heard it, on the message of one of security. */
async function press(one: Story, by: string, over: Partial<Heard> = {}) {
  const item = await idOf(one);
  const [message] = await one.world.decisions.ofCase(item);
  clicks += 1;
  return releaseAt(one.world, {
    ...{ decision: message?.value.id ?? "dec_none", item, choice: "release" },
    ...{ by: { desk: "slack", user: by, email: `${by}@example.com` }, ticket: { desk: "slack", ref: {} } },
    ...{ id: `${by}/${clicks}`, because: BECAUSE },
    ...over,
  });
}

describe("a hand on the brake, at a desk", () => {
  let one: Story;
  beforeEach(async () => {
    one = await stopped();
  });

  it("is put before each of security, with whose it is, why, and one button", async () => {
    expect(
      messages(one)
        .map(({ to }) => to.email)
        .sort(),
    ).toEqual(["bob@example.com", "sam@example.com"]);
    expect(messages(one)[0]).toMatchObject({
      title: "The brake is on",
      items: [
        {
          ...{ item: await idOf(one), choices: ["release"], state: "on" },
          lines: [
            "Put on by whoever sits at the laptop: an import went wrong",
            expect.stringContaining("Find out why before you take it off"),
          ],
        },
      ],
    });
    expect(await kindsOf(one)).toContain("a hand is on the brake");
  });

  it("is taken off by one of them: what was held by it goes on, and every message says who did it", async () => {
    await one.live(24 * 4);
    expect(one.estate.diary).toEqual([]);
    expect(await press(one, "sam")).toMatchObject({ outcome: "recorded", text: expect.stringContaining("is off") });
    expect(await frozenOf(one)).toBeUndefined();
    expect((await one.world.trails.entries("brake")).at(-1)).toMatchObject({
      ...{ did: "brake.released", by: oktaUser("sam") },
      facts: { setBy: "terminal", because: BECAUSE },
    });
    for (const { items, state } of messages(one))
      expect([state, items]).toMatchObject([
        "closed",
        [{ choices: [], state: expect.stringMatching(/^taken off by /) }],
      ]);
    expect(await kindsOf(one)).not.toContain("a hand is on the brake");
    await one.live(7);
    expect(one.estate.diary).toContain("disable Inactive");
  });

  it.each<[string, (one: Story) => unknown, string, Partial<Heard>, string]>([
    ["a colleague", () => {}, "grace", {}, "only security releases"],
    ["a stranger", () => {}, "eve", {}, "only security releases"],
    ["an operator", () => {}, "olga", {}, "only security takes a hand off"],
    ["nobody", () => {}, "sam", { by: { desk: "slack", user: "sam", email: undefined } }, "does not say who"],
    ["one who left", (it) => it.estate.people.set("sam", "departed"), "sam", {}, "only security"],
    ["one whose group cannot be read", (it) => Object.assign(it.estate.moods, { group: down }), "sam", {}, "try again"],
    ["one who says no reason", () => {}, "sam", { because: undefined } as never, "say why first"],
    ["one in a copy of it", () => {}, "sam", { ticket: { desk: "slack", ref: { channel: "D9" } } }, "a copy"],
    ["one on another hand", () => {}, "sam", { item: "hnd_other" }, "no such hold"],
  ])("a press of %s takes nothing off", async (_title, prepare, by, over, text) => {
    prepare(one);
    expect(await press(one, by, over)).toMatchObject({ outcome: "refused", text: expect.stringContaining(text) });
    expect(await frozenOf(one)).toMatchObject({ by: "terminal" });
  });

  it("once it is off, double, replayed and late presses are told so, and a later hand is another one", async () => {
    const item = await idOf(one);
    const [message] = await one.world.decisions.ofCase(item);
    await press(one, "sam", { id: "click" });
    expect(await press(one, "sam", { id: "click" })).toMatchObject({ outcome: "already recorded" });
    expect(await press(one, "bob")).toMatchObject({ outcome: "too late", text: expect.stringContaining("already") });
    one.world.pass(1);
    await brakeOn(one.world, "terminal", "and again");
    await told(one);
    const late = { item, decision: message?.value.id ?? "dec_none" } as const;
    expect(await press(one, "bob", late)).toMatchObject({ outcome: "too late" });
    expect(await frozenOf(one)).toMatchObject({ because: "and again" });
    expect(await press(one, "bob")).toMatchObject({ outcome: "recorded" });
  });

  it("is not there any more where another door took it off", async () => {
    await letGo(one.world, oktaUser("bob"));
    expect(await press(one, "sam")).toMatchObject({ outcome: "too late", text: expect.stringContaining("already") });
  });

  it("stays where the store was restored: a press says what to do first", async () => {
    const { value, version } = await one.world.ledger.brake();
    const frozen = { ...(value.frozen ?? { by: "x", at: one.world.now, because: "x" }), restored: true } as const;
    const draft = { did: "store.restored", by: "leasehold", facts: {} };
    await one.world.ledger.handBrake({ value: { ...value, frozen }, version }, draft, one.world.now);
    expect(await press(one, "sam")).toMatchObject({ outcome: "refused", text: expect.stringContaining("reconcile") });
    expect(await frozenOf(one)).toMatchObject({ restored: true });
  });
});

it("a crash before security was told is made good by whoever puts the brake on again", async () => {
  const one = await story();
  one.world.hook = (call) => {
    if (call === "findings.put") throw new Error("killed");
  };
  await expect(brakeOn(one.world, "terminal", "stop")).rejects.toThrow("killed");
  one.world.hook = () => {};
  expect(await brakeOn(one.world, "terminal", "stop")).toMatchObject({ outcome: "was on already" });
  expect(await kindsOf(one)).toEqual(["a hand is on the brake"]);
});
