export { deadline, itemShown } from "./ask.ts";
export { custodianFor } from "./custodian.ts";
export { openCase } from "./open.ts";
export { openForOne } from "./open-for-one.ts";
export { toPlan } from "./plan-items.ts";
export { put } from "./put.ts";
export { reinstate } from "./reinstate.ts";
export { hasWhatToReview } from "./review.ts";
export { type CaseNext, caseStep } from "./step.ts";
