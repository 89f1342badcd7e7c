import { expect, it } from "vitest";
import { nearest } from "./nearest.ts";

it.each([
  ["sweeep", "sweep"],
  ["doctr", "doctor"],
  ["case lst", "case list"],
  ["finding", "finding list"],
  ["verify", "audit verify"],
  ["xyzzy", undefined],
  ["", undefined],
])("%j perhaps meant %j", (given, meant) => {
  expect(nearest(given, ["sweep", "doctor", "case list", "finding list", "audit verify"])).toBe(meant);
});
