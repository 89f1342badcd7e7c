export { type Basis, type Moved, movedSince, tokenOf } from "./basis.ts";
export {
  type Case,
  type Completeness,
  credentialIn,
  type Decision,
  type DecisionItem,
  departureOf,
  type Gate,
  type Item,
  isDrill,
  isExposure,
  isReview,
  pointersOf,
  type Read,
  TRIGGERS,
  type Trigger,
  type Why,
} from "./model.ts";
