import { KEYS, leaves, PEOPLE, PIPELINE_KEY, returns } from "@leasehold/local/demo";
import { describe, expect, it } from "vitest";
import { itemOf, journey, onlyCase } from "../support/journey.ts";

const suspended = (event: unknown): unknown =>
  JSON.parse(JSON.stringify(event).replaceAll("user.lifecycle.deactivate", "user.lifecycle.suspend"));

describe("a pipeline makes a key (A14)", () => {
  it("its owner is never the role: nobody is, nobody is guessed, and it is said what would help", async () => {
    const story = await journey();
    await story.deliver("a14-key-by-pipeline.json");
    await story.sweep();
    const { subject, owner, candidates, wouldRaise } = await story.who(PIPELINE_KEY.accessKeyId);
    expect(subject).toMatchObject({ id: PIPELINE_KEY.credential, facts: { type: "access key", state: "on" } });
    expect(owner).toBeUndefined();
    for (const { word, name } of candidates) {
      expect(["possible", "unknown"]).toContain(word);
      expect(name ?? "").not.toMatch(/ci-deploy|run-4711|role/);
    }
    expect(wouldRaise.length).toBeGreaterThan(0);
    expect(JSON.stringify(candidates)).not.toMatch(/ci-deploy|run-4711/);
    const { items } = await story.sweep();
    expect(items).toContainEqual(
      expect.objectContaining({
        credential: PIPELINE_KEY.credential,
        because: expect.stringMatching(/Nobody is a candidate|none of them is likely/),
        noEvent: expect.stringMatching(/names no person/),
      }),
    );
    expect(await story.cases()).toEqual([]);
  });
});

describe("a month without an event (A16)", () => {
  it("every credential whose owner is not active is listed, with the reason that no event was seen", async () => {
    const story = await journey();
    await story.unheard([leaves("nia", story.now()), suspended(leaves("ben", story.now()))]);
    await story.asleep(30 * 24);
    const { items, whole, looked, notVisible } = await story.sweep();
    expect({ whole, notVisible }).toEqual({ whole: true, notVisible: [] });
    expect(looked).toBe(12);
    const of = (credential: string) => items.find((one) => one.credential === credential);
    expect(new Set(items.map(({ credential }) => credential))).toEqual(
      new Set([KEYS.triage, KEYS.build, KEYS.etl, KEYS.legacy].map(({ credential }) => credential)),
    );
    expect(of(KEYS.triage.credential)).toMatchObject({
      because: "Its owner has left.",
      noEvent: expect.stringMatching(/^No event was seen: a list of okta says so since 2026-11-02/),
      owner: { word: "certain" },
    });
    expect(of(KEYS.build.credential)).toMatchObject({
      because: expect.stringMatching(/^Its owner is suspended since 2026-11-02/),
      noEvent: expect.stringMatching(/a hold, which asks and never acts/),
    });
    expect(of(KEYS.legacy.credential)).toMatchObject({
      because: "Nobody is a candidate.",
      noEvent: expect.stringMatching(/before the installation/),
    });
    const again = (await story.sweep()).items; // what a case has in hand by now is no finding any more
    expect(new Set(again.map(({ credential }) => credential))).toEqual(
      new Set(items.map(({ credential }) => credential)),
    );
    const about = (await story.findings()).filter(({ kind }) => kind === "orphan credential").map((one) => one.about);
    expect(about).toContain(KEYS.legacy.credential);
    const shown = await Promise.all((await story.cases()).map(({ id }) => story.showCase(id)));
    const inHand = shown.flatMap(({ items: held }) => held.map(({ credential }) => credential as string));
    for (const { credential, windDown } of again)
      expect(windDown === undefined ? about : inHand, credential).toContain(credential);

    await story.deliver([returns("nia", story.now())]);
    await story.advance(25);
    expect((await story.sweep()).items.map(({ credential }) => credential)).not.toContain(KEYS.triage.credential);
    expect((await story.findings()).filter((one) => one.about === KEYS.triage.credential)).toEqual([]);
  });

  it("the nightly schedule finds the same by itself: her manager is asked, and once security has let it go on, silence does", async () => {
    const story = await journey();
    await story.unheard([leaves("nia", story.now())]);
    await story.advance(26);
    await story.release(PEOPLE.sam.email); // learned of late: held until somebody has looked
    await story.advance(4 * 24);
    const found = itemOf(await onlyCase(story), KEYS.triage.credential);
    expect(found).toMatchObject({ owner: { standing: "departed" }, windDown: { rung: "disabled" } });
    const { items } = await story.sweep();
    expect(items).toContainEqual(
      expect.objectContaining({
        credential: KEYS.triage.credential,
        because: "Its owner has left.",
        windDown: found.windDown.id,
      }),
    );
    expect(story.slack(PEOPLE.grace.email)).not.toHaveLength(0);
    expect(story.key("triage")).toBe("Inactive");
  });
});
