import type { Message } from "@leasehold/core/connector";
import { hoursBetween } from "@leasehold/core/kernel";
import type { Signal } from "@leasehold/core/signal";
import { describe, expect, it } from "vitest";
import { down } from "../../../../test/support/estate.ts";
import { accessKey, hours, keyIs, oktaUser, seenKey, seenUser } from "../../../../test/support/signals.ts";
import { ofKey, type Story, story } from "../../../../test/support/story.ts";
import { steps } from "../steps/index.ts";

const SECOND = "AKIAI44QH8DHBEXAMPLE";
const THIRD = "AKIAI3RDQH8DHEXAMPLE";

/** Grace manages all three. It is nine o'clock in UTC, on a Monday. */
async function three(playbook: object = {}, prepare: (one: Story) => void | Promise<void> = () => {}): Promise<Story> {
  const one = await story(ofKey(), ofKey(SECOND, "report", "bob"), ofKey(THIRD, "sync", "cyd"));
  one.configure({ playbook: { ...one.world.config.playbook, ...playbook } });
  for (const name of ["bob", "cyd"]) await one.hear(seenUser(name, { manager: oktaUser("grace") }, hours(-1)));
  await prepare(one);
  return one;
}
/** Ada leaves at nine, and is asked about at once; Bob and Cyd leave that afternoon. */
async function afternoon(one: Story): Promise<Story> {
  await one.leaves("ada");
  await one.live(5);
  await one.leaves("bob");
  await one.live(1);
  await one.leaves("cyd");
  await one.settle();
  return one;
}
/** How many hours after the beginning she was asked, of each. */
const askedAt = async (one: Story) =>
  (await one.decisions())
    .flatMap(({ asked }) => (asked === undefined ? [] : [Math.round(hoursBetween(hours(0), asked))]))
    .sort((a, b) => a - b);
const openAt = ({ estate }: Story, desk = "slack"): readonly Message[] =>
  (estate.messages.get(desk) ?? []).filter(({ state }) => state !== "closed");
const digestOf = (one: Story) => openAt(one).find(({ items }) => items.length === 2)!;
const NAMES = { bob: accessKey(SECOND), cyd: accessKey(THIRD) } as const;
const itemOf = async (one: Story, name: keyof typeof NAMES) => (await one.windDown(NAMES[name])).windDown.id;

it.each<[title: string, playbook: object, after: number, at: number[]]>([
  ["at once, where nothing is kept back", { digest: 0 }, 5, [0, 5]],
  ["in the morning, by default", {}, 5, [0, 23]],
  ["in the morning, however soon after the first", {}, 0.9, [0, 23]],
  ["at once, on another day", {}, 25, [0, 25]],
  ["at the hour that the playbook names", { morning: 17 }, 5, [0, 8]],
  ["after as many hours as the playbook allows", { digest: 4 }, 2, [0, 4]],
])("of a second case one is asked %s", async (_title, playbook, after, at) => {
  const one = await three(playbook);
  await one.leaves("ada");
  await one.live(after);
  await one.leaves("bob");
  await one.live(30);
  expect(await askedAt(one)).toEqual(at);
});

it("in the morning of whoever is asked", async () => {
  const one = await three({}, (it) => it.hear(seenUser("grace", { timeZone: "America/New_York" }, hours(-1))));
  await one.leaves("ada"); // at four in her morning: what comes at five waits for eight
  await one.live(1);
  await one.leaves("bob");
  await one.live(5);
  expect(await askedAt(one)).toEqual([0, 4]);
});

describe("what was kept back for one morning", () => {
  it("is one message at each desk, by case, and each case has a decision of its own", async () => {
    const one = await afternoon(await three());
    expect(openAt(one)).toHaveLength(1);
    await one.live(18);
    for (const desk of ["slack", "jira"]) expect(openAt(one, desk)).toHaveLength(2);
    expect(digestOf(one)).toMatchObject({
      title: "Decide what becomes of 2 credentials, in 2 cases",
      items: [
        { under: expect.stringMatching(/You are asked because you managed \w+[.]$/) },
        { under: expect.stringMatching(/You are asked because you managed \w+[.]$/) },
      ],
    });
    expect(digestOf(one).items.map(({ under }) => under)).toHaveLength(2);
    expect(new Set((await one.decisions()).map((decision) => decision.case)).size).toBe(3);
    expect(await askedAt(one)).toEqual([0, 23, 23]);
  });

  it("has its whole notice from when a desk took it, and nothing runs before", async () => {
    const one = await afternoon(await three());
    expect((await one.windDown(NAMES.bob)).windDown.question).toBeUndefined();
    await one.live(17 + 71.9);
    for (const key of Object.values(NAMES)) expect(one.estate.states.get(key)).toBeUndefined();
    await one.live(2);
    for (const key of Object.values(NAMES)) expect(one.estate.states.get(key)).toEqual({ status: "Inactive" });
    expect(await one.whole()).toEqual([]);
  });

  it("is answered item by item, under the one id that the buttons carry", async () => {
    const one = await afternoon(await three());
    await one.live(18);
    const decision = digestOf(one).key as `dec_${string}`;
    for (const name of ["bob", "cyd"] as const)
      expect(await one.press("keep", "grace", { decision, item: await itemOf(one, name), id: name })).toMatchObject({
        outcome: "recorded",
      });
    const again = { decision, item: await itemOf(one, "cyd"), id: "cyd" };
    expect(await one.press("keep", "grace", again)).toMatchObject({ text: "this click was recorded before" });
    expect(await one.press("keep", "grace", { decision, item: "wdc_none" })).toMatchObject({ outcome: "refused" });
    await one.settle();
    expect(openAt(one)).toHaveLength(1);
    expect((await one.windDown(NAMES.bob)).windDown.closed?.as).toBe("kept");
  });

  it("loses the buttons of what is over, and keeps those of what is not", async () => {
    const one = await afternoon(await three());
    await one.live(18);
    const decision = digestOf(one).key as `dec_${string}`;
    await one.press("keep", "grace", { decision, item: await itemOf(one, "bob") });
    await one.settle();
    const buttons = Object.fromEntries(digestOf(one).items.map(({ item, choices }) => [item, choices.length]));
    expect(buttons).toEqual({ [await itemOf(one, "bob")]: 0, [await itemOf(one, "cyd")]: 5 });
  });

  it("does not hang on the case that would have asked for all", async () => {
    const one = await afternoon(await three());
    const kept = (await one.decisions()).filter((decision) => decision.kept !== undefined);
    const [leader, other] = kept.sort((a, b) => (a.id < b.id ? -1 : 1));
    const { cases } = one.world;
    const list: typeof cases.list = async (status, cursor) => {
      const { items, ...rest } = await cases.list(status, cursor);
      return { ...rest, items: items.filter((id) => id !== leader!.case) }; // nothing runs it any more
    };
    Object.assign(one.world, {
      cases: new Proxy(cases, { get: (of, name) => (name === "list" ? list : Reflect.get(of, name)) }),
    });
    await one.live(18);
    const asked = (await one.world.decisions.get(other!.id))?.value.asked;
    expect(asked && hoursBetween(hours(23), asked)).toBeCloseTo(0.25);
    expect(digestOf(one).items).toHaveLength(2);
  });

  it("is in one message also when the desks come back later", async () => {
    const one = await afternoon(await three());
    one.estate.moods.desk = down;
    await one.live(19);
    expect((await one.windDown(NAMES.bob)).windDown.question).toBeUndefined();
    one.estate.moods.desk = () => {};
    await one.live(1);
    expect(digestOf(one).items).toHaveLength(2);
    expect(openAt(one)).toHaveLength(2);
  });

  it("is asked of whoever answers by then", async () => {
    const one = await afternoon(await three());
    await one.press("keep", "sam"); // Ada's, so that Grace has nothing more to say
    await one.hear(seenUser("grace", { standing: "departed", manager: oktaUser("sam") }, one.world.now));
    one.estate.people.set("grace", "departed");
    await one.live(20);
    expect(openAt(one).flatMap(({ to, items }) => items.map(() => to.email))).not.toContain("grace@example.com");
    expect((await one.windDown(NAMES.bob)).windDown.question).toBeDefined();
  });
});

describe("killed when a desk had the message, and what a part of it shows moved before it was shown anew", () => {
  /** A desk shows both; the process ends before it is written that they were asked. Then the state of one of them moves. */
  async function movedUnseen(): Promise<Story & { readonly lead: `dec_${string}`; readonly part: keyof typeof NAMES }> {
    const one = await afternoon(await three());
    one.world.hook = (call) => {
      if (call === "decisions.put" && digestOf(one) !== undefined) throw new Error("killed");
    };
    await one.live(18).catch(() => {});
    one.world.hook = () => {};
    const lead = digestOf(one).key as `dec_${string}`;
    const [led] = (await one.world.decisions.get(lead))?.value.items ?? [];
    const part = led?.windDown === (await itemOf(one, "bob")) ? "cyd" : "bob";
    one.estate.states.set(NAMES[part], { status: "Active", boundary: "admin" });
    return { ...one, lead, part };
  }

  it("a yes to what it showed is none to what it is now", async () => {
    const one = await movedUnseen();
    one.estate.moods.desk = down; // so the message cannot be edited
    await one.live(0.1);
    const item = await itemOf(one, one.part);
    await one.press("retire", "grace", { decision: one.lead, item });
    one.estate.moods.desk = () => {};
    await one.live(20);
    expect(one.estate.diary).toEqual([]);
  });

  it("each is asked about all the same, as it is now", async () => {
    const one = await movedUnseen();
    await one.live(2);
    for (const name of ["bob", "cyd"] as const)
      expect((await one.windDown(NAMES[name])).windDown.question?.custodian).toBe(oktaUser("grace"));
    const decision = (await one.windDown(NAMES[one.part])).windDown.question?.decision;
    await one.press("retire", "grace", { ...(decision && { decision }), item: await itemOf(one, one.part) });
    await one.settle();
    expect(one.estate.diary).toEqual(["disable Inactive"]);
  });
});

describe("nothing waits for a morning", () => {
  it("of what reaches everything", async () => {
    const key = seenKey({ reach: "admin", lastUsed: null, owner: oktaUser("bob") }, hours(-0.5), SECOND, "report");
    const one = await three({}, (it) => it.hear(key));
    await one.leaves("ada");
    await one.live(5);
    await one.leaves("bob");
    await one.settle();
    expect(await askedAt(one)).toEqual([0, 5]);
  });

  it("of what has leaked, and what waits does not join it", async () => {
    const one = await three({}, (it) => it.hear(seenUser("bob", { manager: oktaUser("sam") }, hours(-0.5))));
    await one.leaves("bob"); // Sam has had his message of the day
    await one.live(5);
    await one.hear({ ...keyIs("disabled", one.world.now), kind: "credential.exposed" } as Signal);
    await steps["open-case"].run(one.world, { type: "credential.exposed", credential: one.key });
    await one.settle();
    expect((await askedAt(one)).filter((at) => at === 5)).toHaveLength(2); // Ada, whose it is, and Sam as security
    expect(
      openAt(one)
        .filter(({ title }) => title.startsWith("Leaked"))
        .map(({ items }) => items.length),
    ).toEqual([1, 1]);
  });

  it("that is an offer: it lasts a day, and no longer", async () => {
    const one = await three({}, (it) => it.hear(seenUser("bob", { manager: oktaUser("sam") }, hours(-0.5))));
    await one.leaves("bob"); // so Sam has had his message of the day when Grace offers him Ada's
    await one.live(5);
    await one.leaves("ada");
    await one.live(1);
    await one.press("transfer", "grace", { to: "sam@example.com" });
    await one.settle();
    expect((await one.windDown()).windDown.question).toBeDefined();
    expect(await askedAt(one)).toEqual([0, 5, 6]);
  });
});

describe("killed before any call of a port, in the morning", () => {
  const CALLS = 400;
  it(`of ${CALLS}, and run again: each is asked, each item has its buttons in one message, each effect once`, {
    timeout: 240_000,
  }, async () => {
    let killed = 0;
    for (let diesAt = 0; diesAt < CALLS; diesAt += 17) {
      const one = await afternoon(await three());
      let calls = 0;
      one.world.hook = (call) => {
        if (one.world.now >= hours(23) && calls++ === diesAt) throw new Error(`killed before ${call}`);
      };
      await one.live(18).catch(() => {
        killed += 1;
      });
      one.world.hook = () => {};
      await one.live(3);
      const at = `killed at ${diesAt}`;
      for (const name of ["bob", "cyd"] as const) {
        const { windDown } = await one.windDown(NAMES[name]);
        expect([at, windDown.question?.custodian]).toEqual([at, oktaUser("grace")]);
        const shown = openAt(one).filter(({ items }) =>
          items.some((it) => it.item === windDown.id && it.choices.length > 0),
        );
        expect([at, name, shown.length]).toEqual([at, name, 1]);
      }
      expect(await one.whole()).toEqual([]);
      await one.live(75);
      expect([at, one.estate.diary.length]).toEqual([at, 3]);
    }
    expect(killed).toBeGreaterThan(12);
  });
});
