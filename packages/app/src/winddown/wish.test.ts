import type { ShortLived } from "@leasehold/core/connector";
import { describe, expect, it } from "vitest";
import { oktaUser, seenUser } from "../../../../test/support/signals.ts";
import { didOf, type Story, story } from "../../../../test/support/story.ts";
import { caseReport } from "../audit/index.ts";
import { caseView } from "../case-view/index.ts";
import { preview } from "../preview/index.ts";
import { onlyReading } from "../world/index.ts";
import { undo } from "./index.ts";

async function asked(prepare: (one: Story) => void | Promise<void> = () => {}): Promise<Story> {
  const one = await story();
  await prepare(one);
  await one.leaves();
  await one.settle();
  return one;
}
function shortLived({ world }: Story, rows: readonly ShortLived[]): void {
  const { estate } = world;
  const provider = (id: string) => {
    const found = estate.provider(id);
    return found && { ...found, shortLived: rows };
  };
  Object.assign(world, { estate: { ...estate, provider } });
}
const openIn = (one: Story) => (one.estate.messages.get("slack") ?? []).filter(({ state }) => state !== "closed");

describe("a wish to move to something short-lived", () => {
  it("is kept with who said it, and tells what the credential's connector says of doing it by hand", async () => {
    const source = "https://docs.example.com/roles";
    const one = await asked();
    shortLived(one, [
      { credential: "another", steps: "Not this.", source },
      { credential: "access key", steps: "Let it assume a role.", source },
    ]);
    const told = await one.press("migrate", "grace");
    expect(told).toMatchObject({
      outcome: "recorded",
      text: expect.stringMatching(/^kept as a wish: nothing is done/),
    });
    expect(told.text).toContain(`Let it assume a role. (${source}) Then choose retire.`);
    expect(told.text).not.toContain("Not this.");
    const { windDown } = await one.windDown();
    expect(windDown).toMatchObject({ wishes: [{ account: oktaUser("grace") }] });
    expect(windDown.answer).toBeUndefined();
    const [entry] = (await one.world.trails.entries(windDown.id)).filter(({ did }) => did === "wish.given");
    expect(entry).toMatchObject({ by: oktaUser("grace"), facts: { wish: "migrate" } });
    expect(await didOf(one)).not.toContain("answer.given");
    expect(await one.whole()).toEqual([]);
  });

  it("says what is true of any, where the connector says nothing", async () => {
    const one = await asked();
    expect((await one.press("migrate", "grace")).text).toContain("By hand, now: give whatever uses it a credential");
  });

  it("is no keep: silence takes it at the very instant that the message said", async () => {
    const [with_, without] = [await asked(), await asked()];
    await with_.press("migrate", "grace");
    for (const one of [with_, without]) {
      const { question } = (await one.windDown()).windDown;
      expect(question).toMatchObject({ ifSilent: "goes down", custodian: oktaUser("grace") });
      await one.live(71.9);
      expect(one.estate.diary).toEqual([]);
      await one.live(0.2);
      expect(one.estate.diary).toEqual(["disable Inactive"]);
    }
  });

  it("is no yes: where silence does nothing, nothing is done", async () => {
    const one = await asked((it) => void Object.assign(it.estate, { mode: "ask" }));
    await one.press("migrate", "grace");
    await one.press("migrate", "sam");
    await one.live(24 * 10);
    expect(one.estate.diary).toEqual([]);
  });

  it.each([
    ["retire", ["disable Inactive"]],
    ["keep", []],
  ] as const)("leaves the question open: %s is heard after it", async (choice, diary) => {
    const one = await asked();
    await one.press("migrate", "grace");
    await one.settle();
    expect(await one.press(choice, "grace")).toMatchObject({ outcome: "recorded" });
    await one.settle();
    expect(one.estate.diary).toEqual(diary);
  });

  it("takes nothing from an answer that stands", async () => {
    const one = await asked();
    await one.press("snooze", "grace");
    const { answer } = (await one.windDown()).windDown;
    expect(await one.press("migrate", "sam")).toMatchObject({ outcome: "recorded" });
    expect((await one.windDown()).windDown.answer).toEqual(answer);
  });

  it("is one, however often the same person presses, by whichever account; another person's is another", async () => {
    const one = await asked(async (it) => {
      const sameAs = [{ how: "external-id", account: oktaUser("grace") }];
      await it.hear(seenUser("grace-admin", { sameAs }, it.world.now));
    });
    expect((await one.press("migrate", "grace")).outcome).toBe("recorded");
    expect(await one.press("migrate", "grace")).toMatchObject({ text: "this click was recorded before" });
    for (const by of ["grace", "grace-admin"])
      expect(await one.press("migrate", by, { id: `again ${by}` })).toMatchObject({
        ...{ outcome: "already recorded", text: "your wish stands" },
      });
    expect((await one.press("migrate", "sam")).outcome).toBe("recorded");
    const { wishes = [] } = (await one.windDown()).windDown;
    expect(wishes.map(({ account }) => account)).toEqual([oktaUser("grace"), oktaUser("sam")]);
  });

  it.each([
    ["whoever was not asked", "bob", {}],
    ["the one whose credential it was", "ada", {}],
    ["an operator, who is the second of two and nothing alone", "bob", { operators: ["bob@example.com"] }],
  ] as const)("is not %s's to have", async (_who, by, more) => {
    const one = await asked((it) => it.configure(more));
    expect((await one.press("migrate", by)).outcome).toBe("refused");
    expect((await one.windDown()).windDown.wishes).toBeUndefined();
  });

  it("comes too late once it is being undone, and once it has ended", async () => {
    const one = await asked();
    await one.press("retire", "grace");
    await one.live(1);
    const { windDown } = await one.windDown();
    await undo(one.world, windDown.id, oktaUser("sam"));
    const decision = (await one.decisions())[0]!.id;
    expect((await one.press("migrate", "grace", { decision })).outcome).toBe("too late");
    await one.live(1);
    expect((await one.press("migrate", "grace", { decision, id: "after" })).outcome).toBe("too late");
  });

  it("is shown by the message, the case, the plan and the report, with the name", async () => {
    const one = await asked();
    await one.press("migrate", "grace");
    await one.settle();
    const [item] = openIn(one)[0]?.items ?? [];
    expect(item?.lines).toContain("Wish: move to short-lived, by grace. It is no answer yet.");
    expect(item?.choices).toContain("retire");
    const { windDown } = await one.windDown();
    const by = [{ account: oktaUser("grace"), name: "grace" }];
    expect((await caseView(one.world, windDown.case)).items[0]?.windDown?.wishes).toMatchObject(by);
    const { items } = await preview(onlyReading(one.world), { id: "ada@example.com" });
    expect(items[0]?.wishes).toMatchObject(by);
    const report = await caseReport(one.world, windDown.case);
    expect(report.items[0]?.wishes).toMatchObject([{ by: oktaUser("grace") }]);
    expect(report.names).toMatchObject({ [oktaUser("grace")]: "grace" });
  });
});
