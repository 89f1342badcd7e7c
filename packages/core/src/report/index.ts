export type { Acted, Answered, Asked, CaseStory, ItemStory, Triggered } from "./model.ts";
export { caseStory, itemStory } from "./story.ts";
export {
  becauseOf,
  type Group,
  type Row,
  rowOf,
  type Spread,
  STAGES,
  type Stage,
  type Summary,
  spread,
  summaryOf,
} from "./times.ts";
