export { FINDINGS, type Finding, type FindingKind, found } from "./model.ts";
