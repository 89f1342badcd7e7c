import { hoursBetween } from "@leasehold/core/kernel";
import { expect, it } from "vitest";
import { accessKey, hours, oktaUser, seenKey, seenUser } from "../../../../test/support/signals.ts";
import { ofKey, type Story, story } from "../../../../test/support/story.ts";

const SECOND = "AKIAI44QH8DHBEXAMPLE";

/** Grace manages both, and hears of new cases once a day at most. */
async function two(digest: number, prepare: (one: Story) => void | Promise<void> = () => {}): Promise<Story> {
  const one = await story(ofKey(), ofKey(SECOND, "report", "bob"));
  one.configure({ playbook: { ...one.world.config.playbook, digest } });
  await one.hear(seenUser("bob", { manager: oktaUser("grace") }, hours(-1)));
  await prepare(one);
  return one;
}
/** How many hours after the beginning she was asked, of each. */
const askedAt = async (one: Story) =>
  (await one.decisions()).map(({ asked }) => (asked === undefined ? -1 : Math.round(hoursBetween(hours(0), asked))));

it.each([
  ["at once, where nothing is kept back", 0, 5, [0, 5]],
  ["in the same round, within the hour", 24, 0.9, [0, 1]],
  ["in the next day's round", 24, 5, [0, 24]],
  ["at once, once a day has passed", 24, 25, [0, 25]],
] as const)("of a second case one is asked %s", async (_title, digest, after, at) => {
  const one = await two(digest);
  await one.leaves("ada");
  await one.live(after);
  await one.leaves("bob");
  await one.live(30);
  expect((await askedAt(one)).sort((a, b) => a - b)).toEqual(at);
});

it("what is kept back has its whole notice from when it is asked, and nothing runs before", async () => {
  const one = await two(24);
  await one.leaves("ada");
  await one.live(5);
  await one.leaves("bob");
  await one.live(24 + 71 - 5);
  expect(one.estate.states.get(accessKey(SECOND))).toBeUndefined();
  await one.live(3);
  expect(one.estate.states.get(accessKey(SECOND))).toEqual({ status: "Inactive" });
});

it("what reaches everything is asked at once", async () => {
  const key = seenKey({ reach: "admin", lastUsed: null, owner: oktaUser("bob") }, hours(-0.5), SECOND, "report");
  const one = await two(24, (it) => it.hear(key));
  await one.leaves("ada");
  await one.live(5);
  await one.leaves("bob");
  await one.settle();
  expect((await askedAt(one)).sort()).toEqual([0, 5]);
});

it("an offer is asked at once: it lasts a day, and no longer", async () => {
  const one = await two(24, (it) => it.hear(seenUser("bob", { manager: oktaUser("sam") }, hours(-0.5))));
  await one.leaves("bob"); // so Sam's round is over by the time that Grace offers him Ada's
  await one.live(5);
  await one.leaves("ada");
  await one.live(1);
  await one.press("transfer", "grace", { to: "sam@example.com" });
  await one.settle();
  expect((await one.windDown()).windDown.question).toBeDefined();
  expect((await askedAt(one)).sort((a, b) => a - b)).toEqual([0, 5, 6]);
});
