export { bodyOf } from "./body.ts";
export { edge } from "./edge.ts";
export type { Batch, EdgeParts } from "./model.ts";
