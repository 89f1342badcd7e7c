export { doneAfter, lastAfter, usedAfter, usedBetween } from "./between.ts";
export { openReading, type Reading, type Recorded, recordUsage } from "./record.ts";
export { type ShownUse, type UsedAnswer, used } from "./used.ts";
