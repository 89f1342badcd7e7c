import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { digest, type Instant, later } from "../kernel/index.ts";
import {
  append,
  beginning,
  type Checked,
  checkLines,
  type Draft,
  type Entry,
  isEntry,
  type KeptRoot,
  keptIn,
  type Line,
  lineIn,
} from "./index.ts";

const MONDAY = "2026-11-02T09:00:00.000Z" as Instant;
const draft = fc.record({
  did: fc.constantFrom("intent.opened", "act.done", "answer.given"),
  by: fc.constantFrom("leasehold", "acc_grace", "acc_sam"),
  facts: fc.record({
    to: fc.constantFrom("disabled", "deleted"),
    n: fc.integer(),
    adopted: fc.boolean(),
    text: fc.string(),
  }),
});
const [CAS, WDC] = ["cas_01", "wdc_01"];

function written(trail: string, drafts: readonly Draft[]): readonly Entry[] {
  const entries: Entry[] = [];
  let head = beginning(trail);
  for (const [n, one] of drafts.entries()) {
    const entry = append(trail, head, one, later(MONDAY, n));
    entries.push(entry);
    head = { n: entry.n, hash: entry.hash };
  }
  return entries;
}
const endOf = (entries: readonly Entry[]): Line => {
  const last = entries.at(-1)!;
  return { trail: last.trail, entries: last.n, hash: last.hash };
};

/** One wind-down, and the case that closed while its trail ended where `at` says; the trail may have gone on since. */
function exported(drafts: readonly Draft[], at = drafts.length) {
  const windDown = written(WDC, drafts);
  const root = windDown[at - 1]!;
  const facts = { because: "every item has ended", completeness: "x", [WDC]: `${root.n}/${root.hash}` };
  const ofCase = written(CAS, [
    { did: "case.opened", by: "leasehold", facts: { trigger: "left" } },
    { did: "case.closed", by: "leasehold", facts },
  ]);
  return { windDown, ofCase, lines: [...ofCase, endOf(ofCase), ...windDown, endOf(windDown)] };
}
const kept = (...trails: readonly (readonly Entry[])[]): readonly KeptRoot[] =>
  trails.map((entries) => ({ ...(endOf(entries) as KeptRoot), at: MONDAY }));
const wrong = (lines: readonly Line[], how: Parameters<typeof checkLines>[1] = {}) =>
  checkLines(
    lines.map((line) => lineIn(JSON.parse(JSON.stringify(line)))!),
    how,
  ).filter(({ broken }) => broken !== undefined);
const names = ({ broken }: Checked) => /entr(y|ies)|ends?/.test(broken ?? "");

const drafts = fc.array(draft, { minLength: 2, maxLength: 8 });

it("an export as it was written is whole, also where a trail went on after its case was closed", () => {
  fc.assert(
    fc.property(drafts, fc.nat(), (all, at) => {
      const { lines, windDown, ofCase } = exported(all, 1 + (at % all.length));
      expect(wrong(lines, { kept: kept(windDown, ofCase) })).toEqual([]);
    }),
  );
});

/** Every value of a line, nested ones too, by the path to it. */
function pathsOf(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (value === null || typeof value !== "object") return [path];
  return Object.entries(value).flatMap(([key, one]) => pathsOf(one, [...path, key]));
}
const other = (value: unknown): unknown => {
  if (typeof value === "number") return value + 1;
  return typeof value === "boolean" ? !value : `${String(value)}x`;
};
function changedAt<T>(value: T, [key, ...rest]: readonly string[], to: (was: unknown) => unknown): T {
  if (key === undefined) return to(value) as T;
  const fields = value as Record<string, unknown>;
  return { ...fields, [key]: changedAt(fields[key], rest, to) } as T;
}
const rehashed = (line: Line): Line => {
  if (!isEntry(line)) return line;
  const { hash: _, ...rest } = line;
  return { ...rest, hash: digest(rest) };
};

describe("every field of every line, changed", () => {
  it.each([
    ["and the hash left", (line: Line) => line],
    ["and the hash made to fit", rehashed],
  ])("is found, %s", (_title, hashed) => {
    fc.assert(
      fc.property(drafts, (all) => {
        const { lines } = exported(all);
        for (const [n, line] of lines.entries())
          for (const path of pathsOf(line)) {
            const changed = hashed(changedAt(line, path, other));
            const found = wrong(lines.with(n, path.at(-1) === "hash" ? changedAt(line, path, other) : changed));
            expect.soft([n, path, found.length > 0 && found.every(names)]).toEqual([n, path, true]);
          }
      }),
      { numRuns: 20 },
    );
  });

  it("is found where a field is added or taken out, nested or not", () => {
    const { lines } = exported([{ did: "act.done", by: "leasehold", facts: { to: "disabled" } }]);
    for (const [n, line] of lines.entries()) {
      if (!isEntry(line)) continue;
      expect(wrong(lines.with(n, { ...line, note: "x" } as Entry))).not.toEqual([]);
      expect(wrong(lines.with(n, { ...line, facts: { ...line.facts, note: "x" } }))).not.toEqual([]);
      expect(wrong(lines.with(n, { ...line, facts: {} }))).not.toEqual([]);
    }
  });
});

describe("lines", () => {
  it("that were taken out, put in twice or put elsewhere are found", () => {
    fc.assert(
      fc.property(drafts, fc.nat(), fc.nat(), (all, a, b) => {
        const { lines } = exported(all);
        const [i, j] = [a % lines.length, b % lines.length];
        expect(wrong(lines.toSpliced(i, 1))).not.toEqual([]);
        expect(wrong(lines.toSpliced(i, 0, lines[i]!))).not.toEqual([]);
        const [one, two] = [lines[i]!, lines[j]!];
        fc.pre(i !== j && isEntry(one) && isEntry(two) && one.trail === two.trail);
        expect(wrong(lines.with(i, two).with(j, one))).not.toEqual([]);
      }),
    );
  });

  it("of a whole trail that was written anew with its end are found by what its case wrote down", () => {
    const { lines, windDown } = exported([
      { did: "act.done", by: "leasehold", facts: {} },
      { did: "act.undone", by: "leasehold", facts: {} },
    ]);
    const forged = written(WDC, [
      { did: "act.done", by: "leasehold", facts: {} },
      { did: "wind-down.closed", by: "leasehold", facts: {} },
    ]);
    const others = lines.filter(({ trail }) => trail !== WDC);
    expect(wrong([...others, ...forged, endOf(forged)])).toMatchObject([
      { trail: WDC, broken: "entry 2 is not the one that its closed case names" },
    ]);
    expect(wrong([...others, forged[0]!, endOf(forged.slice(0, 1))])).toMatchObject([
      { trail: WDC, broken: "entry 2 is missing, and its closed case names it" },
    ]);
    expect(windDown).toHaveLength(2);
  });

  it("of everything written anew, the case too, are found by the roots that were kept before", () => {
    const before = exported([{ did: "act.done", by: "leasehold", facts: {} }]);
    const forged = exported([{ did: "act.undone", by: "leasehold", facts: {} }]);
    expect(wrong(forged.lines)).toEqual([]);
    expect(wrong(forged.lines, { kept: kept(before.windDown) })).toMatchObject([
      { trail: WDC, broken: `entry 1 is not the one that the root kept at ${MONDAY} names` },
    ]);
  });
});

describe("an export since an instant", () => {
  const { lines, windDown } = exported(Array.from({ length: 4 }, () => ({ did: "act.done", by: "x", facts: {} })));
  const later3 = lines.filter((line) => !isEntry(line) || line.trail !== WDC || line.n >= 3);

  it("is whole where that is said, and lacks its beginning where it is not", () => {
    expect(wrong(later3, { partly: true, kept: kept(windDown.slice(0, 1), windDown) })).toEqual([]);
    expect(wrong(later3)).toMatchObject([{ trail: WDC, broken: "entry 1 is missing" }]);
    expect(checkLines(later3, { partly: true }).map(({ from }) => from)).toEqual([1, 3]);
  });

  it("is still held against the roots that fall into it", () => {
    const other = written(WDC, [{ did: "x", by: "x", facts: {} }]);
    const root = { ...kept(other)[0]!, entries: 3 };
    expect(wrong(later3, { partly: true, kept: [root] })).toMatchObject([
      { broken: `entry 3 is not the one that the root kept at ${MONDAY} names` },
    ]);
  });
});

it("says that a trail's end is missing, or stands there twice", () => {
  const { lines, windDown } = exported([{ did: "act.done", by: "x", facts: {} }]);
  expect(wrong(lines.slice(0, -1))).toMatchObject([{ broken: "the file does not say where it ends" }]);
  expect(wrong([...lines, endOf(windDown)])).toMatchObject([{ broken: "the file names two ends of it" }]);
});

it.each([
  ["nothing", null],
  ["a number", 1],
  ["an end with another field", { trail: WDC, entries: 1, hash: "x", at: MONDAY }],
  ["an entry without its hash", { trail: WDC, n: 1, at: MONDAY, before: WDC, did: "x", by: "x", facts: {} }],
  ["an entry with a fact that is none", { ...written(WDC, [{ did: "x", by: "x", facts: {} }])[0], facts: { a: [1] } }],
])("%s is no line of an export", (_title, line) => {
  expect(lineIn(line)).toBeUndefined();
});

it("reads an object of kept roots, and nothing else", () => {
  const trails = [{ trail: WDC, entries: 1, hash: "x" }];
  expect(keptIn({ at: MONDAY, trails })).toEqual([{ ...trails[0], at: MONDAY }]);
  for (const one of [null, {}, { at: "x", trails }, { at: MONDAY, trails: [{}] }]) expect(keptIn(one)).toBeUndefined();
});
