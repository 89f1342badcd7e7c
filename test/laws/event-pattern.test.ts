import type { EventPattern } from "@leasehold/core/connector";
import { Fault } from "@leasehold/core/kernel";
import { compile, matches } from "@leasehold/local/pattern";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { at, MATCH, NO_MATCH, REFUSED, withX } from "./event-pattern/rows.ts";

describe("EventBridge's pattern language", () => {
  it.each(MATCH)("matches: %s", (_title, pattern, event) => {
    expect(matches(pattern, event)).toBe(true);
  });

  it.each(NO_MATCH)("does not match: %s", (_title, pattern, event) => {
    expect(matches(pattern, event)).toBe(false);
  });

  it.each(REFUSED)("refuses: %s", (_title, pattern, path) => {
    expect(fault(() => compile(pattern as EventPattern))).toEqual({ name: "BadInput", path });
  });

  it("refuses more combinations than EventBridge takes", () => {
    const either = (name: string) => ({
      [name]: { $or: Array.from({ length: 32 }, (_, n) => ({ [`f${n}`]: ["x"] })) },
    });
    expect(fault(() => compile({ ...either("a"), ...either("b") }))).toMatchObject({ name: "BadInput" });
  });

  it("does not multiply long lists that have nothing to do with each other", () => {
    const list = (field: string) => Array.from({ length: 2_000 }, (_, n) => ({ [field]: `v${n}` }));
    const event = { a: list("x"), b: list("y"), c: list("z"), d: "off" };
    expect(
      matches(
        { a: { x: [{ prefix: "v" }] }, b: { y: [{ prefix: "v" }] }, c: { z: [{ prefix: "v" }] }, d: ["on"] },
        event,
      ),
    ).toBe(false);
  });
});

describe("whatever comes", () => {
  const plain = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
  const text = fc.string({ unit: fc.constantFrom("a", "b", "*", "\\", "é", "B") });
  const escaped = (value: string) => value.replace(/[\\*]/g, (sign) => `\\${sign}`);

  it("a value matches itself, and what is anything but itself does not", () => {
    fc.assert(
      fc.property(plain, (value) => {
        expect(matches(at(value), withX(value))).toBe(true);
        if (typeof value === "string" || typeof value === "number")
          expect(matches(at({ "anything-but": value }), withX(value))).toBe(false);
      }),
    );
  });

  it("exists and exists not are each other's opposite", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (x) => {
        expect(matches(at({ exists: true }), withX(x))).toBe(!matches(at({ exists: false }), withX(x)));
      }),
    );
  });

  it("an operator on a single text and anything but that operator are each other's opposite", () => {
    fc.assert(
      fc.property(
        text,
        text.filter((part) => part !== ""),
        (value, part) => {
          for (const operator of [
            { prefix: part },
            { suffix: part },
            { "equals-ignore-case": part },
            { wildcard: escaped(part) },
          ])
            expect(matches(at(operator), withX(value))).toBe(!matches(at({ "anything-but": operator }), withX(value)));
        },
      ),
    );
  });

  it("a wildcard says what the same regular expression says", () => {
    fc.assert(
      fc.property(
        fc.array(
          text.map((part) => part.replaceAll("*", "")),
          { minLength: 1, maxLength: 5 },
        ),
        text,
        (pieces, value) => {
          fc.pre(!escaped(pieces.join("*")).includes("**") && pieces.slice(1, -1).every((piece) => piece !== ""));
          const spoken = new RegExp(`^${pieces.map((p) => p.replace(/\\/g, "\\\\")).join("[^]*")}$`);
          expect(matches(at({ wildcard: pieces.map(escaped).join("*") }), withX(value))).toBe(spoken.test(value));
        },
      ),
    );
  });

  it("cidr says what arithmetic says", () => {
    fc.assert(
      fc.property(fc.nat(0xffffffff), fc.nat(0xffffffff), fc.integer({ min: 1, max: 31 }), (network, address, mask) => {
        const size = 2 ** (32 - mask);
        const first = Math.floor(network / size) * size;
        const dotted = (n: number) => [24, 16, 8, 0].map((shift) => Math.floor(n / 2 ** shift) % 256).join(".");
        const near = first + (address % (2 * size)); // in it about half the time
        fc.pre(near <= 0xffffffff);
        expect(matches(at({ cidr: `${dotted(first)}/${mask}` }), withX(dotted(near)))).toBe(near < first + size);
      }),
    );
  });

  it("the order of keys, of alternatives and of $or is nothing", () => {
    const member = fc.oneof(
      plain,
      fc.constantFrom({ exists: false }, { exists: true }, { prefix: "a" }, { numeric: [">", 0] }),
    );
    const leaf = fc.array(member, { minLength: 1, maxLength: 3 });
    const event = fc.record({
      a: fc.jsonValue({ maxDepth: 2 }),
      b: fc.jsonValue({ maxDepth: 2 }),
      c: fc.jsonValue({ maxDepth: 2 }),
    });
    fc.assert(
      fc.property(leaf, leaf, leaf, event, (a, b, c, seen) => {
        const one = { a, $or: [{ b }, { c }] } as EventPattern;
        const other = { $or: [{ c: [...c].reverse() }, { b }], a: [...a].reverse() } as EventPattern;
        expect(matches(one, seen)).toBe(matches(other, seen));
        expect(matches(one, seen)).toBe(matches({ a, b }, seen) || matches({ a, c }, seen));
      }),
    );
  });

  it("no event makes a pattern throw, and no pattern does anything but compile or be refused", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (pattern, event) => {
        const compiled = attempt(() => compile(pattern as EventPattern));
        if (compiled instanceof Error) expect(compiled).toBeInstanceOf(Fault);
        else expect(typeof compiled(event)).toBe("boolean");
      }),
    );
  });
});

function attempt<T>(run: () => T): T | Error {
  try {
    return run();
  } catch (error) {
    return error as Error;
  }
}

function fault(run: () => unknown): unknown {
  const thrown = attempt(run);
  return thrown instanceof Fault ? { name: thrown.name, path: thrown.facts["path"] } : thrown;
}
