import type { Who } from "@leasehold/app/question";
import { PEOPLE } from "@leasehold/local/demo";
import { expect, it } from "vitest";
import { deletedInTrail, makesKey, makesUser } from "../../packages/local/src/demo/events.ts";
import { journey } from "../support/journey.ts";

const KEY = "AKIALOSTRULE1EXAMPLE";

/** Who, by which event; not how much it weighs, which goes with time. */
const told = (candidates: Who["candidates"]) =>
  candidates.map(({ account, evidence }) => [account, evidence.map(({ kind, eventId }) => [kind, eventId])]);

it("the rule is lost for an hour: CloudTrail itself tells whose the key is that was made meanwhile", async () => {
  const story = await journey();
  const events = [makesUser("ada", "lost-agent", story.now()), makesKey("ada", "lost-agent", KEY, story.now())];
  await story.unheard(events);
  await expect(story.who(KEY)).rejects.toThrow();
  await story.advance(1);

  const { owner, candidates } = await story.who(KEY);
  expect(owner).toMatchObject({ email: PEOPLE.ada.email, standing: "active" });
  expect(candidates[0]?.evidence.map(({ source }) => source)).toContain("aws-iam");
  const before = told(candidates);

  await story.deliver(events); // the bus brings them after all, and again
  await story.deliver(events);
  await story.advance(1);
  expect(told((await story.who(KEY)).candidates)).toEqual(before);
  expect(await story.cases()).toEqual([]);
});

it("who left meanwhile is one case, as if the event had come, and the case says that none was seen", async () => {
  const story = await journey();
  await story.advance(0.1); // trails write whole seconds: it is not to look as if it were before the installation
  const left = deletedInTrail("sue", story.now());
  await story.unheard([left]);
  await story.advance(1);
  const all = async () => Promise.all((await story.cases()).map(({ id }) => story.showCase(id)));
  expect(await all()).toMatchObject([
    { person: { email: PEOPLE.sue.email }, triggers: [{ kind: "left", found: "poll" }] },
  ]);
  await story.deliver([left]);
  expect(await all()).toHaveLength(1);
});
