import { emailAccount } from "@leasehold/core/lineage";
import type { Signal } from "@leasehold/core/signal";
import { describe, expect, it } from "vitest";
import { down, handOf, OFF } from "../../../../test/support/estate.ts";
import { hours, keyIs, oktaUser, seenUser } from "../../../../test/support/signals.ts";
import { didOf, kindsOf, type Story, story } from "../../../../test/support/story.ts";
import { steps } from "../steps/index.ts";
import { answer, undo } from "./index.ts";

async function asked(prepare: (one: Story) => void | Promise<void> = () => {}): Promise<Story> {
  const one = await story();
  await one.leaves();
  await prepare(one);
  await one.settle();
  return one;
}
const questionOf = async (one: Story) => (await one.windDown()).windDown.question;

describe("who may answer", () => {
  it.each<[title: string, prepare: (one: Story) => void | Promise<void>, by: string, outcome: string]>([
    ["the custodian who was asked", () => {}, "grace", "recorded"],
    ["security", () => {}, "sam", "recorded"],
    ["not a stranger", () => {}, "eve", "refused"],
    ["not a colleague to whom the message was forwarded", () => {}, "bob", "refused"],
    ["not the leaver", () => {}, "ada", "refused"],
    ["not the leaver who is in security", (one) => one.configure({ security: ["ada@example.com"] }), "ada", "refused"],
    [
      "not the one whom it is about, also where the directory says active and they are in security",
      (one) => {
        one.configure({ security: ["ada@example.com"] });
        one.estate.people.set("ada", "active");
      },
      "ada",
      "refused",
    ],
    ["not one who has left meanwhile", (one) => void one.estate.people.set("grace", "departed"), "grace", "refused"],
    ["not one who is suspended", (one) => void one.estate.people.set("sam", "suspended"), "sam", "refused"],
  ])("%s", async (_title, prepare, by, outcome) => {
    const one = await asked();
    await prepare(one);
    expect(await one.press("retire", by)).toMatchObject({ outcome });
    await one.live(1);
    expect(one.estate.diary).toHaveLength(outcome === "recorded" ? 1 : 0);
  });

  it("nobody, while the directory cannot be asked", async () => {
    const one = await asked();
    one.estate.moods.person = down;
    expect((await one.press("keep", "grace")).outcome).toBe("refused");
  });

  it("nobody whom the desk cannot name", async () => {
    const one = await asked();
    const question = await questionOf(one);
    const { windDown } = await one.windDown();
    const by = { desk: "slack", user: "U1", email: undefined };
    const heard = { decision: question!.decision, item: windDown.id, choice: "retire", by, id: "1" } as const;
    const told = await answer(one.world, { ...heard, ticket: { desk: "slack", ref: {} } });
    expect(told.outcome).toBe("refused");
  });

  it("nobody, to a question that there is not", async () => {
    const one = await asked();
    expect(await one.press("retire", "grace", { decision: "dec_none" })).toMatchObject({ outcome: "refused" });
    expect(await one.press("retire", "grace", { item: "wdc_none" })).toMatchObject({ outcome: "refused" });
  });
});

describe("a click", () => {
  it("that comes again is told so, and does nothing more", async () => {
    const one = await asked();
    expect((await one.press("snooze", "grace", { id: "click-1" })).outcome).toBe("recorded");
    const { version } = await one.windDown();
    expect((await one.press("retire", "grace", { id: "click-1" })).outcome).toBe("already recorded");
    expect((await one.windDown()).version).toBe(version);
  });

  it("on an older message is late", async () => {
    const one = await asked();
    const first = await questionOf(one);
    await one.press("snooze", "grace");
    await one.live(25);
    expect((await questionOf(one))?.decision).not.toBe(first?.decision);
    expect((await one.press("retire", "grace", { decision: first!.decision })).outcome).toBe("too late");
    expect(one.estate.diary).toEqual([]);
  });

  it("that is faster than we are is not lost", async () => {
    const one = await story();
    await one.leaves();
    let told: string | undefined;
    one.world.hook = async (call) => {
      if (call !== "windDowns.change" || told !== undefined) return;
      const [decision] = await one.decisions();
      if (decision?.asked === undefined) return;
      told = "";
      told = (await one.press("keep", "grace", { decision: decision.id })).outcome;
    };
    await one.settle();
    await one.live(100);
    expect(told).toBe("recorded");
    expect((await one.windDown()).windDown.closed?.as).toBe("kept");
    expect(one.estate.diary).toEqual([]);
    expect((await one.decisions()).every(({ closed }) => closed)).toBe(true);
  });

  it("after the end is told what it was", async () => {
    const one = await asked();
    const question = await questionOf(one);
    await one.press("keep", "grace");
    await one.settle();
    expect(await one.press("retire", "sam", { decision: question!.decision })).toMatchObject({
      outcome: "too late",
      text: "it is closed: kept",
    });
  });
});

describe("the first answer stands", () => {
  it.each([
    ["keep", "retire", "too late"],
    ["keep", "snooze", "too late"],
    ["keep", "transfer", "too late"],
    ["snooze", "retire", "refused"],
    ["snooze", "keep", "recorded"],
    ["retire", "keep", "recorded"],
    ["retire", "snooze", "recorded"],
    ["snooze", "snooze", "refused"],
  ] as const)("%s, then %s by security: %s", async (first, second, outcome) => {
    const one = await asked();
    expect((await one.press(first, "grace")).outcome).toBe("recorded");
    expect((await one.press(second, "sam", { to: "bob@example.com" })).outcome).toBe(outcome);
  });

  it("leave it off, against a yes to deletion that comes in the same minute", async () => {
    const one = await asked();
    await one.live(24 * 28);
    expect((await questionOf(one))?.decision).toBeDefined();
    expect((await one.press("leave-off", "grace")).outcome).toBe("recorded");
    expect((await one.press("retire", "sam")).outcome).toBe("too late");
    await one.live(24 * 10);
    expect(one.estate.diary).toEqual(["disable Inactive"]);
    expect((await one.windDown()).windDown.closed?.as).toBe("bottom");
  });
});

describe("a keep of what an earlier wind-down left switched off", () => {
  it("says that it is still off, and how it comes back; with nothing left of it, that it stays", async () => {
    const one = await asked((it) => void Object.assign(it.estate, { hands: [handOf(it.estate, "disable", OFF)] }));
    await one.press("retire", "grace");
    await one.live(1);
    const { windDown: earlier } = await one.windDown();
    expect(earlier.closed?.as).toBe("bottom");
    await one.hear({ ...keyIs("disabled", one.world.now), kind: "credential.exposed" } as Signal);
    await steps["open-case"].run(one.world, { type: "credential.exposed", credential: one.key });
    await one.settle();
    const told = await one.press("keep", "sam", { id: "again" });
    expect(told).toMatchObject({ outcome: "recorded", text: expect.stringContaining("it is still disabled since") });
    expect(told.text).toContain(`leasehold case undo ${earlier.id}`);
    await one.settle();
    expect(await undo(one.world, earlier.id, oktaUser("sam"))).toBe("undoing");
    await one.live(1);
    expect(one.estate.diary).toEqual(["disable Inactive", "disable Active"]);

    const other = await asked();
    expect(await other.press("keep", "grace")).toMatchObject({ text: "recorded: it stays, and it is yours" });
  });
});

describe("a yes", () => {
  it("acts at once, also in mode ask", async () => {
    const one = await asked((it) => void Object.assign(it.estate, { mode: "ask" }));
    await one.press("retire", "grace");
    await one.settle();
    expect(one.estate.diary).toEqual(["disable Inactive"]);
  });

  it("does nothing in mode observe", async () => {
    const one = await asked((it) => void Object.assign(it.estate, { mode: "observe" }));
    expect(await questionOf(one)).toBeUndefined();
    await one.live(24 * 9);
    expect(one.estate.diary).toEqual([]);
    expect(one.estate.asks).toEqual([]);
  });

  it("is to the plan that was shown", async () => {
    const one = await asked();
    one.estate.states.set(one.key, { status: "Active", path: "/moved/" });
    await one.press("retire", "grace");
    await one.live(1);
    expect(one.estate.diary).toEqual([]);
  });

  it("is to whoever was shown as the owner, and that they had left", async () => {
    const one = await asked();
    one.estate.people.set("ada", "active");
    await one.press("retire", "grace");
    await one.live(1);
    expect(one.estate.diary).toEqual([]);
  });

  it("does not shorten the grace, however many say it", async () => {
    const one = await asked();
    await one.press("retire", "grace");
    await one.settle();
    await one.live(24 * 20);
    expect(await one.press("retire", "sam")).toMatchObject({ outcome: expect.not.stringMatching("^recorded$") });
    expect(one.estate.diary).toEqual(["disable Inactive"]);
  });

  it("to what nothing brings back, and nothing switches off first, needs two people, one from security", async () => {
    const one = await asked((it) => void Object.assign(it.estate, { hands: [handOf(it.estate, "delete", undefined)] }));
    await one.press("retire", "grace");
    expect((await one.press("retire", "grace", { id: "again" })).outcome).toBe("already recorded");
    await one.live(1);
    expect(one.estate.diary).toEqual([]);
    await one.press("retire", "sam");
    await one.settle();
    expect(one.estate.diary).toEqual(["delete gone"]);
  });

  it("of two accounts of one person is one voice", async () => {
    const one = await asked(async (it) => {
      Object.assign(it.estate, { hands: [handOf(it.estate, "delete", undefined)] });
      const sameAs = [{ how: "external-id", account: oktaUser("grace") }];
      await it.hear(seenUser("grace-admin", { sameAs }, hours(-2)));
      it.configure({ security: ["grace-admin@example.com"] });
    });
    await one.press("retire", "grace");
    expect((await one.press("retire", "grace-admin")).outcome).toBe("already recorded");
    await one.live(1);
    expect(one.estate.diary).toEqual([]);
  });
});

describe("an offer", () => {
  it.each([
    ["the leaver", "ada@example.com"],
    ["somebody whom no directory knows", "out@example.net"],
    ["nobody", undefined],
  ])("is not made to %s", async (_title, to) => {
    const one = await asked();
    expect((await one.press("transfer", "grace", to === undefined ? {} : { to })).outcome).toBe("refused");
  });

  it("is made to the one named, who accepts", async () => {
    const one = await asked();
    await one.press("transfer", "grace", { to: "bob@example.com" });
    await one.settle();
    const question = await questionOf(one);
    expect(question).toMatchObject({ custodian: emailAccount("bob@example.com"), last: false });
    expect((await one.press("keep", "bob")).outcome).toBe("recorded");
    await one.settle();
    expect((await one.windDown()).windDown.closed?.as).toBe("kept");
    expect((await one.world.graph.node(one.key))?.value.owner?.account).toBe(oktaUser("bob"));
  });

  it("that nobody accepts within a day is a new question, to the one who made it", async () => {
    const one = await asked();
    await one.press("transfer", "grace", { to: "bob@example.com" });
    await one.settle();
    await one.live(24.1);
    expect(await questionOf(one)).toMatchObject({ custodian: oktaUser("grace") });
    expect(one.estate.diary).toEqual([]);
    await one.live(73);
    expect(one.estate.diary).toEqual(["disable Inactive"]);
  });
});

it("is put off once, and then the same custodian is asked again, for the last time", async () => {
  const one = await asked();
  const first = await questionOf(one);
  await one.press("snooze", "grace");
  await one.live(24.1);
  const second = await questionOf(one);
  expect(second?.custodian).toBe(first?.custodian);
  expect(second?.asked.slice(0, 13)).toBe(hours(24).slice(0, 13));
  expect((await one.press("snooze", "grace", { id: "again" })).outcome).toBe("refused");
  expect(one.estate.messages.get("slack")?.at(-1)?.items[0]?.choices).not.toContain("snooze");
});

it("what is asked for by hand says so, and is closed by nobody's silence but the last's", async () => {
  const one = await asked((it) => void Object.assign(it.estate, { hands: [] }));
  expect(await one.press("retire", "grace")).toMatchObject({ text: expect.stringContaining("by hand") });
  await one.live(24 * 8);
  expect((await one.windDown()).windDown.closed?.as).toBe("unresolved");
  expect(await kindsOf(one)).toEqual(["nobody decided"]);
  expect(await didOf(one)).not.toContain("intent.opened");
});
