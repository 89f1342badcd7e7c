import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AccountId, Instant, later } from "../kernel/index.ts";
import { fold, ownerOf, wordFor } from "./fold.ts";
import { isSound, KINDS, WEIGHTS } from "./kinds.ts";
import { EVIDENCE_KINDS, type Evidence, type EvidenceKind, type Statement } from "./model.ts";
import { REASONS } from "./reasons.ts";
import type { Given } from "./statements.ts";

const NOW = Instant.parse("2026-03-02T09:00:00Z");
const DAY = 24;
const says = (kind: EvidenceKind, candidate: AccountId = "acc_ada", at = NOW, source = "aws-iam"): Evidence => ({
  ...{ kind, candidate, source, eventId: `${kind}/${candidate}`, at },
});
const states = (
  role: Statement["role"],
  what: Statement["says"],
  candidate: AccountId = "acc_ada",
  speaker: AccountId = role === "self" ? candidate : `acc_${role}`,
  at = NOW,
): Statement => ({ role, says: what, candidate, speaker, at, eventId: `${role}/${what}` });

const first = (evidence: readonly Evidence[], statements: readonly Statement[] = [], given: Given = {}, now = NOW) =>
  fold(evidence, statements, now, given)[0];
const owner = (evidence: readonly Evidence[], statements: readonly Statement[] = [], given: Given = {}, now = NOW) =>
  ownerOf(fold(evidence, statements, now, given), statements, given);

type Row = [title: string, evidence: readonly EvidenceKind[], from: number, to: number];

describe("what evidence comes to", () => {
  it.each<Row>([
    ["issuance shown by an immutable id is likely: some make things for others", ["issued-by"], 0.94, 0.95],
    ["the making of the identity alone", ["identity-made-by"], 0.92, 0.94],
    ["who made both did one thing", ["issued-by", "identity-made-by"], 0.94, 0.95],
    ["and a tag that agrees makes them certain", ["issued-by", "declared"], 0.98, 0.999],
    ["a person's own consent", ["authorised-by"], 0.98, 0.995],
    ["a session that the identity provider named", ["issued-in-sso-session"], 0.9, 0.95],
    ["the same of a SAML identity provider", ["issued-in-saml-session"], 0.9, 0.95],
    ["a free session name", ["issued-in-session"], 0.6, 0.79],
    ["a tag, which is right more often than it may say", ["declared"], 0.79, 0.79],
    ["a name like a person's", ["held-by"], 0.5, 0.6],
    [
      "everything that the holder could have set is possible at most",
      ["issued-in-session", "identity-made-in-session", "declared"],
      0.79,
      0.79,
    ],
    ["the same deed told twice counts once", ["issued-by", "issued-in-sso-session"], 0.94, 0.95],
    ["a tag makes nobody likely who was not", ["held-by", "declared"], 0.79, 0.79],
  ])("%s", (_title, kinds, from, to) => {
    const confidence = first(kinds.map((kind) => says(kind)))?.confidence;
    expect(confidence).toBeGreaterThanOrEqual(from);
    expect(confidence).toBeLessThanOrEqual(to);
  });

  it.each<[EvidenceKind, EvidenceKind]>([
    ["issued-by", "issued-in-session"],
    ["issued-in-saml-session", "issued-under-source-identity"],
    ["identity-made-in-sso-session", "identity-made-in-session"],
    ["opened-by", "opened-under-source-identity"],
  ])("a deed has one doer: %s leaves nothing to somebody else's %s", (known, chosen) => {
    const [ada, bob] = fold([says(known), says(chosen, "acc_bob")], [], NOW);
    expect(ada).toMatchObject({ account: "acc_ada", confidence: first([says(known)])?.confidence, unforgeable: true });
    expect(bob).toMatchObject({ account: "acc_bob", confidence: 0, unforgeable: false });
  });

  it("and takes nothing of what is said of another deed, or by what could not be forged", () => {
    const tag = fold([says("issued-by"), says("identity-made-in-session", "acc_bob")], [], NOW);
    expect(tag[1]?.confidence).toBeGreaterThan(0.05);
    const two = fold([says("issued-by"), says("issued-in-sso-session", "acc_bob")], [], NOW);
    expect(two[1]?.confidence).toBeGreaterThan(0.2);
  });

  it("leaves room for somebody else: two creators are each less likely", () => {
    const all = fold([says("issued-by"), says("issued-by", "acc_bob")], [], NOW);
    expect(all.map(({ confidence }) => confidence < 0.5)).toEqual([true, true]);
    expect(ownerOf(all, [])?.word).toBe("unknown");
  });

  it("halves with its age", () => {
    const { halfLife } = KINDS["held-by"];
    const fresh = first([says("held-by")])!.confidence;
    const old = first([says("held-by")], [], {}, later(NOW, halfLife * DAY))!.confidence;
    expect(Math.log(old / (1 - old))).toBeCloseTo(Math.log(fresh / (1 - fresh)) / 2, 9);
  });

  it("does not grow because a clock runs behind", () => {
    expect(first([says("issued-by", "acc_ada", later(NOW, DAY))])?.confidence).toBe(
      first([says("issued-by")])?.confidence,
    );
  });

  it("counts the same class once however many systems tell it", () => {
    const two = [says("issued-by"), says("issued-by", "acc_ada", NOW, "okta")];
    expect(first(two)?.confidence).toBe(first([says("issued-by")])?.confidence);
  });

  it("nobody is an owner where nobody is a candidate", () => {
    expect(fold([], [], NOW)).toEqual([]);
    expect(owner([])).toBeUndefined();
  });

  it("knows what the holder could not have written", () => {
    expect(first([says("declared"), says("issued-in-session")])?.unforgeable).toBe(false);
    expect(first([says("declared"), says("issued-by")])?.unforgeable).toBe(true);
  });
});

it("adds up what points at two accounts of one person, and only then is certain", () => {
  const both = [says("issued-by", "acc_okta"), says("declared", "acc_aws")];
  expect(owner(both)?.word).toBe("possible");
  expect(owner(both, [], { clusterOf: () => "acc_aws" })).toMatchObject({ account: "acc_aws", word: "certain" });
});

it("asks to whom an address belonged when the evidence was made, not to whom it belongs now", () => {
  const recycled = (_account: AccountId, at: Instant) => (at < NOW ? "acc_old" : "acc_new");
  const item = says("issued-in-sso-session", "acc_address", later(NOW, -DAY));
  expect(first([item], [], { clusterOf: recycled })?.account).toBe("acc_old");
});

it("asks whose the address in a tag was when the credential began, however often it is listed since", () => {
  const began = later(NOW, -100 * DAY);
  const recycled = (_account: AccountId, at: Instant) => (at === began ? "acc_old" : "acc_new");
  const tag = says("declared", "acc_address");
  expect(first([tag], [], { clusterOf: recycled, began })?.account).toBe("acc_old");
  expect(first([tag], [], { clusterOf: recycled, began: later(NOW, DAY) })?.account).toBe("acc_new");
});

type Said = [title: string, statements: readonly Statement[], then: string, given?: Given];
const BOB = says("issued-by", "acc_bob");

describe("what people say", () => {
  it.each<Said>([
    ["nothing: the evidence stands", [], "acc_bob likely"],
    ["an accept decides", [states("self", "accept")], "acc_ada certain"],
    ["security decides", [states("security", "accept")], "acc_ada certain"],
    ["the manager decides", [states("manager", "accept")], "acc_ada certain"],
    ["nobody nominates somebody else", [states("self", "accept", "acc_ada", "acc_bob")], "acc_bob likely"],
    [
      "the owner about themselves, before security",
      [states("self", "accept"), states("security", "reject")],
      "acc_ada certain",
    ],
    [
      "the owner's no, before the manager's yes",
      [states("self", "reject"), states("manager", "accept")],
      "acc_bob likely",
    ],
    ["security before the manager", [states("security", "accept"), states("manager", "reject")], "acc_ada certain"],
    [
      "security before the manager, on two people",
      [states("security", "accept"), states("manager", "accept", "acc_bob")],
      "acc_ada certain",
    ],
    [
      "two of security who disagree: ask",
      [states("security", "accept"), states("security", "reject", "acc_ada", "acc_other")],
      "acc_bob possible",
    ],
    ["two who both accept: ask", [states("self", "accept"), states("self", "accept", "acc_bob")], "acc_bob possible"],
    ["a reject takes the first away", [states("self", "reject", "acc_bob")], "nobody"],
    [
      "a withdrawal ends what was said",
      [states("self", "accept"), states("self", "withdraw", "acc_ada", "acc_ada", later(NOW, 1))],
      "acc_bob likely",
    ],
    [
      "the latest word of one speaker holds, whatever the order they came in",
      [states("self", "accept", "acc_ada", "acc_ada", later(NOW, 1)), states("self", "reject")],
      "acc_ada certain",
    ],
    [
      "who accepted and left is still the first, and not certain",
      [states("self", "accept")],
      "acc_ada likely",
      { ended: (account) => account === "acc_ada" },
    ],
    [
      "whoever accepted after that comes first",
      [states("self", "accept"), states("self", "accept", "acc_grace")],
      "acc_grace certain",
      { ended: (account) => account === "acc_ada" },
    ],
  ])("%s", (_title, statements, then, given) => {
    const one = owner([BOB], statements, given);
    expect(one === undefined ? "nobody" : `${one.account} ${one.word}`).toBe(then);
    expect(one?.stated ?? false).toBe(then.startsWith("acc_ada") || then.startsWith("acc_grace"));
  });

  it("a withdrawn reject is none", () => {
    const said = [states("self", "reject", "acc_bob"), states("self", "withdraw", "acc_bob", "acc_bob", later(NOW, 1))];
    expect(owner([BOB], said)).toMatchObject({ account: "acc_bob", word: "likely" });
  });

  it("whoever is rejected is nobody's rival any more", () => {
    const both = [BOB, says("issued-by", "acc_ada", NOW, "okta")];
    expect(owner(both)?.word).toBe("unknown");
    expect(owner(both, [states("self", "reject", "acc_bob")])).toMatchObject({ account: "acc_ada", word: "likely" });
  });

  it("a reject does not decay", () => {
    expect(owner([BOB], [states("self", "reject", "acc_bob")], {}, later(NOW, 10_000 * DAY))).toBeUndefined();
  });

  it("what a person said counts as theirs by whichever account", () => {
    const given: Given = { clusterOf: (account) => (account === "acc_slack" ? "acc_ada" : account) };
    expect(owner([], [states("self", "accept", "acc_ada", "acc_slack")], given)).toMatchObject({
      stated: true,
      unforgeable: true,
    });
  });
});

const anyEvidence = fc.record({
  kind: fc.constantFrom(...EVIDENCE_KINDS),
  candidate: fc.constantFrom("acc_a", "acc_b", "acc_c"),
  source: fc.constantFrom("okta", "aws-iam"),
  eventId: fc.constantFrom("e1", "e2"),
  at: fc.integer({ min: 0, max: 2_000 }).map((days) => later(NOW, -days * DAY)),
}) as fc.Arbitrary<Evidence>;

describe("whatever the evidence", () => {
  it("no order of it changes a single bit", () => {
    fc.assert(
      fc.property(fc.array(anyEvidence, { maxLength: 8 }), (all) => {
        expect(fold([...all].reverse(), [], NOW)).toEqual(fold(all, [], NOW));
      }),
    );
  });

  it("nothing that the holder could have set makes anyone likely", () => {
    const forged = anyEvidence.filter(({ kind }) => !isSound(KINDS[kind]));
    fc.assert(
      fc.property(fc.array(forged, { minLength: 1, maxLength: 20 }), (all) => {
        for (const { confidence, unforgeable } of fold(all, [], NOW)) {
          expect(confidence).toBeLessThan(0.8);
          expect(unforgeable).toBe(false);
        }
      }),
    );
  });

  it("nothing that the holder adds for a candidate makes that one likely who was not", () => {
    const forged = anyEvidence.filter(({ kind }) => !isSound(KINDS[kind]));
    fc.assert(
      fc.property(fc.array(anyEvidence, { maxLength: 6 }), fc.array(forged, { maxLength: 6 }), (all, more) => {
        const mine = more.map((item) => ({ ...item, candidate: "acc_a" as const }));
        const of = (items: readonly Evidence[]) =>
          fold(items, [], NOW).find(({ account }) => account === "acc_a")?.confidence ?? 0;
        const after = of([...all, ...mine]);
        const before = of(all.filter(({ kind, candidate }) => candidate !== "acc_a" || isSound(KINDS[kind])));
        if (before < 0.8) expect(after).toBeLessThan(0.8);
      }),
    );
  });

  it("more that speaks for somebody never makes them less likely, wherever they are", () => {
    const instant = fc.integer({ min: 0, max: 2_000 }).map((days) => later(NOW, -days * DAY));
    const gone = fc.record({
      left: fc.option(instant, { nil: undefined }),
      moved: fc.option(instant, { nil: undefined }),
    });
    const more = anyEvidence
      .filter(({ kind }) => KINDS[kind].namesNobody !== true)
      .map((item) => ({ ...item, candidate: "acc_a" as const, at: NOW }));
    fc.assert(
      fc.property(fc.array(anyEvidence, { maxLength: 6 }), more, gone, instant, (all, one, where, began) => {
        const given: Given = { whereabouts: () => where, began };
        const of = (items: readonly Evidence[]) =>
          fold(items, [], NOW, given).find(({ account }) => account === "acc_a")?.confidence ?? 0;
        expect(of([...all, one])).toBeGreaterThanOrEqual(of(all) - 1e-12);
      }),
    );
  });

  it("the confidences leave room for nobody, and are sorted", () => {
    fc.assert(
      fc.property(fc.array(anyEvidence, { maxLength: 10 }), (all) => {
        const confidences = fold(all, [], NOW).map(({ confidence }) => confidence);
        expect(confidences.reduce((sum, one) => sum + one, 0)).toBeLessThan(1);
        expect(confidences).toEqual([...confidences].sort((a, b) => b - a));
      }),
    );
  });
});

it.each([
  [0.95, "certain"],
  [0.9499, "likely"],
  [0.8, "likely"],
  [0.7999, "possible"],
  [0.5, "possible"],
  [0.4999, "unknown"],
])("%d is called %s", (confidence, word) => {
  expect(wordFor(confidence)).toBe(word);
});

it.each(["issuance", "identity", "opening"] as const)("of one %s, what is harder to forge weighs no less", (deed) => {
  const rank = { nobody: 2, administrator: 1, pusher: 0, holder: 0 } as const;
  const kinds = Object.values(KINDS).filter(({ sourceClass }) => sourceClass === deed);
  for (const one of kinds)
    for (const other of kinds)
      if (rank[one.forgeableBy] > rank[other.forgeableBy]) expect(one.weight).toBeGreaterThanOrEqual(other.weight);
});

it("no deed alone is certain, and no tag weighs more than one that was not forged", () => {
  for (const { sourceClass, weight, forgeableBy } of Object.values(KINDS)) {
    if (["consent", "account", "declaration"].includes(sourceClass)) continue;
    expect(1 / (1 + Math.exp(-weight))).toBeLessThan(0.95);
    if (isSound({ forgeableBy })) expect(weight).toBeGreaterThanOrEqual(KINDS.declared.weight);
  }
});

it("another table over the same evidence gives another answer", () => {
  const kinds = { ...KINDS, "issued-by": { ...KINDS["issued-by"], weight: 1 } };
  const [one] = fold([says("issued-by")], [], NOW, {}, { ...WEIGHTS, kinds });
  expect(one?.confidence).toBeCloseTo(1 / (1 + Math.exp(-1)), 9);
});

it("every kind says what it weighs, how long, and who could have made it up", () => {
  expect(Object.keys(KINDS).sort()).toEqual([...EVIDENCE_KINDS].sort());
  expect(Object.keys(REASONS).sort()).toEqual([...EVIDENCE_KINDS].sort());
  for (const reason of Object.values(REASONS)) expect(reason).not.toBe("");
  for (const kind of Object.values(KINDS)) {
    expect(kind.weight).toBeGreaterThan(0);
    expect(kind.halfLife).toBeGreaterThan(0);
  }
});
