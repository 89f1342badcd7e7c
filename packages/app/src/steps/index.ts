export { caseStep, openCase, reinstate } from "./cases.ts";
export { receive } from "./receive.ts";
export { type Step, step } from "./step.ts";
export { type StepName, steps } from "./steps.ts";
export { announcePending, ingestDue, sweepEstate } from "./sweeps.ts";
export { caseStuck, restartOverdue, wait, wake, windDownStuck } from "./waits.ts";
export { lookAgain, reviewUnresolved, windDownDelete, windDownStep } from "./wind-downs.ts";
