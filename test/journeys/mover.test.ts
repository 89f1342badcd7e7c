import { GRANTS, KEYS, leaves, PEOPLE } from "@leasehold/local/demo";
import { describe, expect, it } from "vitest";
import { buttonsIn } from "../support/buttons.ts";
import { itemOf, type Journey, journey, onlyCase } from "../support/journey.ts";

const OKTA = "a10-okta-profile-updated.json";
const IDENTITY_CENTER = "a10-identity-center-user-updated.json";
const HERS = ["migration", "support", "reportUsed", "reportIdle"] as const;
const inProduct = { department: PEOPLE.leo.department };

/** What the providers hold, and what we ever meant to do there. */
async function untouched(story: Journey): Promise<void> {
  expect(HERS.map((name) => story.key(name))).toEqual(HERS.map(() => "Active"));
  expect(story.grants()).toContain(GRANTS.sue.grantId);
  for (const { id } of await story.cases())
    for (const { windDown } of (await story.showCase(id)).items)
      expect((await story.trail(windDown?.id ?? "")).map(({ did }) => did)).not.toContain("intent.opened");
}

/** Sue goes from Grace to Leo: the event comes, and the night's list says to whom. */
async function sueMoved(...files: readonly string[]) {
  const story = await journey();
  story.managedBy("sue", "leo", inProduct);
  for (const file of files) await story.deliver(file);
  return story;
}

describe("Sue gets another manager and team (A10)", () => {
  it.each([
    ["Okta", [OKTA]],
    ["Identity Center, whose event does not say what changed", [IDENTITY_CENTER]],
    ["both", [OKTA, IDENTITY_CENTER]],
    ["both, twice over", [IDENTITY_CENTER, OKTA, OKTA, IDENTITY_CENTER]],
  ])(
    "%s says so: one case, Leo is asked about all that is hers, Grace is told, nothing is touched",
    async (_by, files) => {
      const story = await sueMoved(...files);
      expect(story.messages()).toEqual([]); // nobody knows yet who manages her now
      await story.advance(26);
      const { gate, items, triggers, messages } = await onlyCase(story);
      expect(gate).toBe("moved");
      expect(new Set(triggers.map(({ kind }) => kind))).toEqual(new Set(["moved"]));
      expect(items).toHaveLength(5);
      expect(items.map(({ windDown }) => windDown?.question?.ifSilent)).toEqual(Array(5).fill("nothing"));
      expect(messages.map(({ custodian, items: about }) => [custodian.email, about.length]).sort()).toEqual([
        [PEOPLE.grace.email, 0],
        [PEOPLE.leo.email, 5],
      ]);
      const [asked, ...more] = story.slack(PEOPLE.leo.email);
      expect(more).toEqual([]);
      expect(buttonsIn(asked)).toHaveLength(5);
      expect(JSON.stringify(asked?.blocks)).toContain("silence switches nothing off");
      const [told, ...others] = story.slack(PEOPLE.grace.email);
      expect(others).toEqual([]);
      expect(buttonsIn(told)).toEqual([]);
      expect(JSON.stringify(told?.blocks)).toMatch(/Leo Brandt was asked .* nothing is asked of you/);
      await untouched(story);
    },
  );

  it("nobody answers: from Leo to Mia to Fay, and at the end it is said, and nothing was touched", async () => {
    const story = await sueMoved(OKTA);
    const asked: unknown[] = [];
    await story.advance(26);
    for (const hours of [72, 48, 48]) {
      const { question } = itemOf(await onlyCase(story), KEYS.support.credential).windDown;
      asked.push([question?.custodian.email, question?.ifSilent, question?.last]);
      await story.advance(hours + 0.2);
    }
    expect(asked).toEqual([
      [PEOPLE.leo.email, "nothing", false],
      [PEOPLE.mia.email, "nothing", false],
      [PEOPLE.fay.email, "nothing", true],
    ]);
    const { closed } = itemOf(await onlyCase(story), KEYS.support.credential).windDown;
    expect(closed?.as).toBe("unresolved");
    expect(story.slack(PEOPLE.grace.email)).toHaveLength(1);
    await untouched(story);
  });

  it("Leo's word counts, Grace's and Sue's do not; what he offers to Sue she may accept, and keeps", async () => {
    const story = await sueMoved(OKTA);
    await story.advance(26);
    const of = async (name: (typeof HERS)[number]) => itemOf(await onlyCase(story), KEYS[name].credential).windDown;
    const support = (await of("support")).id;
    for (const by of [PEOPLE.grace.email, PEOPLE.sue.email])
      expect(await story.answer({ by, item: support, choice: "keep" })).toMatchObject({ outcome: "refused" });
    const offers = { by: PEOPLE.leo.email, item: support, choice: "transfer", to: PEOPLE.sue.email } as const;
    expect(await story.answer(offers)).toMatchObject({ outcome: "recorded" });
    await story.advance(0.5);
    expect((await of("support")).question?.custodian.email).toBe(PEOPLE.sue.email);
    expect(await story.answer({ by: PEOPLE.sue.email, item: support, choice: "keep" })).toMatchObject({
      outcome: "recorded",
    });
    const migration = (await of("migration")).id;
    expect(await story.answer({ by: PEOPLE.leo.email, item: migration, choice: "keep" })).toMatchObject({
      outcome: "recorded",
    });
    await story.advance(1);
    expect([(await of("support")).closed?.as, (await of("migration")).closed?.as]).toEqual(["kept", "kept"]);
    expect((await story.who(KEYS.support.credential)).owner?.email).toBe(PEOPLE.sue.email);
    expect((await story.who(KEYS.migration.credential)).owner?.email).toBe(PEOPLE.leo.email);
    await untouched(story);
  });

  it("she moves on before Leo has answered: the same case asks Mia, and Leo's message has no buttons any more", async () => {
    const story = await sueMoved(OKTA);
    await story.advance(26);
    story.managedBy("sue", "mia");
    await story.deliver("a10-okta-moved-again.json");
    await story.advance(26);
    const { items } = await onlyCase(story);
    expect(new Set(items.map(({ windDown }) => windDown?.question?.custodian.email))).toEqual(
      new Set([PEOPLE.mia.email]),
    );
    expect(story.slack(PEOPLE.leo.email).flatMap(buttonsIn)).toEqual([]);
    expect(story.slack(PEOPLE.mia.email).flatMap(buttonsIn)).toHaveLength(5);
    await untouched(story);
  });

  it("she leaves meanwhile: the same case goes on as a departure's, and silence may act", async () => {
    const story = await sueMoved(OKTA);
    await story.advance(26);
    await story.deliver([leaves("sue", story.now())]);
    const left = await onlyCase(story);
    expect(left).toMatchObject({ gate: "departed", items: { length: 5 } });
    await story.advance(130);
    expect([story.key("support"), story.key("reportUsed")]).toEqual(["Inactive", "Active"]);
  });
});

describe("what is no review", () => {
  it("a new title opens no case", async () => {
    const story = await journey();
    await story.deliver("a10-okta-title-updated.json");
    await story.advance(50);
    expect([await story.cases(), story.messages()]).toEqual([[], []]);
  });

  it("an event that does not say what changed, and a list in which nothing did: the case ends, and nobody hears of it", async () => {
    const story = await journey();
    await story.deliver(IDENTITY_CENTER);
    await story.advance(50);
    expect(await onlyCase(story)).toMatchObject({
      status: "closed",
      items: [],
      closed: { because: "neither manager nor team has changed" },
    });
    expect(story.messages()).toEqual([]);
  });

  it("of a move that is read as history nobody hears", async () => {
    const story = await journey();
    story.managedBy("sue", "leo", inProduct);
    await story.replay(OKTA);
    await story.advance(50);
    expect([await story.cases(), story.messages()]).toEqual([[], []]);
  });

  it("somebody who owns nothing moves: nobody is asked", async () => {
    const story = await journey();
    story.managedBy("ada", "leo", inProduct);
    await story.deliver("a10-okta-ada-moved.json");
    await story.advance(50);
    expect([await story.cases(), story.messages()]).toEqual([[], []]);
  });
});
