import { join } from "node:path";
import type { CaseView, ItemView } from "@leasehold/app/case-view";
import { demoEvents, KEYS } from "@leasehold/local/demo";
import { openLaptop } from "@leasehold/local/laptop";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { corp, type Trial } from "../../trial/index.ts";

let here: Trial;
beforeEach(async () => {
  here = await corp();
});
afterEach(() => here.close());

async function opened(file = "sue.json") {
  await here.run("deliver", file);
  const { cases } = await here.json<{ cases: readonly { id: string }[] }>("case", "list");
  const id = cases[0]?.id ?? "";
  return { id, show: () => here.json<CaseView>("case", "show", id) };
}

const of = ({ items }: CaseView, credential: string): ItemView => {
  const item = items.find((one) => one.credential === credential);
  if (item === undefined) throw new Error("the case has no such item");
  return item;
};

async function asked(credential: string = KEYS.support.credential) {
  const { id, show } = await opened();
  const { windDown } = of(await show(), credential);
  const [decision = "", item = ""] = [windDown?.question?.decision, windDown?.id];
  return { id, show, decision, item, one: async () => of(await show(), credential) };
}

describe("case list", () => {
  it("has a line for each open case, and --all for every one", async () => {
    expect(await here.run("case", "list")).toMatchObject({ exit: 0, out: "no case\n" });
    await here.run("deliver", "nia.json", "--event-only");
    await here.run("clock", "--advance", "1h");
    const all = await here.json<{ cases: readonly { status: string; id: string }[] }>("case", "list", "--all");
    expect(all.cases.map(({ status }) => status)).toEqual(["closed"]);
    expect(await here.json("case", "list")).toEqual({ cases: [] });
    const { out } = await here.run("case", "show", all.cases[0]?.id ?? "");
    expect(out).toContain("the directory, asked live, says: false leaver");
    expect(out).toMatch(/What was looked at:\n( {2}.*\n)* {2}aws-iam: whole/);
  });
});

describe("case show", () => {
  it("shows who was asked, until when, and what silence will do", async () => {
    const { show, id } = await opened();
    const view = await show();
    expect(view).toMatchObject({ id, status: "open", gate: "departed", person: { email: "sue@example.com" } });
    expect(of(view, KEYS.support.credential)).toMatchObject({
      ...{
        type: "access key",
        connector: "aws-iam",
        state: "on",
        reach: "write",
        owner: { word: "certain", standing: "departed" },
      },
      windDown: {
        rung: "flagged",
        openedBy: id,
        acts: [],
        question: { ifSilent: "goes down", custodian: { email: "grace@example.com" } },
      },
    });
    expect(of(view, KEYS.reportUsed.credential).windDown?.question?.ifSilent).toBe("nothing");
    expect(view.messages).toMatchObject([
      { custodian: { name: "Grace Lee" }, desks: ["slack", "jira"], closed: false },
    ]);
    const { out } = await here.run("case", "show", id);
    expect(out).toMatch(
      /asked: Grace Lee <grace@example.com> \(dec_\w+\)\n {2}if nobody answers by .* it goes down one rung/,
    );
    expect(out).toMatch(/if nobody answers by .* nothing is done to it, and the next person is asked/);
  });

  it("shows what was done, and that it was read back", async () => {
    const { show, id } = await opened();
    await here.run("clock", "--advance", "80h");
    expect(of(await show(), KEYS.support.credential)).toMatchObject({
      state: "off",
      windDown: {
        rung: "disabled",
        acts: [{ verb: "disable", from: "flagged", to: "disabled", verified: "confirmed", adopted: false }],
      },
    });
    expect((await here.run("case", "show", id)).out).toMatch(/done: disable .*, flagged to disabled, confirmed/);
  });

  it("shows the way back that only a person can go", async () => {
    const { show, id } = await opened("pat.json");
    await here.run("clock", "--advance", "3h");
    const ways = (await show()).items.flatMap(({ windDown }) => windDown?.acts.map(({ wayBack }) => wayBack) ?? []);
    expect(ways.length).toBeGreaterThan(0);
    expect(ways).not.toContain(undefined);
    expect((await here.run("case", "show", id)).out).toContain(`way back: ${ways[0]}`);
  });

  it("knows no other case", async () => {
    for (const id of ["cas_nope", "wdc_1", "../x"])
      expect(await here.run("case", "show", id)).toMatchObject({
        exit: 2,
        err: expect.stringContaining("there is no such case"),
      });
  });
});

describe("case answer", () => {
  it("presses the custodian's button, and what was answered is done", async () => {
    const { decision, item, one } = await asked();
    const told = await here.json("case", "answer", decision, item, "retire", "--as", "grace@example.com");
    expect(told).toMatchObject({ told: [{ outcome: "recorded" }], settled: true });
    expect(await one()).toMatchObject({ state: "off", windDown: { rung: "disabled" } });
  });

  it("hands over to whom --to names, who must accept", async () => {
    const { decision, item, one } = await asked();
    await here.run(
      "case",
      "answer",
      decision,
      item,
      "transfer",
      "--as",
      "grace@example.com",
      "--to",
      "ben@example.com",
    );
    expect(await one()).toMatchObject({ windDown: { answer: { kind: "keep", accepted: false } } });
  });

  it("is no when the desk knows nobody to hand it over to", async () => {
    const { decision, item, one } = await asked();
    const argv = ["case", "answer", decision, item, "transfer", "--as", "grace@example.com", "--to", "zed@example.com"];
    const { exit, out } = await here.run(...argv);
    expect([exit, out]).toEqual([1, expect.stringContaining("nothing was heard")]);
    expect((await one()).windDown?.answer).toBeUndefined();
  });

  it("is no when it is not theirs to give, and nothing changes", async () => {
    const { decision, item, one } = await asked();
    const { exit, out } = await here.run("case", "answer", decision, item, "retire", "--as", "ben@example.com");
    expect([exit, out]).toEqual([1, expect.stringContaining("refused: this was asked of somebody else")]);
    expect(await one()).toMatchObject({ state: "on", windDown: { rung: "flagged" } });
    expect((await one()).windDown?.answer).toBeUndefined();
  });

  it("is no when the choice is not one that the item has now", async () => {
    const { decision, item } = await asked();
    const { exit, out } = await here.run("case", "answer", decision, item, "leave-off", "--as", "grace@example.com");
    expect([exit, out]).toEqual([1, "refused: it is not switched off\n"]);
  });

  it("is no when it comes too late", async () => {
    const { decision, item } = await asked();
    await here.run("clock", "--advance", "80h");
    const { exit } = await here.run("case", "answer", decision, item, "keep", "--as", "grace@example.com");
    expect(exit).not.toBe(0);
  });

  it.each([
    ["a decision that is not there", (it: Asked) => ["dec_nope", it.item, "keep"], "there is no such decision"],
    ["an item that is not in it", (it: Asked) => [it.decision, "wdc_nope", "keep"], "this decision has no such item"],
    ["a choice that does not exist", (it: Asked) => [it.decision, it.item, "explode"], "there is no such choice"],
    ["a transfer to nobody", (it: Asked) => [it.decision, it.item, "transfer"], "say to whom it goes"],
    [
      "a transfer to no address",
      (it: Asked) => [it.decision, it.item, "transfer", "--to", "ben"],
      "say to whom it goes",
    ],
    ["a yes to somebody", (it: Asked) => [it.decision, it.item, "retire", "--to", "ben@example.com"], "leave it out"],
  ])("refuses %s", async (_, argv, says) => {
    const it = await asked();
    const { exit, err } = await here.run("case", "answer", ...argv(it), "--as", "grace@example.com");
    expect([exit, err]).toEqual([2, expect.stringContaining(says)]);
  });

  it("wants to know who, and finds them on the desk", async () => {
    const { decision, item } = await asked();
    expect(await here.run("case", "answer", decision, item, "keep")).toMatchObject({
      exit: 2,
      err: expect.stringContaining("say who answers"),
    });
    const { exit, err } = await here.run("case", "answer", decision, item, "keep", "--as", "nobody@example.com");
    expect([exit, err]).toEqual([
      2,
      expect.stringContaining("this person has no such button on any desk that has the question"),
    ]);
    expect(err).toContain("desks: slack, jira");
  });
});
type Asked = Awaited<ReturnType<typeof asked>>;

describe("case undo", () => {
  it("takes back what was done, in a person's name", async () => {
    const { item, one } = await asked();
    await here.run("clock", "--advance", "80h");
    expect((await one()).state).toBe("off");
    expect(await here.json("case", "undo", item, "--as", "sam@example.com")).toMatchObject({
      undoing: [{ windDown: item, outcome: "undoing" }],
    });
    await here.run("clock", "--advance", "1h");
    expect(await one()).toMatchObject({ state: "on", windDown: { closed: { as: "undone" } } });
    expect((await here.run("case", "undo", item)).out).toContain("already undone");
  });

  it("of a case undoes every item of it", async () => {
    const { id, show } = await opened();
    await here.run("clock", "--advance", "80h");
    const { undoing } = await here.json<{ undoing: readonly [] }>("case", "undo", id);
    expect(undoing).toHaveLength(5);
    await here.run("clock", "--advance", "2h");
    for (const key of [KEYS.support, KEYS.migration, KEYS.reportIdle])
      expect(of(await show(), key.credential).state).toBe("on");
  });

  it("wants a name that the directory has as active", async () => {
    const { item } = await asked();
    for (const as of ["sue@example.com", "nobody@example.com"])
      expect(await here.run("case", "undo", item, "--as", as)).toMatchObject({
        exit: 2,
        err: expect.stringContaining("the directory does not say that this person is active"),
      });
  });

  it.each(["cas_nope", "wdc_nope", "nope"])("knows no %s", async (id) => {
    expect(await here.run("case", "undo", id)).toMatchObject({
      exit: 2,
      err: expect.stringContaining("there is no such case"),
    });
    expect(await here.run("case", "retry", id)).toMatchObject({
      exit: 2,
      err: expect.stringContaining("there is no such case"),
    });
  });
});

describe("case retry", () => {
  it("looks again at everything of a case that waits", async () => {
    const { id, item } = await asked();
    const { woken } = await here.json<{ woken: readonly string[] }>("case", "retry", id);
    expect(woken).toHaveLength(6);
    expect(woken).toContain(id);
    expect(await here.json("case", "retry", item)).toMatchObject({ woken: [item, id], settled: true });
  });

  it("is no where all is closed", async () => {
    await here.run("deliver", "nia.json", "--event-only");
    const { cases } = await here.json<{ cases: readonly { id: string }[] }>("case", "list", "--all");
    await here.run("clock", "--advance", "1h");
    expect(await here.run("case", "retry", cases[0]?.id ?? "")).toMatchObject({
      exit: 1,
      out: "it is closed: nothing waits\n",
    });
  });
});

/** It is so at the provider, and no event of it comes. */
async function leftUnheard() {
  const laptop = await openLaptop({ path: join(here.home, ".leasehold/demo.db"), ticks: true, log: () => {} });
  const event = demoEvents.sueLeaves(laptop.world.clock());
  for (const { live } of laptop.simulations) live.absorb(event);
  laptop.close();
}

describe("case open", () => {
  it("opens the case of a departure that was only replayed, and finds it again", async () => {
    await leftUnheard();
    await here.run("replay", "sue.json");
    const { case: id } = await here.json<{ case: string }>("case", "open", "sue@example.com");
    expect(id).toMatch(/^cas_/);
    expect(await here.json("case", "open", "sue@example.com")).toMatchObject({ case: id });
    expect(await here.json<CaseView>("case", "show", id)).toMatchObject({
      gate: "departed",
      person: { email: "sue@example.com" },
      triggers: [{ kind: "left" }],
    });
  });

  it("is no for somebody who has not left", async () => {
    expect(await here.run("case", "open", "ben@example.com")).toMatchObject({
      exit: 1,
      out: "Ben Ito <ben@example.com> has not left: the directory says active\n",
    });
    expect(await here.json("case", "list", "--all")).toEqual({ cases: [] });
  });

  it("is no for a key whose owner is there", async () => {
    expect(await here.run("case", "open", KEYS.support.accessKeyId)).toMatchObject({
      exit: 1,
      out: expect.stringMatching(/has not left: the directory says active\n$/),
    });
  });

  it("wants a person or a credential", async () => {
    expect(await here.run("case", "open", KEYS.support.arn)).toMatchObject({
      exit: 2,
      err: expect.stringContaining("this is not a person or a credential"),
    });
  });
});
