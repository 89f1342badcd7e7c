import fc from "fast-check";
import { expect, it } from "vitest";
import { wrapped } from "./wrap.ts";

it.each([
  ["short", "one two", ["  one two"]],
  ["as wide as the line", "one two three", ["  one two", "    three"]],
  ["a word wider than a line", "one abcdefghijklmnop", ["  one", "    abcdef", "    ghijkl", "    mnop"]],
  ["nothing", "", [""]],
])("%s", (_title, text, lines) => {
  expect(wrapped(text, 10, 2, 4)).toEqual(lines);
});

it("is never wider than it may be, and loses no letter", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), fc.integer({ min: 8, max: 80 }), (text, width) => {
      const lines = wrapped(text, width, 2, 6);
      expect(lines.filter((line) => line.length > width)).toEqual([]);
      expect(lines.join("").replaceAll(/\s/g, "")).toBe(text.replaceAll(/\s/g, ""));
    }),
  );
});
