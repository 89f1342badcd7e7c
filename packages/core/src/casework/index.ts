export {
  type Case,
  type Completeness,
  type Decision,
  type DecisionItem,
  type Gate,
  type Item,
  isReview,
  TRIGGERS,
  type Trigger,
  type Why,
} from "./model.ts";
