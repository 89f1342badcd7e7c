export { createContent } from "./content.ts";
export { merge } from "./merge.ts";
export {
  type Caller,
  hourOf,
  KEPT_DAYS,
  Refusal,
  type Refused,
  type Told,
  type UsageRecord,
  Use,
  type Used,
} from "./model.ts";
export { joinRefusals, MOST_REFUSALS } from "./refusals.ts";
export { type Summary, summarise } from "./summary.ts";
export { createTally, tally } from "./tally.ts";
