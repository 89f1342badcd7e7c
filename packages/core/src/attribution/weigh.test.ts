import { describe, expect, it } from "vitest";
import { type AccountId, Instant, later } from "../kernel/index.ts";
import { fold, wordFor } from "./fold.ts";
import type { Evidence, EvidenceKind, Owner, Statement } from "./model.ts";
import type { Given, Whereabouts } from "./statements.ts";

const NOW = Instant.parse("2026-03-02T09:00:00Z");
const DAY = 24;
const says = (kind: EvidenceKind, candidate: AccountId = "acc_ada", at = NOW): Evidence => ({
  ...{ kind, candidate, source: "aws-iam", eventId: `${kind}/${candidate}`, at },
});
const first = (evidence: readonly Evidence[], statements: readonly Statement[] = [], given: Given = {}, now = NOW) =>
  fold(evidence, statements, now, given)[0];

describe("where people have gone since", () => {
  const MADE = later(NOW, -100 * DAY);
  const GONE = later(NOW, -10 * DAY);
  const BEFORE = later(NOW, -200 * DAY);
  const made = [says("issued-by", "acc_ada", MADE)];
  const agreed = [...made, says("declared", "acc_ada")];
  const where = (of: Whereabouts, began?: Instant): Given => ({ whereabouts: () => of, began });
  const sure = (evidence: readonly Evidence[], of: Whereabouts = {}, began?: Instant, now = NOW) =>
    first(evidence, [], where(of, began), now)?.confidence ?? 0;

  it.each<[string, readonly Evidence[], Whereabouts, Owner["word"]]>([
    ["whoever made it and left is still the likely one", made, { left: GONE }, "likely"],
    ["and certain, where a tag agrees", agreed, { left: GONE }, "certain"],
    ["the same of whoever moved", made, { moved: GONE }, "likely"],
  ])("%s, and a little less surely", (_title, evidence, of, word) => {
    expect(wordFor(sure(evidence, of))).toBe(word);
    expect(sure(evidence, of)).toBeLessThan(sure(evidence));
  });

  it("what they made after they had moved, they made where they are now", () => {
    expect(sure(made, { moved: BEFORE })).toBe(sure(made));
  });

  it("what they consented to cannot be handed on", () => {
    const consent = [says("authorised-by", "acc_ada", MADE)];
    expect(sure(consent, { left: GONE })).toBe(sure(consent));
  });

  it("what is declared of them is kept up no more from the day they left", () => {
    const soon = sure(agreed, { left: GONE });
    const year = later(NOW, 365 * DAY);
    const listed = [says("issued-by", "acc_ada", MADE), says("declared", "acc_ada", year)];
    expect(sure(listed, {}, undefined, year)).toBeGreaterThan(sure(listed, { left: GONE }, undefined, year));
    expect(sure(listed, { left: GONE }, undefined, year)).toBeLessThan(soon);
  });

  it.each<[string, Evidence, boolean]>([
    ["having made the identity", says("identity-made-by", "acc_ada", BEFORE), false],
    ["a tag that still names them", says("declared"), false],
    ["a name like theirs", says("held-by"), false],
    ["having made it all the same", says("issued-by", "acc_ada", later(MADE, 1)), true],
    ["having made it in a session of before", { ...says("issued-by", "acc_ada", BEFORE), through: ["ses_1"] }, true],
    ["the identity in one", { ...says("identity-made-by", "acc_ada", BEFORE), through: ["ses_1"] }, false],
  ])("of whoever had left before it began: %s", (_title, item, counts) => {
    expect(sure([item], { left: later(MADE, -DAY) }, MADE) > 0).toBe(counts);
    expect(sure([item], { left: later(MADE, DAY) }, MADE)).toBeGreaterThan(0);
  });

  it("and whoever it was before is nobody's rival", () => {
    const left: Given = { whereabouts: (one) => (one === "acc_bob" ? { left: later(MADE, -DAY) } : {}), began: MADE };
    const all = [...made, says("identity-made-by", "acc_bob", BEFORE)];
    expect(first(all)?.confidence).toBeLessThan(0.6);
    expect(first(all, [], left)).toMatchObject({ account: "acc_ada", confidence: first(made)?.confidence });
  });

  it("what was issued after they had left, in a session of before, they did not hand on before they left", () => {
    const through = [{ ...says("issued-by", "acc_ada", later(MADE, -2)), through: ["ses_1" as const] }];
    expect(sure(through, { left: later(MADE, -1) }, MADE)).toBe(sure(through, {}, MADE));
  });

  it("a statement outweighs where they went", () => {
    const said: Statement = {
      ...{ speaker: "acc_security", role: "security", candidate: "acc_ada", says: "accept", at: NOW, eventId: "said" },
    };
    expect(first(agreed, [said], where({ left: GONE }))?.confidence).toBe(0.99);
  });
});

describe("what is inferred", () => {
  const all: readonly EvidenceKind[] = ["issued-in-run", "identity-made-in-run", "held-by", "declared"];
  const run = all.map((kind) => says(kind));

  it("is likely at most, with all that the holder or an administrator could have written", () => {
    for (const evidence of [run, run.slice(0, 3), run.toSpliced(2, 1)])
      expect(wordFor(first(evidence)?.confidence ?? 0)).toBe("likely");
  });

  it("takes nothing from what an id joins, and what a person said outweighs it", () => {
    const known = [says("issued-by"), says("declared")];
    expect(first([...known, says("issued-in-run")])?.confidence).toBe(first(known)?.confidence);
    const said: Statement = {
      ...{ speaker: "acc_ada", role: "self", candidate: "acc_ada", says: "accept", at: NOW, eventId: "said" },
    };
    expect(first(run, [said])?.confidence).toBe(0.99);
  });
});

describe("who contradicts whom", () => {
  const made = says("issued-by");
  const tag = says("declared", "acc_bob");
  const faceless: Given = { whereabouts: (one) => ({ addressed: one !== "acc_ada" }) };

  it("a tag that names somebody else takes from the maker, and makes nobody likely", () => {
    const [ada, bob] = fold([made, tag], [], NOW);
    expect(ada).toMatchObject({ account: "acc_ada" });
    expect(wordFor(ada?.confidence ?? 0)).toBe("possible");
    expect(wordFor(bob?.confidence ?? 1)).toBe("unknown");
  });

  it("an account whose address nobody knows may be that very person's: the tag takes nothing from it", () => {
    expect(first([made, tag], [], faceless)?.confidence).toBe(first([made])?.confidence);
  });

  it("but somebody else's deed does", () => {
    const other = says("issued-in-sso-session", "acc_bob");
    expect(first([made, other], [], faceless)?.confidence).toBe(first([made, other])?.confidence);
  });

  it("nor has anybody no face whom a name led to", () => {
    const named = [says("issued-in-sso-session"), tag];
    expect(first(named, [], faceless)?.confidence).toBe(first(named)?.confidence);
  });
});
