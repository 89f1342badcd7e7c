import { hear, judge } from "@leasehold/app/desk";
import { answer } from "@leasehold/app/winddown";
import { bind } from "@leasehold/app/world";
import { connectors } from "@leasehold/connectors";
import type { Live, Press } from "@leasehold/connectors/kit";
import { simulatorOf } from "@leasehold/connectors/simulators";
import { CHOICES, type Choice, type DeskRequest, type Heard } from "@leasehold/core/connector";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { didOf, type Story, story } from "../support/story.ts";

const NAMES = ["grace", "sam", "bob", "ada", "eve", "robot"] as const;
type Name = (typeof NAMES)[number];
const email = (name: Name) => `${name}@example.com`;

/** What each desk's own world has of these people; the robot is an app there. */
const WORLDS = {
  slack: () => ({
    ...{ team: "T0EXAMPLE01", secret: "demo signing secret", messages: [], count: 0 },
    users: NAMES.map((name) => ({ id: `U0${name}`, email: email(name), isBot: name === "robot" })),
  }),
  jira: () => ({
    ...{ site: "example", project: "SEC", secret: "demo signing secret", issues: [], count: 0 },
    users: NAMES.map((name) => ({ accountId: `5b10${name}`, email: email(name), isApp: name === "robot" })),
  }),
} as const;
type DeskId = keyof typeof WORLDS;

/** The story with the real connector of a desk, in front of its simulator. */
async function asked(id: DeskId) {
  const it = await story();
  const connector = await connectors[id]();
  const simulator = await simulatorOf(id);
  let world: unknown = WORLDS[id]();
  const memory = {
    get: () => world,
    set: (next: unknown) => {
      world = next;
    },
  };
  const live: Live<unknown> = simulator.live(memory, it.world.clock, () => {});
  const provider = bind(connector, "act", live.api);
  const providers = () => [...it.estate.providers.filter(({ desk }) => desk === undefined), provider];
  Object.assign(it.world, {
    estate: { provider: (one: string) => providers().find((other) => other.id === one), providers },
  });
  await it.leaves();
  await it.settle();
  const secrets = simulator.signing ?? [];
  const { windDown } = await it.windDown();
  const message = windDown.question!.decision;
  return {
    it,
    press: (by: Name, choice: Choice, more: Partial<Press> = {}): DeskRequest =>
      live.click!({ user: email(by), message, item: windDown.id, choice, ...more }),
    send: async (request: DeskRequest) => (await hear(it.world, id, request, secrets))[0]!,
    /** As it was heard, to be judged later, by this desk's own second look. */
    heardIn: (request: DeskRequest): Heard => connector.desk!.read!(request, secrets, it.world.now)[0]!,
    judge: async (heard: Heard) => (await judge(it.world, provider.desk!, heard)).told,
    answers: async () => (await didOf(it)).filter((did) => did === "answer.given").length,
    diary: it.estate.diary,
  };
}

describe.each(["slack", "jira"] as const)("a click in %s", (id) => {
  it("twice is recorded once, as a request that comes again is", async () => {
    const { press, send, answers, diary, it: one } = await asked(id);
    const request = press("grace", "retire");
    expect(await send(request)).toMatchObject({ outcome: "recorded" });
    expect(await send(request)).toMatchObject({ outcome: "already recorded" });
    expect(await send(press("grace", "retire"))).toMatchObject({ outcome: "already recorded" });
    await one.settle();
    expect([await answers(), diary]).toEqual([1, ["disable Inactive"]]);
  });

  it("of a second person, for another answer, is told that the first stands", async () => {
    const { press, send, answers, it: one, diary } = await asked(id);
    const second = press("sam", "retire");
    expect(await send(press("grace", "keep"))).toMatchObject({ outcome: "recorded" });
    expect(await send(second)).toMatchObject({ outcome: "too late" });
    await one.live(100);
    expect([await answers(), diary]).toEqual([1, []]);
  });

  it("after the deadline is told what was done, and how to take it back", async () => {
    const { press, heardIn, judge: judged, it: one, diary } = await asked(id);
    const late = heardIn(press("grace", "keep"));
    await one.live(73);
    expect(diary).toEqual(["disable Inactive"]);
    expect(await judged(late)).toMatchObject({
      outcome: "too late",
      text: expect.stringMatching(/switched off at 2026-\S+.*leasehold case undo wdc_/),
    });
  });

  it("on an older message is late, and changes nothing", async () => {
    const { press, send, heardIn, judge: judged, it: one } = await asked(id);
    const old = heardIn(press("grace", "retire"));
    await send(press("grace", "snooze"));
    await one.live(25);
    expect(await judged(old)).toMatchObject({ outcome: "too late" });
    await one.live(1);
    expect(one.estate.diary).toEqual([]);
  });

  it("in a copy of the message is refused", async () => {
    const { press, heardIn, judge: judged, answers } = await asked(id);
    const heard = heardIn(press("grace", "retire"));
    const [name = ""] = Object.keys(heard.ticket.ref).filter((key) => key !== "team");
    const elsewhere = { ...heard.ticket, ref: { ...heard.ticket.ref, [name]: "ELSEWHERE-1" } };
    expect(await judged({ ...heard, ticket: elsewhere })).toMatchObject({ outcome: "refused" });
    expect(await answers()).toBe(0);
  });

  it.each(["bob", "eve", "ada", "robot"] as const)("by %s, who may not decide, is refused", async (by) => {
    const { press, send, answers, diary, it: one } = await asked(id);
    for (const choice of ["retire", "keep", "snooze"] as const)
      expect(await send(press(by, choice))).toMatchObject({ outcome: "refused" });
    await one.live(1);
    expect([await answers(), diary]).toEqual([0, []]);
  });

  it("by one who was deactivated since they were asked is refused", async () => {
    const { press, send, answers, it: one } = await asked(id);
    one.estate.people.set("grace", "departed");
    expect(await send(press("grace", "keep"))).toMatchObject({ outcome: "refused" });
    expect(await answers()).toBe(0);
  });

  it("that offers it asks whom it is offered to, who has a day", async () => {
    const { press, send, it: one } = await asked(id);
    expect(await send(press("grace", "transfer", { to: email("bob") }))).toMatchObject({ outcome: "recorded" });
    await one.settle();
    const { question } = (await one.windDown()).windDown;
    expect(await send(press("bob", "keep", { message: question!.decision }))).toMatchObject({ outcome: "recorded" });
    await one.settle();
    expect((await one.windDown()).windDown.closed?.as).toBe("kept");
  });
});

const OUTSIDERS = ["bob", "eve", "ada", "grace"] as const; // Grace has left, too

it("no clicks by people who may not decide change anything, however many and in whatever order", async () => {
  const click = fc.record({
    by: fc.constantFrom(...OUTSIDERS),
    choice: fc.constantFrom(...CHOICES),
    to: fc.constantFrom("bob@example.com", "eve@example.com", "ada@example.com", "sam@example.com"),
    desk: fc.constantFrom("slack", "jira", "api"),
    id: fc.constantFrom("1", "2", "3"),
    after: fc.integer({ min: 0, max: 3 }), // hours
  });
  const run = async (clicks: readonly (typeof click extends fc.Arbitrary<infer T> ? T : never)[]) => {
    const one = await story();
    await one.leaves();
    await one.settle();
    one.estate.people.set("grace", "departed");
    const before = await state(one);
    for (const { by, choice, to, desk, id, after } of clicks) {
      one.world.now = one.world.clock();
      one.world.pass(after);
      const { windDown } = before.stored;
      const told = await answer(one.world, {
        ...{ decision: windDown.question!.decision, item: windDown.id, choice, to, id },
        ...{ by: { desk, user: by, email: `${by}@example.com` }, ticket: { desk, ref: {} } },
      });
      expect(told.outcome).toBe("refused");
    }
    expect(await state(one)).toEqual(before);
    expect(one.estate.diary).toEqual([]);
  };
  await fc.assert(fc.asyncProperty(fc.array(click, { minLength: 1, maxLength: 12 }), run), { numRuns: 25 });
});

const state = async (one: Story) => ({ stored: await one.windDown(), decisions: await one.decisions() });
