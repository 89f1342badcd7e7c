import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { digest, type Instant, later } from "../kernel/index.ts";
import { append, beginning, broken, type Draft, type Entry, type Head } from "./index.ts";

const MONDAY = "2026-11-02T09:00:00.000Z" as Instant;
const draft = fc.record({
  did: fc.constantFrom("intent.opened", "credential.disabled", "answer.given"),
  by: fc.constantFrom("leasehold", "acc_grace", "acc_sam"),
  facts: fc.dictionary(
    fc.constantFrom("rung", "plan", "verdict", "n"),
    fc.oneof(fc.string(), fc.integer(), fc.boolean()),
  ),
});
const drafts = fc.array(draft, { minLength: 1, maxLength: 12 });

/** As a store would write it, each entry after the one before. */
function written(drafts: readonly Draft[], trail = "wdc_01"): { entries: Entry[]; head: Head } {
  let head = beginning(trail);
  const entries = drafts.map((one, n) => {
    const entry = append(trail, head, one, later(MONDAY, n));
    head = { n: entry.n, hash: entry.hash };
    return entry;
  });
  return { entries, head };
}

/** Somebody who knows how we hash writes an entry's hash, and no other, anew. */
const rehashed = ({ hash: _, ...entry }: Entry): Entry => ({ ...entry, hash: digest(entry) });
const STILL_WHOLE = undefined;

describe("a trail", () => {
  it("is whole as it was written, and begins at nothing", () => {
    fc.assert(
      fc.property(drafts, (all) => {
        const { entries, head } = written(all);
        expect(broken("wdc_01", entries, head)).toBe(STILL_WHOLE);
      }),
    );
    expect(broken("wdc_01", [], beginning("wdc_01"))).toBe(STILL_WHOLE);
  });

  it("numbers its entries from one, each on the hash of the one before", () => {
    const { entries, head } = written([
      { did: "intent.opened", by: "leasehold", facts: {} },
      { did: "act.done", by: "acc_grace", facts: { rung: "disabled" } },
    ]);
    expect(entries.map(({ n, before, trail }) => [n, before, trail])).toEqual([
      [1, "wdc_01", "wdc_01"],
      [2, entries[0]?.hash, "wdc_01"],
    ]);
    expect(entries[1]).toMatchObject({
      did: "act.done",
      by: "acc_grace",
      facts: { rung: "disabled" },
      at: later(MONDAY, 1),
    });
    expect(head).toEqual({ n: 2, hash: entries[1]?.hash });
  });

  const changes: { readonly [field in keyof Entry]: (entry: Entry) => Entry[field] } = {
    did: ({ did }) => `${did}.not`,
    by: ({ by }) => (by === "acc_grace" ? "acc_sam" : "acc_grace"),
    facts: ({ facts }) => ({ ...facts, rung: `${facts["rung"]}!` }),
    at: ({ at }) => later(at, 1),
    trail: () => "wdc_02",
    n: ({ n }) => n + 1,
    before: ({ before }) => `${before}.`,
    hash: ({ hash }) => `${hash}.`,
  };

  describe.each(Object.keys(changes) as (keyof Entry)[])("whose %s was changed anywhere", (field) => {
    it.each([
      ["as it was", (entry: Entry) => entry],
      ["to fit", rehashed],
    ])("is broken, the hash left or made %s", (_title, hashed) => {
      fc.assert(
        fc.property(drafts, fc.nat(), (all, at) => {
          const { entries, head } = written(all);
          const changed = entries.map((one, n) =>
            n === at % entries.length ? { ...one, [field]: changes[field](one) } : one,
          );
          const given = changed.map((one, n) => (n === at % entries.length && field !== "hash" ? hashed(one) : one));
          expect(broken("wdc_01", given, head)).toEqual(expect.any(String));
        }),
      );
    });
  });

  it("is broken where a fact was left out or added", () => {
    const { entries, head } = written([{ did: "act.done", by: "leasehold", facts: { rung: "disabled" } }]);
    const [entry] = entries as [Entry];
    expect(broken("wdc_01", [{ ...entry, facts: {} }], head)).toBe("entry 1 was changed");
    expect(broken("wdc_01", [{ ...entry, facts: { ...entry.facts, by: "x" } }], head)).toBe("entry 1 was changed");
    expect(broken("wdc_01", [{ ...entry, note: "x" } as Entry], head)).toBe("entry 1 was changed");
  });

  it("is broken where any entry was taken out", () => {
    fc.assert(
      fc.property(drafts, fc.nat(), (all, at) => {
        const { entries, head } = written(all);
        const left = entries.toSpliced(at % entries.length, 1);
        expect(broken("wdc_01", left, head)).toEqual(expect.any(String));
      }),
    );
  });

  it("is broken where an end of any length was cut off", () => {
    fc.assert(
      fc.property(drafts, fc.nat(), (all, at) => {
        const { entries, head } = written(all);
        const ends = at % entries.length;
        expect(broken("wdc_01", entries.slice(0, ends), head)).toBe(
          `it ends at entry ${ends}, and should end at ${head.n}`,
        );
      }),
    );
  });

  it("is broken where two entries changed places", () => {
    fc.assert(
      fc.property(fc.array(draft, { minLength: 2, maxLength: 9 }), fc.nat(), fc.nat(), (all, a, b) => {
        const { entries, head } = written(all);
        const [i, j] = [a % entries.length, b % entries.length];
        fc.pre(i !== j);
        const moved = entries.with(i, entries[j]!).with(j, entries[i]!);
        expect(broken("wdc_01", moved, head)).toEqual(expect.any(String));
      }),
    );
  });

  it("is broken where one was put in, though it follows the one before and everything after follows it", () => {
    fc.assert(
      fc.property(drafts, draft, fc.nat(), (all, forged, at) => {
        const { head } = written(all);
        const { entries } = written(all.toSpliced(at % (all.length + 1), 0, forged));
        expect(broken("wdc_01", entries, head)).toEqual(expect.any(String));
      }),
    );
  });

  it("is broken where all of it was written anew", () => {
    const { head } = written([{ did: "act.done", by: "leasehold", facts: {} }]);
    const { entries } = written([{ did: "act.undone", by: "leasehold", facts: {} }]);
    expect(broken("wdc_01", entries, head)).toBe("entry 1 is not the one that it should end with");
  });

  it("is broken where it is another's", () => {
    const { entries, head } = written([{ did: "act.done", by: "leasehold", facts: {} }], "wdc_02");
    expect(broken("wdc_01", entries, head)).toBe("entry 1 belongs to another trail");
  });

  it("is broken where its end is said to be another", () => {
    const { entries, head } = written([{ did: "act.done", by: "leasehold", facts: {} }]);
    expect(broken("wdc_01", entries, { ...head, n: 2 })).toBe("it ends at entry 1, and should end at 2");
  });

  it("says which entry is missing", () => {
    const { entries, head } = written(
      Array.from({ length: 4 }, () => ({ did: "act.done", by: "leasehold", facts: {} })),
    );
    expect(broken("wdc_01", entries.toSpliced(2, 1), head)).toBe("entry 3 is missing");
  });
});
