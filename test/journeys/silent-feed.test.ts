import { KEYS, leaves, PEOPLE } from "@leasehold/local/demo";
import { describe, expect, it } from "vitest";
import { itemOf, journey, onlyCase } from "../support/journey.ts";

const SILENT = "a source is silent";
const isSilent = ({ kind, about }: { readonly kind: string; readonly about: string }) =>
  kind === SILENT && about === "okta";
const pages = (messages: readonly { readonly text: string }[]) => messages.filter(({ text }) => text.includes(SILENT));

/** Somebody left and came through the stream, so that it is known to speak; then it was switched off. */
async function switchedOff() {
  const story = await journey({ watched: true });
  await story.deliver([leaves("pat", story.now())]);
  await story.advance(3);
  expect((await story.findings()).filter(isSilent)).toEqual([]);
  const events = [leaves("sue", story.now())];
  await story.unheard(events);
  return { story, events };
}

const casesOf = async (story: Awaited<ReturnType<typeof journey>>, email: string) =>
  (await Promise.all((await story.cases()).map(({ id }) => story.showCase(id)))).filter(
    ({ person }) => person.email === email,
  );

describe("Okta's stream is switched off, and Sue leaves (B12)", () => {
  it("a poll finds her within the quarter of an hour, and her case says that no event was seen", async () => {
    const { story } = await switchedOff();
    await story.advance(0.3);
    const [found, ...others] = await casesOf(story, PEOPLE.sue.email);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ gate: "departed", triggers: [{ kind: "left", found: "poll" }] });
    expect(itemOf(found as never, KEYS.support.credential).windDown.question).toBeDefined();
    expect(await casesOf(story, PEOPLE.pat.email)).toMatchObject([{ triggers: [{ kind: "left", found: "event" }] }]);
  });

  it("that it is silent is a finding, and whoever is on call is told once", async () => {
    const { story } = await switchedOff();
    await story.advance(3);
    expect((await story.findings()).filter(isSilent)).toMatchObject([
      { severity: "critical", facts: { because: expect.stringMatching(/^a poll found/) } },
    ]);
    const told = pages(story.messages()).length;
    expect(told).toBeGreaterThan(0);
    await story.advance(30);
    expect(pages(story.messages())).toHaveLength(told);
  });

  it("when it comes back with what it kept, late and twice, the finding ends; nothing is lost and nothing doubled", async () => {
    const { story, events } = await switchedOff();
    await story.advance(3);
    const before = await casesOf(story, PEOPLE.sue.email);
    const asked = story.messages().length;
    await story.deliver(events);
    await story.deliver(events);
    await story.advance(2);
    expect((await story.findings()).filter(isSilent)).toEqual([]);
    const after = await casesOf(story, PEOPLE.sue.email);
    expect(after.map(({ id, triggers }) => [id, triggers])).toEqual(before.map(({ id, triggers }) => [id, triggers]));
    expect(story.messages()).toHaveLength(asked);
    await story.advance(72);
    expect(story.key("support")).toBe("Inactive");
    expect(await casesOf(story, PEOPLE.sue.email)).toHaveLength(1);
  });

  it("and who comes through it again is no poll's", async () => {
    const { story } = await switchedOff();
    await story.advance(3);
    await story.deliver([leaves("nia", story.now())]);
    await story.advance(2);
    expect(await casesOf(story, PEOPLE.nia.email)).toMatchObject([{ triggers: [{ kind: "left", found: "event" }] }]);
    expect((await story.findings()).filter(isSilent)).toEqual([]);
  });
});

it("where nobody polls a sweep finds her, and the case says so", async () => {
  const story = await journey();
  await story.unheard([leaves("sue", story.now())]);
  await story.sweep();
  expect(await onlyCase(story)).toMatchObject({ gate: "departed", triggers: [{ kind: "left", found: "sweep" }] });
});
