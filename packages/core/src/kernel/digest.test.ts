import fc from "fast-check";
import { expect, it } from "vitest";
import { alike, canonical, digest } from "./digest.ts";

it("has one spelling for one value, in whatever order its keys were set, at every depth", () => {
  const shuffled = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(shuffled);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, inner]) => [key, shuffled(inner)]),
    );
  };
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(canonical(shuffled(value))).toBe(canonical(value));
      expect(canonical(JSON.parse(canonical(value)))).toBe(canonical(value));
    }),
  );
});

it("has another spelling for another value", () => {
  const plain = (value: unknown) => JSON.parse(JSON.stringify(value)); // -0 is 0
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      let equal = true;
      try {
        expect(plain(a)).toEqual(plain(b));
      } catch {
        equal = false;
      }
      expect(digest(a) === digest(b)).toBe(equal);
    }),
  );
});

it.each<[title: string, a: unknown, b: unknown, same: boolean]>([
  ["what is undefined is left out", { a: 1, b: undefined }, { a: 1 }, true],
  ["the order of a list is kept", [1, 2], [2, 1], false],
  ["a number is no text", { a: 1 }, { a: "1" }, false],
  ["null is no absence", { a: null }, {}, false],
  ["a key does not run into its value", { ab: "c" }, { a: "bc" }, false],
  ["keys are sorted by code, not by language", { ä: 1, z: 2 }, { z: 2, ä: 1 }, true],
])("%s", (_title, a, b, same) => {
  expect(canonical(a) === canonical(b)).toBe(same);
  expect(digest(a) === digest(b)).toBe(same);
  expect(alike(a, b)).toBe(same);
});

it("is alike where it is spelt alike", () => {
  const near = fc
    .jsonValue()
    .chain((value) => fc.tuple(fc.constant(value), fc.oneof(fc.constant(value), fc.jsonValue())));
  fc.assert(
    fc.property(near, ([a, b]) => {
      const copy = JSON.parse(JSON.stringify(b));
      expect(alike(a, copy)).toBe(canonical(a) === canonical(b));
      expect(alike({ a, none: undefined }, { a: copy })).toBe(canonical(a) === canonical(b));
    }),
  );
});

it("spells what says itself how it is spelt, like an instant, as JSON does", () => {
  expect(canonical({ b: new Date(0), a: 1 })).toBe('{"a":1,"b":"1970-01-01T00:00:00.000Z"}');
});

it("is spelt as anybody else can spell it, and hashed as anybody else can hash it", () => {
  expect(canonical({ b: [{ d: 1, c: null }], a: "x" })).toBe('{"a":"x","b":[{"c":null,"d":1}]}');
  expect(digest("")).toBe("Eq4yyx7ALQHto1gbEnwf7jsNxTVy7WuvI5choD2C4SY"); // sha256 of two quotation marks
});
