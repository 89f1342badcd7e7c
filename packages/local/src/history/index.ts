export { type Counted, counting, type KnownBy } from "./counting.ts";
export { type IamImport, type IamImported, importIam } from "./import-iam.ts";
export { importLookup, type LookupImport, type LookupSummary } from "./import-lookup.ts";
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
export { overAws } from "./over-aws.ts";
export type { Pause } from "./patience.ts";
export { type Input, readHistory } from "./read.ts";
export { type Progress, type Replay, replay, type Summary } from "./replay.ts";
export { bucketIn, trailBucket } from "./trail-bucket.ts";
export { trailFiles } from "./trail-files.ts";
export { type Understood, understanding } from "./understand.ts";
