import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EVIDENCE_KINDS, type Evidence, type Statement } from "../attribution/index.ts";
import { canonical, instantOf } from "../kernel/index.ts";
import { join, joinEdge } from "./join.ts";
import type { Contribution, Edge, Subject } from "./model.ts";

const at = fc.integer({ min: 0, max: 4 }).map((day) => instantOf(day * 86_400_000));
const short = fc.constantFrom("a", "b", "c");
const fact = fc.record({ value: short, at, eventId: short });
const turns = fc.array(fc.record({ value: short, at }), { maxLength: 3 });
const through = fc.array(
  short.map((name) => `ses_${name}` as const),
  { minLength: 1, maxLength: 3 },
);
const evidence = fc
  .record({
    kind: fc.constantFrom(...EVIDENCE_KINDS),
    candidate: short.map((name) => `acc_${name}` as const),
    source: short,
    eventId: short,
    at,
    through: fc.option(through, { nil: undefined }),
  })
  .map(({ through: sessions, ...item }): Evidence => (sessions ? { ...item, through: sessions } : item));
const said: fc.Arbitrary<Contribution> = fc.record({
  subject: fc.record({ id: fc.constant("crd_1" as const), kind: fc.constant("credential" as const), tenant: short }),
  facts: fc.dictionary(fc.constantFrom("tenant", "state", "type"), fact),
  turns: fc.dictionary(fc.constantFrom("email", "team"), turns),
  evidence: fc.array(evidence, { maxLength: 5 }),
  edges: fc.constant([]),
});
const edge = fc
  .record({ first: at, last: at, retracted: fc.option(at, { nil: undefined }) })
  .map((span): Edge => ({ from: "idn_1", rel: "holds", to: "crd_1", ...span }));

const joined = (all: readonly Contribution[]) => all.reduce<Subject | undefined>(join, undefined);
const asSaid = (subject: Subject): Contribution => ({ ...subject, subject, edges: [] });

describe("the join of subjects", () => {
  it("gives back the very same where nothing is new, and another one where anything is", () => {
    fc.assert(
      fc.property(fc.array(said, { minLength: 1, maxLength: 4 }), said, (all, one) => {
        const known = joined(all);
        for (const again of all) expect(join(known, again)).toBe(known);
        const after = join(known, one);
        expect(after === known).toBe(canonical(after) === canonical(known));
      }),
    );
  });

  it("does not care for order or repetition", () => {
    fc.assert(
      fc.property(fc.array(said, { minLength: 1, maxLength: 6 }), fc.infiniteStream(fc.nat()), (all, dice) => {
        const shuffled = [...all, ...all]
          .map((one) => [dice.next().value as number, one] as const)
          .sort(([a], [b]) => a - b)
          .map(([, one]) => one);
        expect(canonical(joined(shuffled))).toBe(canonical(joined(all)));
      }),
      { numRuns: 300 },
    );
  });

  it("does not care how what is said was grouped before", () => {
    fc.assert(
      fc.property(said, said, said, (a, b, c) => {
        const left = join(joined([a, b]), c);
        const right = join(joined([a]), asSaid(joined([b, c])!));
        expect(canonical(left)).toBe(canonical(right));
      }),
    );
  });

  it("changes nothing when it hears what it knows", () => {
    fc.assert(
      fc.property(fc.array(said, { minLength: 1 }), (all) => {
        const known = joined(all)!;
        expect(canonical(join(known, all[0]!))).toBe(canonical(known));
      }),
    );
  });

  it("keeps no two of one candidate, kind and source: the latest of a thing itself, the nearest and earliest of a session", () => {
    fc.assert(
      fc.property(fc.array(evidence, { maxLength: 12 }), (items) => {
        const base = { subject: { id: "crd_1", kind: "credential", tenant: "t" }, facts: {}, turns: {} } as const;
        const kept = join(undefined, { ...base, evidence: items }).evidence;
        const same = (a: Evidence, b: Evidence) =>
          a.candidate === b.candidate && a.kind === b.kind && a.source === b.source;
        for (const item of items) {
          const found = kept.filter((one) => same(one, item));
          expect(found).toHaveLength(1);
          const [{ at: when, through: hops = [] }] = found as [Evidence];
          const rest = items.filter((one) => same(one, item) && (one.through ?? []).length === hops.length);
          const times = rest.map((one) => one.at).sort();
          expect(hops.length).toBeLessThanOrEqual((item.through ?? []).length);
          expect(when).toBe(hops.length > 0 || item.kind.startsWith("opened") ? times[0] : times.at(-1));
        }
      }),
    );
  });

  it("keeps what people said: no signal can unsay it", () => {
    const spoke = {
      speaker: "acc_a",
      role: "self",
      candidate: "acc_a",
      says: "accept",
      at: instantOf(0),
      eventId: "e",
    } as const;
    const statements: readonly Statement[] = [spoke];
    const subject = { ...join(undefined, fc.sample(said, { numRuns: 1, seed: 1 })[0]!), statements };
    expect(join(subject, fc.sample(said, { numRuns: 1, seed: 2 })[0]!).statements).toBe(statements);
  });
});

it("takes the later time, then the greater event, then the greater value", () => {
  const day = (n: number) => instantOf(n * 86_400_000);
  const facts = (value: string, n: number, eventId: string): Contribution => ({
    subject: { id: "crd_1", kind: "credential", tenant: "t" },
    facts: { state: { value, at: day(n), eventId } },
    ...{ turns: {}, evidence: [], edges: [] },
  });
  const wins = (a: Contribution, b: Contribution) => join(join(undefined, a), b).facts["state"]?.value;
  expect(wins(facts("off", 2, "a"), facts("on", 1, "z"))).toBe("off");
  expect(wins(facts("off", 1, "b"), facts("on", 1, "a"))).toBe("off");
  expect(wins(facts("off", 1, "a"), facts("on", 1, "a"))).toBe("on");
});

describe("the join of edges", () => {
  it("does not care for order, grouping or repetition", () => {
    fc.assert(
      fc.property(edge, edge, edge, (a, b, c) => {
        expect(joinEdge(a, b)).toEqual(joinEdge(b, a));
        expect(joinEdge(joinEdge(a, b), c)).toEqual(joinEdge(a, joinEdge(b, c)));
        expect(joinEdge(a, a)).toEqual(a);
      }),
    );
  });

  it("widens, and never forgets a retraction", () => {
    fc.assert(
      fc.property(edge, edge, (a, b) => {
        const both = joinEdge(a, b);
        expect(both.first <= a.first && both.last >= a.last).toBe(true);
        if (a.retracted !== undefined) expect(both.retracted! >= a.retracted).toBe(true);
      }),
    );
  });
});
