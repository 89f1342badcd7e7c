import { KEYS, PEOPLE, uses } from "@leasehold/local/demo";
import { describe, expect, it } from "vitest";
import { itemOf, type Journey, journey, onlyCase } from "../support/journey.ts";

const DAY = 24; // hours
const LOOKS = 7; // hours; what is open and heard to be used is looked at every six

/** Sue has left, and silence has switched her agents' keys off; each was read back. */
async function dead(hours: number) {
  const story = await journey();
  await story.deliver("a7-okta-deactivated.json");
  await story.advance(hours);
  expect(await supportOf(story)).toMatchObject({ rung: "disabled", acts: [{ verified: "confirmed" }] });
  return story;
}
const supportOf = async (story: Journey) => itemOf(await onlyCase(story), KEYS.support.credential).windDown;

const about = async (story: Journey, id: string) =>
  (await story.findings())
    .filter((one) => one.about === id)
    .map(({ kind, severity, facts }) => ({ kind, severity, facts }));
const pages = (story: Journey, email: string) =>
  story.slack(email).filter(({ text }) => text.includes("still alive")).length;

/** As a service answers whose key is off: nobody was let in, so nobody was refused a right. */
const tries = (story: Journey): unknown =>
  JSON.parse(JSON.stringify(uses("support", story.now())).replace('"AccessDenied"', '"InvalidClientTokenId"'));

describe.each([
  ["while its wind-down is open, when no session can live any more", 6 * DAY, LOOKS],
  ["weeks after its case was closed", 36 * DAY, DAY + 1],
])("a key that was confirmed dead, %s (A8)", (_when, hours, within) => {
  it("is used: a finding, and security is paged once; the case says still alive; what was open is asked about, and nothing is switched", async () => {
    const story = await dead(hours);
    const { id, closed } = await supportOf(story);
    expect(closed?.as).toBe(hours > 30 * DAY ? "bottom" : undefined);
    const asked = story.slack(PEOPLE.grace.email).length;
    await story.deliver([uses("support", story.now())]);
    await story.advance(within);
    expect(await about(story, id)).toMatchObject([
      { kind: "still alive", severity: "critical", facts: { credential: KEYS.support.credential } },
    ]);
    expect(pages(story, PEOPLE.sam.email)).toBe(1);
    expect(await supportOf(story)).toMatchObject({ rung: "disabled", acts: [{ verified: "still alive" }] });
    expect(await supportOf(story)).toMatchObject({ acts: [{ final: false }] });
    const questions = closed === undefined ? [{ ifSilent: "nothing", custodian: { email: PEOPLE.grace.email } }] : [];
    expect([(await supportOf(story)).question].filter((one) => one?.asked)).toMatchObject(questions);
    expect(story.slack(PEOPLE.grace.email)).toHaveLength(asked + questions.length);
    await story.advance(DAY);
    expect(pages(story, PEOPLE.sam.email)).toBe(1);
    expect(story.key("support")).toBe("Inactive");
  });

  it("is tried in vain: a finding says who has it still, and nobody is paged; it is dead", async () => {
    const story = await dead(hours);
    const { id } = await supportOf(story);
    await story.deliver([tries(story)]);
    await story.advance(within);
    expect(await about(story, id)).toMatchObject([
      {
        kind: "tried after it was switched off",
        severity: "low",
        facts: { credential: KEYS.support.credential, caller: KEYS.support.arn },
      },
    ]);
    expect(pages(story, PEOPLE.sam.email)).toBe(0);
    expect(await supportOf(story)).toMatchObject({ acts: [{ verified: "confirmed" }] });
  });
});

it("that nobody tried for a week is a finding no longer", async () => {
  const story = await dead(6 * DAY);
  const { id } = await supportOf(story);
  await story.deliver([tries(story)]);
  await story.advance(LOOKS);
  expect(await about(story, id)).toMatchObject([{ kind: "tried after it was switched off" }]);
  await story.advance(8 * DAY);
  expect(await about(story, id)).toEqual([]);
});
