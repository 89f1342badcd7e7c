import { expect, it } from "vitest";
import { isTagged, MOST_TAGS, marksOf, NEVER_TOUCH } from "./index.ts";

const marks = marksOf({ env: "prod", "Leasehold:Never-Touch": "", team: "a=b" })!;

it.each([
  ["env", true],
  ["env=prod", true],
  ["env=dev", false],
  ["environment", false],
  ["team=a=b", true],
  ["ENV=prod", true],
  ["env=PROD", false],
  [NEVER_TOUCH, true],
])("%s is one of them: %s", (tag, is) => {
  expect(isTagged(marks, tag)).toBe(is);
});

it("keeps nothing that somebody wrote", () => {
  const kept = JSON.stringify(marksOf({ password: "hunter2" }));
  expect(kept).not.toMatch(/password|hunter2/);
  expect(marksOf({})).toEqual([]);
});

it("says of too many that it does not know, for a list that is cut short could hide one", () => {
  const many = (n: number) => Object.fromEntries(Array.from({ length: n }, (_, i) => [`key-${i}`, ""]));
  expect(marksOf(many(MOST_TAGS))).toHaveLength(MOST_TAGS);
  expect(marksOf(many(MOST_TAGS + 1))).toBeUndefined();
});
