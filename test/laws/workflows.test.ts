import { createRequire } from "node:module";
import { steps } from "@leasehold/app/steps";
import { FAULTS } from "@leasehold/core/kernel";
import { lint } from "@leasehold/local/interpreter";
import { functions, machines, reactions, retried, routes, schedules } from "@leasehold/workflows";
import { describe, expect, it } from "vitest";

// it has no types, and changes what it is given
const aslValidator = createRequire(import.meta.url)("asl-validator") as (definition: unknown) => {
  readonly isValid: boolean;
  errorsText(): string;
};

describe.each(Object.entries(machines))("%s", (_name, machine) => {
  it("is what both engines run, every task guarded", () => {
    expect(lint(structuredClone(machine))).toEqual([]);
  });

  it("is the States Language", () => {
    const { isValid, errorsText } = aslValidator(structuredClone(machine));
    expect(errorsText()).toBe("");
    expect(isValid).toBe(true);
  });

  it("runs only functions that there are", () => {
    const named = [...JSON.stringify(machine).matchAll(/\$\{([a-z-]+)\}/g)].map(([, name]) => name);
    expect(named.length).toBeGreaterThan(2);
    for (const name of named) expect(Object.keys(functions)).toContain(name);
  });
});

it("every wired function has a use case behind it, and every use case is wired", () => {
  expect(new Set(Object.keys(steps))).toEqual(new Set(Object.keys(functions)));
});

it("routes, reactions and schedules run only functions that there are", () => {
  const run = [...Object.values(routes), ...reactions.map((one) => one.run), ...schedules.map((one) => one.run)];
  for (const name of run) expect(Object.keys(functions)).toContain(name);
});

it("retries every fault whose remedy is to retry, and no other of ours", () => {
  const ours = Object.entries(FAULTS);
  for (const [name, remedy] of ours) expect(retried.includes(name)).toBe(remedy === "retry");
});

it("gives the verbs of deletion to one function alone", () => {
  const may = Object.entries(functions).filter(([, { needs }]) => (needs as readonly string[]).includes("delete"));
  expect(may.map(([name]) => name)).toEqual(["wind-down-delete"]);
  expect((functions["wind-down-delete"].needs as readonly string[]).includes("act")).toBe(false);
});
