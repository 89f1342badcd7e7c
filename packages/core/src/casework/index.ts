export {
  type Case,
  type Completeness,
  type Decision,
  type DecisionItem,
  departureOf,
  type Gate,
  type Item,
  isReview,
  TRIGGERS,
  type Trigger,
} from "./model.ts";
