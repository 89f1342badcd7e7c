import { badInput, FAULTS, Fault, type FaultName } from "@leasehold/core/kernel";
import { describe, expect, it } from "vitest";
import { explained, linesOf } from "./explain.ts";

describe("an error", () => {
  it.each([
    ["Throttled", 3],
    ["Unavailable", 3],
    ["Conflict", 3],
    ["StalePlan", 3],
    ["PermissionMissing", 1],
    ["Braked", 1],
    ["StoreFull", 3],
    ["BadInput", 2],
    ["Unreachable", 4],
    ["Unexpected", 4],
  ] as const)("%s ends with %i and says what to do next", (name, exit) => {
    const told = explained(new Fault(name, "a sentence", { where: "here" }));
    expect(told.exit).toBe(exit);
    expect(told.fault).toMatchObject({ name, message: "a sentence", facts: { where: "here" } });
    expect(told.fault.next).toMatch(/[.]$/);
  });

  it("has a row for every fault there is", () => {
    for (const name of Object.keys(FAULTS) as FaultName[])
      expect(explained(new Fault(name, "x")).exit).toBeTypeOf("number");
  });

  it("that nobody expected is a bug: its class and where, and not a word of its text", () => {
    const { fault, exit, frames } = explained(new TypeError("AKIAIOSFODNN7EXAMPLE in a body\n    at nowhere"));
    expect(exit).toBe(4);
    expect(fault).toMatchObject({ name: "Unexpected", facts: { class: "TypeError" } });
    expect(frames.length).toBeGreaterThan(0);
    expect(JSON.stringify([fault, frames])).not.toContain("AKIA");
    expect(explained("only a text").fault.facts).toEqual({ class: "string" });
  });

  it("never shows the cause", () => {
    const told = explained(new Fault("Unavailable", "the provider could not answer", {}, new Error("a body")));
    expect(JSON.stringify(told)).not.toContain("a body");
  });

  it("reads as message, facts, next step", () => {
    const { fault } = explained(badInput("there is no such case", { case: "cas_1" }));
    expect(linesOf(fault)).toEqual(["leasehold: there is no such case (BadInput)", "  case: cas_1", fault.next]);
  });
});
