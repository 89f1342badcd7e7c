import { KEYS, leaves, PEOPLE, returns } from "@leasehold/local/demo";
import { describe, expect, it } from "vitest";
import { doneOf, itemOf, type Journey, journey, onlyCase } from "../support/journey.ts";

const WAITS = "waits for a person";
const triageOf = async (story: Journey) => itemOf(await onlyCase(story), KEYS.triage.credential).windDown;

/** Grace's yes is carried out, and what did it is killed before it can say so: who switched it off nobody knows for sure. */
async function killedInTheAct() {
  const story = await journey();
  await story.deliver([leaves("nia", story.now())]);
  const { id } = await triageOf(story);
  story.diesAfterActing("aws-iam");
  await story.answer({ by: PEOPLE.grace.email, item: id, choice: "retire" });
  expect(story.key("triage")).toBe("Inactive");
  await story.advance(8);
  return { ...story, id };
}

describe("an act whose receipt was lost (B15)", () => {
  it("is found and adopted, and never done again", async () => {
    const story = await killedInTheAct();
    expect(await triageOf(story)).toMatchObject({ rung: "disabled", acts: [{ adopted: true, verified: "confirmed" }] });
    const did = doneOf(await story.trail(story.id), ["intent.opened", "act.done"]);
    expect(did).toEqual(["intent.opened", "act.done"]);
  });

  it("is not taken back because she is back: it may have been somebody else's; a person's yes takes it back", async () => {
    const story = await killedInTheAct();
    await story.deliver([returns("nia", story.now())]);
    await story.advance(2);
    expect(story.key("triage")).toBe("Inactive");
    const waits = (await story.findings()).filter(({ kind, about }) => kind === WAITS && about === story.id);
    expect(waits).toMatchObject([{ remedy: expect.stringContaining("only a person's yes") }]);
    expect(await story.undo(story.id, PEOPLE.grace.email)).toBe("undoing");
    await story.advance(1);
    expect(story.key("triage")).toBe("Active");
    expect((await triageOf(story)).closed).toMatchObject({ as: "undone" });
  });
});
