import { describe, expect, it } from "vitest";
import {
  badInput,
  conflict,
  denied,
  FAULTS,
  Fault,
  type FaultName,
  throttled,
  unavailable,
  unreachable,
} from "./fault.ts";

describe("a fault", () => {
  it.each(Object.entries(FAULTS) as [FaultName, string][])("%s says what to do next: %s", (name, remedy) => {
    const cause = new Error("as the provider says it");
    const fault = new Fault(name, "a constant sentence", { where: "it" }, cause);
    expect(fault).toBeInstanceOf(Error);
    expect(fault).toMatchObject({ name, remedy, message: "a constant sentence", facts: { where: "it" }, cause });
  });

  it.each([
    [throttled("aws"), "Throttled", { provider: "aws" }],
    [unavailable("aws"), "Unavailable", { provider: "aws" }],
    [denied("aws", "iam:GetUser"), "PermissionMissing", { provider: "aws", permission: "iam:GetUser" }],
    [conflict("wdc_01"), "Conflict", { what: "wdc_01" }],
    [badInput("not valid", { where: "it" }), "BadInput", { where: "it" }],
  ])("is named by what happened: %s", (fault, name, facts) => {
    expect(fault).toMatchObject({ name, facts, remedy: FAULTS[name as FaultName] });
  });

  it("says nothing of its cause in what is stored of it", () => {
    const fault = throttled("aws", new Error("xoxb-CANARY"));
    expect(JSON.stringify({ ...fault }) + fault.message).not.toContain("CANARY");
  });

  it("ends a switch that forgot a case", () => {
    expect(() => unreachable("sideways" as never)).toThrow(
      expect.objectContaining({ name: "Unreachable", remedy: "fix-code" }),
    );
  });
});
