export type { Step } from "./step.ts";
export { type StepName, steps } from "./steps.ts";
