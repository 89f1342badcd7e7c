import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { laws } from "./wind-downs/faults.ts";

/** A guard that moved is to be found again, or nobody tries any more whether its law can fail. */
it.each(laws)("finds the guard in its place: $name", ({ file, from, to }) => {
  const text = readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");
  expect(text.split(from)).toHaveLength(2);
  expect(to).not.toBe(from);
});

it("gives each its own name", () => {
  expect(new Set(laws.map(({ name }) => name)).size).toBe(laws.length);
});
