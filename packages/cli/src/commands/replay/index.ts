export { replayed } from "./replay.ts";
export { shownSummary, summaryLines } from "./summary.ts";
