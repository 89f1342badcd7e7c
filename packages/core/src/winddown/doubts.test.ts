import fc from "fast-check";
import { expect, it } from "vitest";
import type { Instant } from "../kernel/index.ts";
import { LEAVER } from "./example.ts";
import { doubtsOf, type Standing, silenceLimit } from "./index.ts";

it.each<[title: string, over: Partial<Standing>, says: readonly string[]]>([
  ["none of a leaver's", {}, []],
  ["its mode", { mode: "ask" }, ["its connector's mode is ask"]],
  ["an unknown use", { inUse: undefined }, ["nobody can say whether it is in use"]],
  ["use and sharing", { inUse: true, shared: true }, ["several people use it", "it is in use"]],
  ["what is no number", { confidence: Number.NaN }, ["its owner is not certain enough"]],
])("names %s", (_title, over, says) => {
  expect(doubtsOf({ ...LEAVER, ...over })).toEqual(says);
});

const anyStanding: fc.Arbitrary<Standing> = fc.record({
  mode: fc.constantFrom("observe" as const, "ask" as const, "act" as const),
  owner: fc.constantFrom(undefined, "acc_sue" as const),
  contested: fc.boolean(),
  departed: fc.boolean(),
  confidence: fc.constantFrom(0, 0.79, 0.8, 0.95, 1, Number.NaN),
  inUse: fc.constantFrom(true, false, undefined),
  shared: fc.boolean(),
  unforgeable: fc.boolean(),
  notBefore: fc.constantFrom(undefined, "2026-11-02T09:00:00.000Z" as Instant),
  protected: fc.constantFrom(undefined, "never"),
});

it("has a doubt exactly where silence stops at flagged", () => {
  const doubts = fc.oneof(
    anyStanding,
    anyStanding.map((one) => ({ ...LEAVER, confidence: one.confidence, inUse: one.inUse })),
  );
  fc.assert(fc.property(doubts, (one) => doubtsOf(one).length > 0 === (silenceLimit(one) === "flagged")));
});
