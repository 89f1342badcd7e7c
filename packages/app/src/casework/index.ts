export { openCase } from "./open.ts";
export { reinstate } from "./reinstate.ts";
export { type CaseNext, caseStep } from "./step.ts";
