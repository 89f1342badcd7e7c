export { auditExport } from "./export.ts";
export { auditShow } from "./show.ts";
export { auditVerify } from "./verify.ts";
