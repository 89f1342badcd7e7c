import { digest } from "@leasehold/core/kernel";
import fc from "fast-check";
import { expect, it } from "vitest";
import { condense, expand } from "./condense.ts";
import { WORDS } from "./words.ts";

it("gives back any JSON", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat({ max: 2000 }), (value, length) => {
      const data = JSON.parse(JSON.stringify({ value, filler: "z".repeat(length) }));
      expect(expand(condense(data))).toEqual(data);
    }),
  );
});

it("leaves readable what fits into a kilobyte, and deflates what does not", () => {
  expect(condense({ a: "x".repeat(700) })).toBe(`{"a":"${"x".repeat(700)}"}`);
  expect(condense({ a: "x".repeat(900) })).toBeInstanceOf(Uint8Array);
});

it("still has the words that rows were written with", () => {
  expect(digest(WORDS)).toBe("cBugjxzjyRdm92rZPmqev4oBDgF1Kzs1sCUPmP5-sTM");
});

it("refuses a row written with words of a later version", () => {
  expect(() => expand(Uint8Array.of(2, 0, 0))).toThrow(expect.objectContaining({ name: "BadInput" }));
});
