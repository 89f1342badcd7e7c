export {
  type Gather,
  type Gathering,
  importTrail,
  type TrailImport,
  type TrailObject,
  type TrailProgress,
  type TrailSummary,
} from "./import-trail.ts";
export type { Item, Place } from "./model.ts";
export { type Input, readHistory } from "./read.ts";
export { type Progress, type Replay, replay, type Summary } from "./replay.ts";
export { trailFiles } from "./trail-files.ts";
export { type Understood, understanding } from "./understand.ts";
