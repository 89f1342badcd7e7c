export { matches, maySpeakOfWorkflows, UNNAMED_WORKFLOW } from "./pattern.ts";
export { type CodeOwners, type Rule, readCodeOwners, type Skipped } from "./read.ts";
