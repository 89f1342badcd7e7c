export { openCase } from "./open.ts";
export { put } from "./put.ts";
export { reinstate } from "./reinstate.ts";
export { hasWhatToReview } from "./review.ts";
export { type CaseNext, caseStep } from "./step.ts";
