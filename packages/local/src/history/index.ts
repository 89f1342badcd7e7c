export type { Item, Place } from "./model.ts";
export { type Input, readHistory } from "./read.ts";
export { type Progress, type Replay, replay, type Summary } from "./replay.ts";
export { type Understood, understanding } from "./understand.ts";
