import fc from "fast-check";
import { expect, it } from "vitest";
import { back, type Plan, same } from "../connector/index.ts";
import { hoursBetween, later } from "../kernel/index.ts";
import { decide, type Step } from "./decide.ts";
import { at, aView, aWindDown, ELSE, OFF, ON, PLAN, RECEIPT, TOKEN } from "./example.ts";
import { ifSilent, nextOf } from "./judge.ts";
import { RUNGS, type Rung, type Standing, shown, type View, type WindDown } from "./model.ts";
import { record } from "./record.ts";

const hours = fc.nat(1_500);
const instant = hours.map(at);
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });
const rung = fc.constantFrom(...RUNGS);
const people = fc.constantFrom("a", "b", "c");
const aVoice = fc.record({
  person: people.map((name) => `per_${name}` as const),
  account: people.map((name) => `acc_${name}` as const),
  security: fc.boolean(),
  at: instant,
});
const answer = fc.oneof(
  fc.constant(undefined),
  fc.record({ kind: fc.constant("hold" as const), until: instant, at: rung }),
  fc.record({
    kind: fc.constant("keep" as const),
    newOwner: fc.constant("acc_ada" as const),
    accepted: fc.boolean(),
    lapses: instant,
  }),
  fc.record({ kind: fc.constant("undo" as const), by: maybe(fc.constant("acc_ada" as const)), at: instant }),
  fc.record({ kind: fc.constant("leave-off" as const), by: fc.constant("acc_ada" as const), at: instant }),
  fc.record({
    kind: fc.constant("yes" as const),
    token: fc.constantFrom(TOKEN, TOKEN, "other"),
    voices: fc.array(aVoice, { maxLength: 3 }),
  }),
);
const descent = fc.record({
  to: fc.constantFrom(...RUNGS.slice(1)),
  reversibility: fc.constantFrom("R1" as const, "R1" as const, "R2" as const, "R3" as const),
  blast: fc.constantFrom("credential" as const, "credential" as const, "identity" as const, "shared" as const),
});
const act = fc.record({
  from: rung,
  to: rung,
  at: instant,
  receipt: fc.record({
    verb: fc.constant("disable" as const),
    target: fc.constant(RECEIPT.target),
    before: fc.constantFrom(ON, OFF),
    after: fc.constantFrom(OFF, ON, undefined),
    changed: fc.boolean(),
    adopted: fc.boolean(),
  }),
  verified: fc.constantFrom(
    "confirmed" as const,
    "confirmed" as const,
    "unconfirmed" as const,
    "still alive" as const,
    undefined,
  ),
  proof: maybe(fc.record({ at: instant, sessions: maybe(instant) })),
});
const question = fc.record({
  asked: instant,
  until: instant,
  token: fc.constantFrom(TOKEN, TOKEN, "other"),
  ifSilent: fc.constantFrom("nothing" as const, "goes down" as const),
  last: fc.boolean(),
  custodian: fc.constant("acc_grace" as const),
  decision: fc.constant("dec_01" as const),
});
const windDowns: fc.Arbitrary<WindDown> = fc
  .record({
    rung,
    ladder: fc.array(descent, { maxLength: 3 }),
    acts: fc.array(act, { maxLength: 2 }),
    question: maybe(question),
    answer,
    returned: maybe(act),
    doubt: fc.oneof(
      { weight: 3, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.record({ seen: fc.constantFrom(ELSE, OFF) }) },
    ),
  })
  .map(aWindDown);
const standings: fc.Arbitrary<Standing> = fc.record({
  mode: fc.constantFrom("observe", "ask", "act", "act"),
  owner: fc.constantFrom("acc_sue", "acc_sue", "acc_bob", undefined),
  contested: often(false, true),
  departed: often(true, false),
  confidence: fc.oneof(fc.constant(0.97), fc.double({ min: 0, max: 1 })),
  inUse: often<boolean | undefined>(false, true, undefined),
  shared: often(false, true),
  unforgeable: often(true, false),
  notBefore: fc.oneof(fc.constant(undefined), instant),
  protected: often<string | undefined>(undefined, "never touched"),
});
const views: fc.Arbitrary<View> = fc.record({
  state: fc.constantFrom(ON, OFF, ELSE, undefined),
  gone: fc.boolean(),
  plan: fc.constantFrom<Plan | undefined>(PLAN, PLAN, PLAN, { ...PLAN, refusals: ["shared"] }, undefined),
  settled: fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: instant }),
  isBack: fc.boolean(),
  standing: standings,
  restored: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: instant }),
});
const grace = fc.constantFrom(0, 200, 720);

function often<T>(usual: T, ...seldom: T[]): fc.Arbitrary<T> {
  return fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...seldom) });
}

/** Whatever the wind-down, the world and the hour. */
function always(
  holds: (windDown: WindDown, view: View, now: ReturnType<typeof at>, step: Step, grace: number) => void,
) {
  fc.assert(
    fc.property(windDowns, views, instant, grace, (windDown, view, now, grace) => {
      holds(windDown, view, now, decide(windDown, view, { grace }, now), grace);
    }),
    { numRuns: 4_000 },
  );
}

const voicesOf = ({ answer }: WindDown, view: View, now: ReturnType<typeof at>) =>
  view.plan && answer?.kind === "yes" && answer.token === shown(view.plan, view.standing)
    ? answer.voices.filter((voice) => now < later(voice.at, 168))
    : [];
const costOf = ({ ladder }: WindDown, to: Rung) => ladder.find((one) => one.to === to)?.reversibility;

it("never acts without a person's yes to that very plan, but for what is easily undone on a leaver's idle credential", () => {
  always((windDown, view, now, step) => {
    if (step.do !== "descend") return;
    const { standing, settled, plan } = view;
    expect(standing.mode).not.toBe("observe");
    expect(standing.protected).toBeUndefined();
    expect(settled).toBeUndefined();
    expect(plan?.refusals).toEqual([]);
    if (voicesOf(windDown, view, now).length > 0) return;
    const next = windDown.ladder.find(({ to }) => to === step.to);
    expect(next).toMatchObject({ reversibility: "R1", blast: "credential" });
    expect(["quarantined", "disabled"]).toContain(step.to);
    expect(standing).toMatchObject({
      mode: "act",
      departed: true,
      inUse: false,
      shared: false,
      contested: false,
      unforgeable: true,
    });
    expect(standing.owner).toBeDefined();
    expect(standing.confidence).toBeGreaterThanOrEqual(step.to === "disabled" ? 0.95 : 0.8);
  });
});

it("does on silence only what the question said, after its notice, and by day", () => {
  always((windDown, view, now, step) => {
    if (step.do !== "descend" || voicesOf(windDown, view, now).length > 0) return;
    const { question, answer } = windDown;
    expect(ifSilent(windDown, view)).toBe("goes down");
    expect(question).toMatchObject({ ifSilent: "goes down", token: shown(step.plan, view.standing) });
    expect(hoursBetween(question!.asked, now)).toBeGreaterThanOrEqual(4);
    expect(now >= question!.until && now >= (view.standing.notBefore ?? now)).toBe(true);
    if (answer?.kind === "hold") expect(question!.asked >= answer.until).toBe(true);
    if (answer?.kind === "keep") expect(question!.asked >= answer.lapses).toBe(true);
  });
});

it("does nothing final without a yes, and the grace or two people", () => {
  always((windDown, view, now, step, grace) => {
    if (step.do !== "descend" || costOf(windDown, step.to) !== "R3") return;
    const voices = voicesOf(windDown, view, now);
    expect(voices.length).toBeGreaterThan(0);
    const { ladder, acts } = windDown;
    if (ladder.find(({ to }) => to === "disabled")?.reversibility === "R1")
      expect(
        acts.some(
          ({ to, at, verified }) =>
            to === "disabled" && verified === "confirmed" && now >= later(at, Math.max(grace, 168)),
        ),
      ).toBe(true);
    else {
      expect(new Set(voices.map(({ person }) => person)).size).toBeGreaterThan(1);
      expect(new Set(voices.map(({ account }) => account)).size).toBeGreaterThan(1);
      expect(voices.some(({ security }) => security)).toBe(true);
    }
  });
});

it("takes back only what it did, can take back, and was told to", () => {
  always((windDown, view, now, step) => {
    if (step.do !== "undo") return;
    const { acts, answer } = windDown;
    const leftSo = windDown.doubt !== undefined && same(windDown.doubt.seen, view.state);
    const undone = acts.findLast(
      ({ from, to, receipt }) =>
        from === step.to &&
        costOf(windDown, to) === "R1" &&
        same(receipt.before, step.plan.wanted) &&
        (back(receipt).token === step.plan.token || leftSo),
    );
    expect(undone).toBeDefined();
    const byPerson =
      (answer?.kind === "keep" && answer.accepted) || (answer?.kind === "undo" && answer.by !== undefined);
    const known = [undone?.receipt.after, undone?.receipt.before].some((state) => same(state, view.state));
    expect(known || (byPerson && leftSo)).toBe(true);
    expect(byPerson || answer?.kind === "undo" || (answer?.kind === "hold" && now < answer.until)).toBe(true);
  });
});

it("never waits for ever, nor for what is past", () => {
  always((_windDown, _view, now, step) => {
    if (step.do !== "wait" && step.do !== "offer") return;
    expect(step.until > now).toBe(true);
    expect(hoursBetween(now, step.until)).toBeLessThan(2_000);
  });
});

it("does nothing but wait and read back until what it did was read back", () => {
  always((windDown, view, now, step) => {
    if (view.settled === undefined) return expect(step.do !== "verify" || watchEnds(windDown, now)).toBe(true);
    return expect(step).toEqual(now < view.settled ? { do: "wait", until: view.settled } : { do: "verify" });
  });
});

const watchEnds = ({ acts }: WindDown, now: ReturnType<typeof at>) => {
  const { verified, proof } = acts.at(-1) ?? {};
  return (
    verified === "confirmed" && proof?.sessions !== undefined && proof.at < proof.sessions && proof.sessions <= now
  );
};

it("ends only what it has watched until the longest session can have ended, and sleeps over no end of a watch", () => {
  always(({ acts }, { settled }, now, step) => {
    const { verified, proof } = acts.at(-1) ?? {};
    if (
      settled !== undefined ||
      verified !== "confirmed" ||
      proof?.sessions === undefined ||
      proof.at >= proof.sessions
    )
      return;
    if (step.do === "close") expect(["kept", "undone", "unresolved"]).toContain(step.as);
    if (step.do === "wait" && now < proof.sessions) expect(step.until <= proof.sessions).toBe(true);
  });
});

it("calls bottom only what was seen switched off when it was last read back", () => {
  always(({ acts, rung, doubt }, _view, _now, step) => {
    if (step.do !== "close" || step.as !== "bottom") return;
    expect({ rung, doubt, verified: acts.at(-1)?.verified }).toEqual({
      rung: "disabled",
      doubt: undefined,
      verified: "confirmed",
    });
  });
});

it("calls gone only what is confirmed gone, or was final and is as we left it", () => {
  always((windDown, view, _now, step) => {
    if (step.do !== "close" || step.as !== "gone") return;
    const final = windDown.acts.some(
      ({ to, receipt }) => costOf(windDown, to) === "R3" && same(receipt.after, view.state),
    );
    expect((view.state === undefined && view.gone) || final).toBe(true);
  });
});

it("acts on nothing that somebody's hand has changed since", () => {
  always(({ acts, doubt }, { state, restored }, _now, step) => {
    const last = acts.at(-1);
    if (step.do !== "descend" || last === undefined) return;
    const left = doubt === undefined ? [last.receipt.after] : [last.receipt.after, doubt.seen];
    expect(left.some((one) => same(state, one))).toBe(true);
    expect(last.to === "disabled" && restored !== undefined && restored > last.at).toBe(false);
  });
});

const ladders = fc
  .constantFrom<readonly Rung[]>(
    [],
    ["disabled"],
    ["quarantined"],
    ["quarantined", "disabled"],
    ["disabled", "deleted"],
    ["deleted"],
    ["quarantined", "disabled", "deleted"],
  )
  .chain((rungs) => fc.tuple(...rungs.map((to) => descent.map((one) => ({ ...one, to })))));
const ENDLESS = [
  "only a person can bring it back",
  "it may not have been us who did it: only a person's yes takes it back",
];

it("comes to an end in a world that holds still, whatever people say and when", () => {
  const said = fc.array(fc.record({ after: fc.nat(30), answer }), { maxLength: 3 });
  fc.assert(
    fc.property(ladders, standings, said, grace, (ladder, standing, said, grace) => {
      const live = { ...standing, mode: standing.mode === "observe" ? ("ask" as const) : standing.mode };
      const { steps, closed } = play(aWindDown({ ladder, question: undefined }), live, said, grace);
      const last = steps.at(-1);
      const forPerson = last?.do === "wait" && ENDLESS.includes(last.because ?? "");
      expect(closed || forPerson, JSON.stringify(steps.slice(-3))).toBe(true);
    }),
    { numRuns: 1_500 },
  );
});

interface Played {
  readonly windDown: WindDown;
  readonly now: ReturnType<typeof at>;
  readonly state: View["state"];
  readonly unread: boolean;
  readonly asks: number;
}

/** Goes on step by step; the third custodian is the last. */
function play(
  from: WindDown,
  live: Standing,
  said: readonly { after: number; answer: WindDown["answer"] }[],
  grace: number,
) {
  let world: Played = { windDown: from, now: at(0), state: ON, unread: false, asks: 0 };
  const steps: Step[] = [];
  while (steps.length < 150) {
    const answered = said.find(({ after }) => after === steps.length);
    if (answered) world = { ...world, windDown: { ...world.windDown, answer: answered.answer } };
    const view = seen(world, live);
    const step = decide(world.windDown, view, { grace }, world.now);
    steps.push(step);
    if (step.do === "close") return { steps, closed: true };
    world = { ...world, unread: false, ...after(world, step, view) };
  }
  return { steps, closed: false };
}

function seen({ windDown, state, unread, now }: Played, live: Standing): View {
  const next = nextOf(windDown);
  const wanted = next?.to === "deleted" ? undefined : { status: next?.to ?? "" };
  const plan = next && state && { ...PLAN, before: state, wanted };
  const gone = state === undefined && windDown.acts.at(-1)?.verified === "confirmed";
  return aView({ state, gone, plan, settled: unread ? now : undefined, standing: { ...live, notBefore: undefined } });
}

/** What the store, the case and the provider make of a step. */
function after({ windDown, now, asks }: Played, step: Step, view: View): Partial<Played> {
  switch (step.do) {
    case "wait":
    case "offer":
      return { now: step.until };
    case "ask": {
      const token = view.plan ? shown(view.plan, view.standing) : "none";
      const put = {
        asked: now,
        until: later(now, 72),
        token,
        ifSilent: ifSilent(windDown, view),
        last: asks % 3 === 2,
      };
      return {
        asks: asks + 1,
        windDown: { ...windDown, question: { ...put, custodian: "acc_grace", decision: "dec_01" } },
      };
    }
    case "reopen":
      return { windDown: record(windDown, { kind: "reopened", as: step.as }) };
    case "verify":
      return { windDown: record(windDown, { kind: "verified", verdict: "confirmed" }) };
    case "descend":
    case "undo": {
      const { verb, target, before, wanted } = step.plan;
      const receipt = { verb, target, before, after: wanted, changed: true, adopted: false };
      const kind = step.do === "undo" ? "undone" : "descended";
      return { unread: true, state: wanted, windDown: record(windDown, { kind, to: step.to, receipt, at: now }) };
    }
    case "close":
      return {};
  }
}
