import { describe, expect, it } from "vitest";
import { down, handOf, OFF } from "../../../../test/support/estate.ts";
import { hours, oktaUser, seenUser } from "../../../../test/support/signals.ts";
import { type Story, story } from "../../../../test/support/story.ts";

const SECURITY = { connector: "okta", group: "00g1security0example" };
const OPERATORS = { connector: "okta", group: "00g1operator0example" };

/** Ada has left, and Grace was asked about a key that can only be deleted; Sam is of security, and Olga operates. */
async function asked(prepare: (one: Story) => void = () => {}): Promise<Story> {
  const one = await story();
  Object.assign(one.estate, { hands: [handOf(one.estate, "delete", undefined)] });
  prepare(one);
  await one.hear(seenUser("olga", { manager: oktaUser("last") }, hours(-800)));
  one.configure({ security: [SECURITY], operators: [OPERATORS] });
  one.estate.groups.set(SECURITY.group, ["sam"]).set(OPERATORS.group, ["olga"]);
  await one.leaves();
  await one.settle();
  return one;
}

it.each<[string, readonly (readonly [string, string])[], (one: Story) => unknown, boolean]>([
  [
    "a custodian and security",
    [
      ["grace", "recorded"],
      ["sam", "recorded"],
    ],
    () => {},
    true,
  ],
  [
    "security and an operator",
    [
      ["sam", "recorded"],
      ["olga", "recorded"],
    ],
    () => {},
    true,
  ],
  [
    "an operator before anybody",
    [
      ["olga", "refused"],
      ["sam", "recorded"],
    ],
    () => {},
    false,
  ],
  [
    "a custodian and an operator, of whom none is of security",
    [
      ["grace", "recorded"],
      ["olga", "recorded"],
    ],
    () => {},
    false,
  ],
  [
    "security and a colleague",
    [
      ["sam", "recorded"],
      ["bob", "refused"],
    ],
    () => {},
    false,
  ],
  [
    "security, and an operator who has left and is in the group still",
    [
      ["sam", "recorded"],
      ["olga", "refused"],
    ],
    (one) => one.estate.people.set("olga", "departed"),
    false,
  ],
  [
    "a custodian, and security whose group cannot be read",
    [
      ["grace", "recorded"],
      ["sam", "refused"],
    ],
    (one) => Object.assign(one.estate.moods, { group: down }),
    false,
  ],
])("%s", async (_title, presses, prepare, acted) => {
  const one = await asked();
  prepare(one);
  for (const [by, outcome] of presses) expect(await one.press("retire", by)).toMatchObject({ outcome });
  await one.live(1);
  expect(one.estate.diary).toEqual(acted ? ["delete gone"] : []);
});

it.each(["keep", "transfer", "snooze", "leave-off"] as const)(
  "an operator does not say %s, also beside another's yes",
  async (choice) => {
    const one = await asked();
    await one.press("retire", "grace");
    expect(await one.press(choice, "olga", { to: "bob@example.com" })).toMatchObject({ outcome: "refused" });
  },
);

it("who asks for an authority that cannot be read is told to try again, and whoever was asked is heard as that", async () => {
  const one = await asked();
  one.estate.moods.group = down;
  expect(await one.press("retire", "sam")).toEqual({
    outcome: "refused",
    text: "we could not read the group just now: try again",
  });
  one.estate.groups.set(SECURITY.group, ["grace"]);
  expect(await one.press("retire", "grace")).toMatchObject({
    ...{ outcome: "recorded", text: expect.stringContaining("whether you are of security could not be read") },
  });
  const { answer } = (await one.windDown()).windDown;
  expect(answer).toMatchObject({ voices: [{ account: oktaUser("grace"), security: false }] });
});

/** The connector observes for as long as it is spoken about, and then acts on a yes alone. */
async function spoken(...said: readonly (readonly [by: string, after: number, outcome: string])[]): Promise<Story> {
  const one = await asked(({ estate }) => {
    Object.assign(estate, { hands: [handOf(estate, "disable", OFF)], mode: "ask" });
  });
  one.estate.mode = "observe";
  for (const [by, after, outcome] of said) {
    await one.live(after);
    expect(await one.press("retire", by)).toMatchObject({ outcome });
  }
  return one;
}

describe("a yes that has lapsed carries no operator's", () => {
  it("who comes after it", async () => {
    const one = await spoken(["grace", 0, "recorded"], ["olga", 169, "refused"]);
    one.estate.mode = "ask";
    await one.live(25);
    expect(one.estate.diary).toEqual([]);
  });

  it("who came before it lapsed", async () => {
    const one = await spoken(["grace", 0, "recorded"], ["olga", 100, "recorded"]);
    await one.live(69);
    one.estate.mode = "ask";
    await one.live(25);
    expect(one.estate.diary).toEqual([]);
  });

  it("and whoever said it says it anew", async () => {
    const one = await spoken(["grace", 0, "recorded"], ["grace", 100, "already recorded"], ["grace", 69, "recorded"]);
    one.estate.mode = "ask";
    await one.live(25);
    expect(one.estate.diary).toEqual(["disable Inactive"]);
  });

  it("and as long as it has not, both are heard", async () => {
    const one = await spoken(["grace", 0, "recorded"], ["olga", 100, "recorded"]);
    one.estate.mode = "ask";
    await one.live(25);
    expect(one.estate.diary).toEqual(["disable Inactive"]);
  });
});
