export { lastUse } from "./last-use.ts";
export { type CredentialReport, type Line, reportOf } from "./report.ts";
