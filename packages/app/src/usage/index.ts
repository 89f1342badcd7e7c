export { doneAfter, usedAfter, usedBetween } from "./between.ts";
export { type Reading, type Recorded, recordUsage } from "./record.ts";
export { type ShownUse, type UsedAnswer, used } from "./used.ts";
