export { reported } from "./of-all.ts";
export { auditReport } from "./of-case.ts";
