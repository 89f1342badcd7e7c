export { FINDINGS, type Finding, type FindingKind, found, isPaged } from "./model.ts";
