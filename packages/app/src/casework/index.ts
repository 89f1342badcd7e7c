export { openCase } from "./open.ts";
export { reinstate } from "./reinstate.ts";
export { type CaseNext, type CasePorts, caseStep } from "./step.ts";
