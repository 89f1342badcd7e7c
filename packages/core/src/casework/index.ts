export { type Basis, type Moved, movedSince, tokenOf } from "./basis.ts";
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
} from "./model.ts";
