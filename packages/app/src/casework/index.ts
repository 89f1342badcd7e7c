export { deadline, itemShown, put } from "./ask.ts";
export { custodianFor } from "./custodian.ts";
export { openCase } from "./open.ts";
export { openForOne } from "./open-for-one.ts";
export { toPlan } from "./plan-items.ts";
export { reinstate } from "./reinstate.ts";
export { hasWhatToReview } from "./review.ts";
export { type CaseNext, caseStep } from "./step.ts";
