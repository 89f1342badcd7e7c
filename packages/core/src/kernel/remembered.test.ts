import { expect, it, vi } from "vitest";
import { remembered } from "./remembered.ts";

it("makes each answer once, and holds so many and no more", () => {
  const make = vi.fn((text: string) => `${text}!`);
  const said = remembered(make, 2);
  expect(["a", "a", "b", "a"].map(said)).toEqual(["a!", "a!", "b!", "a!"]);
  expect(make.mock.calls.map(([text]) => text)).toEqual(["a", "b"]);
  expect(["c", "a"].map(said)).toEqual(["c!", "a!"]);
  expect(make).toHaveBeenCalledTimes(4);
});
