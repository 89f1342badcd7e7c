export { bodyOf } from "./body.ts";
export { edge } from "./edge.ts";
export type { Batch, EdgeParts, Refused } from "./model.ts";
export { type Tally, tallying } from "./tally.ts";
