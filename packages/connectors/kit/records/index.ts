export { isDamaged } from "./gunzip.ts";
export type { Broken, Spot } from "./model.ts";
export { type Read, recordsIn } from "./read.ts";
