export {
  type Case,
  type Completeness,
  type Decision,
  type DecisionItem,
  type Gate,
  type Item,
  isDrill,
  isReview,
  TRIGGERS,
  type Trigger,
} from "./model.ts";
