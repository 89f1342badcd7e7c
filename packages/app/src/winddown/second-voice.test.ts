import { expect, it } from "vitest";
import { down, handOf } from "../../../../test/support/estate.ts";
import { hours, oktaUser, seenUser } from "../../../../test/support/signals.ts";
import { type Story, story } from "../../../../test/support/story.ts";

const SECURITY = { connector: "okta", group: "00g1security0example" };
const OPERATORS = { connector: "okta", group: "00g1operator0example" };

/** Ada has left, and Grace was asked about a key that can only be deleted; Sam is of security, and Olga operates. */
async function asked(): Promise<Story> {
  const one = await story();
  Object.assign(one.estate, { hands: [handOf(one.estate, "delete", undefined)] });
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
