import type { Synth } from "./harness.ts";
import type { Fields } from "./look.ts";
import type { Made } from "./mocks.ts";

/** What must be true of a stage: nothing, or each thing that is wrong. */
export interface Assertion {
  readonly says: string;
  readonly check: (synth: Synth) => readonly string[];
  /** Faults that it must catch. One that changes nothing is a fault of the test itself. */
  readonly mutations: Readonly<Record<string, (synth: Synth) => Synth>>;
  readonly only?: "home" | "hub"; // what it is about exists on one of the stages alone
}

type Which = (one: Made) => boolean;

/** The first resource of a type that fits, changed. */
export const change =
  (type: string, to: (inputs: Fields) => Fields, which: Which = () => true) =>
  (synth: Synth): Synth => {
    const found = synth.resources.find((one) => one.type === `aws:${type}` && which(one));
    return {
      ...synth,
      resources: synth.resources.map((one) => (one === found ? { ...one, inputs: to(one.inputs) } : one)),
    };
  };

export const without =
  (type: string, which: Which = () => true) =>
  (synth: Synth): Synth => {
    const found = synth.resources.find((one) => one.type === `aws:${type}` && which(one));
    return { ...synth, resources: synth.resources.filter((one) => one !== found) };
  };

/** One statement more, on the role that is called so. */
export const grant = (called: string, Action: readonly string[], Resource: readonly string[] = ["*"]) =>
  change(
    "iam/role:Role",
    (inputs) => {
      const policy = JSON.stringify({ Statement: [{ Effect: "Allow", Action, Resource }] });
      return {
        ...inputs,
        inlinePolicies: [...((inputs["inlinePolicies"] as object[]) ?? []), { name: "more", policy }],
      };
    },
    (one) => String(one.inputs["name"]).endsWith(called),
  );

export const set = (field: string, value: unknown) => (inputs: Fields) => ({ ...inputs, [field]: value });

/** A text inside one field, another one. */
export const edit = (field: string, from: string | RegExp, to: string) => (inputs: Fields) => ({
  ...inputs,
  [field]: String(inputs[field]).replace(from, to),
});
