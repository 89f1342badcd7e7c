import { hoursBetween } from "@leasehold/core/kernel";
import { describe, expect, it } from "vitest";
import { down, type FakeEstate, handOf, OFF } from "../../../../test/support/estate.ts";
import { hours, oktaUser, person, seenUser } from "../../../../test/support/signals.ts";
import { didOf, kindsOf, ofKey, type Story, story } from "../../../../test/support/story.ts";

const set = ({ estate }: Story, more: Partial<FakeEstate>) => void Object.assign(estate, more);

/** Ada has left, and whoever is asked says nothing for three days. */
async function unanswered(prepare: (one: Story) => void | Promise<void> = () => {}): Promise<Story> {
  const one = await story();
  await prepare(one);
  await one.leaves();
  await one.settle();
  await one.live(73);
  return one;
}

it("switches a leaver's credential off when nobody answers, and says all that it did", async () => {
  const one = await unanswered();
  expect(one.faults).toEqual([]);
  expect(one.estate.diary).toEqual(["disable Inactive"]);
  expect(one.estate.states.get(one.key)).toEqual(OFF);
  expect(await didOf(one)).toEqual([
    ...["wind-down.opened", "question.wanted", "question.asked"],
    ...["intent.opened", "act.done", "credential.verified"],
  ]);
  expect(await kindsOf(one)).toEqual([]);
  expect(await one.whole()).toEqual([]);
});

describe("on silence nothing is switched off", () => {
  it.each<[title: string, prepare: (one: Story) => void | Promise<void>]>([
    ["where the connector only asks", (one) => set(one, { mode: "ask" })],
    ["where it only observes", (one) => set(one, { mode: "observe" })],
    ["of what is in use", (one) => set(one, { used: hours(-1) })],
    ["where nobody knows whether it is", (one) => set(one, { used: undefined })],
    [
      "where it takes others down with it",
      (one) => set(one, { hands: [handOf(one.estate, "disable", OFF, { blast: "identity" })] }),
    ],
    [
      "where somebody would have to bring it back",
      (one) => set(one, { hands: [handOf(one.estate, "disable", OFF, { reversibility: "R2" })] }),
    ],
    ["that cannot be brought back", (one) => set(one, { hands: [handOf(one.estate, "delete", undefined)] })],
    ["of one who is suspended only", (one) => void one.estate.people.set("ada", "suspended")],
  ])("%s", async (_title, prepare) => {
    const one = await story();
    await one.leaves();
    await prepare(one);
    await one.settle();
    await one.live(24 * 15);
    expect(one.estate.diary).toEqual([]);
    expect(await didOf(one)).not.toContain("intent.opened");
  });

  it("where the directory says active at the moment of the act", async () => {
    const one = await story();
    await one.leaves();
    await one.settle();
    await one.live(70);
    one.estate.people.set("ada", "active");
    await one.live(24 * 14);
    expect(one.estate.diary).toEqual([]);
  });

  it("while the directory cannot be asked: that is no departure and no presence, and is waited for", async () => {
    const one = await story();
    await one.leaves();
    await one.settle();
    await one.live(70);
    one.estate.moods.person = down;
    await one.live(10);
    expect(one.estate.diary).toEqual([]);
    expect(one.faults).toContain("Unavailable");
    expect(await kindsOf(one)).toContain("provider unavailable");
    one.estate.moods.person = () => {};
    await one.live(24);
    expect(one.estate.diary).toEqual(["disable Inactive"]);
  });

  it("outside staffed hours", async () => {
    const one = await story();
    one.world.pass(-5); // four at night
    await one.leaves();
    await one.settle();
    await one.live(75);
    expect(one.estate.diary).toEqual([]);
    await one.live(1);
    expect(one.estate.diary).toEqual(["disable Inactive"]);
  });
});

describe("a question", () => {
  it("is put by no desk: nobody was asked, and after three days it goes out with its full notice", {
    timeout: 120_000,
  }, async () => {
    const one = await story();
    one.estate.moods.desk = down;
    await one.leaves();
    await one.settle();
    await one.live(72.9);
    expect((await one.windDown()).windDown.question).toBeUndefined();
    expect(one.estate.diary).toEqual([]);
    expect(await kindsOf(one)).toEqual(["no desk took the question"]);

    one.estate.moods.desk = () => {};
    await one.live(0.1);
    const { question } = (await one.windDown()).windDown;
    expect(await kindsOf(one)).toEqual([]);
    expect(hoursBetween(hours(72.9), question!.asked)).toBeGreaterThanOrEqual(0);
    expect(hoursBetween(question!.asked, question!.until)).toBe(72);
    await one.live(71);
    expect(one.estate.diary).toEqual([]);
    await one.live(30);
    expect(one.estate.diary).toEqual(["disable Inactive"]);
    expect(await one.decisions()).toHaveLength(1);
  });

  it("is put by the one desk that is up", async () => {
    const one = await story();
    one.estate.moods.desk = (id) => id === "slack" && down();
    await one.leaves();
    await one.settle();
    expect((await one.windDown()).windDown.question?.custodian).toBe(oktaUser("grace"));
    expect((await one.decisions())[0]?.tickets).toMatchObject([{ desk: "jira" }]);
  });

  it("stands for four hours, whatever the playbook says", async () => {
    const one = await story();
    one.configure({ playbook: { ...one.world.config.playbook, notice: 0.5 } });
    await one.leaves();
    await one.settle();
    await one.live(3);
    expect(one.estate.diary).toEqual([]);
    await one.live(2);
    expect(one.estate.diary).toEqual(["disable Inactive"]);
  });

  it("does not speak for what became of it since: another plan is another question", async () => {
    const one = await story();
    await one.leaves();
    await one.settle();
    await one.live(70);
    one.estate.states.set(one.key, { status: "Active", path: "/moved/" });
    await one.live(5);
    expect(one.estate.diary).toEqual([]);
    expect(await one.decisions()).toHaveLength(2);
    expect((await one.windDown()).windDown.question?.custodian).not.toBe(oktaUser("grace"));
  });

  it("goes from the manager to the fallback, and then what nobody decided is a finding in the fallback's name", async () => {
    const one = await unanswered((it) => set(it, { mode: "ask" }));
    await one.live(24 * 5);
    const asked = (await one.decisions()).toSorted((a, b) => (`${a.asked}` < `${b.asked}` ? -1 : 1));
    expect(asked.map(({ last }) => last)).toEqual([false, true]);
    const [first, second] = asked;
    expect(hoursBetween(first!.asked!, first!.until)).toBe(72);
    expect(hoursBetween(second!.asked!, second!.until)).toBe(48);
    const { windDown } = await one.windDown();
    expect(windDown.closed?.as).toBe("unresolved");
    const [finding] = await one.world.findings.of(windDown.id);
    expect(finding).toMatchObject({ kind: "nobody decided", facts: { asked: second?.custodian } });
    expect((await one.world.cases.list("open")).items).toEqual([]);
    expect(await one.whole()).toEqual([]);
  });

  it("is never put to the leaver, also where the leaver is the fallback", async () => {
    const one = await story();
    await one.hear(seenUser("ada", { manager: undefined }, hours(-1)));
    one.configure({ fallback: { email: "ada@example.com" }, security: ["sam@example.com"] });
    await one.leaves();
    one.estate.people.set("grace", "departed");
    await one.hear(person("left", "grace", one.world.now));
    await one.settle();
    const [decision] = await one.decisions();
    expect(decision?.last).toBe(true);
    expect(one.estate.messages.get("slack")?.map(({ to }) => to.email)).toEqual(["sam@example.com"]);
  });

  it("is put to nobody where everybody at the end of the chain is the leaver, and then nothing runs", {
    timeout: 30_000,
  }, async () => {
    const one = await story(ofKey(undefined, "deploy", "last"));
    one.configure({ security: [], operators: [] });
    await one.leaves("last");
    await one.settle();
    await one.live(24);
    expect(one.estate.asks).toEqual([]);
    expect(one.estate.diary).toEqual([]);
    expect(await kindsOf(one)).toContain("nobody decided");
  });
});

it("bottom: switched off, deletion asked for only at the end of the grace, and never done on silence", async () => {
  const one = await unanswered();
  await one.live(24 * 40);
  expect(one.estate.diary).toEqual(["disable Inactive"]);
  const { windDown } = await one.windDown();
  expect(windDown.closed?.as).toBe("bottom");
  const second = (await one.decisions()).map(({ asked }) => asked ?? "").sort()[1];
  expect(hoursBetween(windDown.acts[0]!.at, second as never)).toBeGreaterThanOrEqual(720 - 168);
});
