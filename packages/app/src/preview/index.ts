export { type Difference, type DifferingItem, differenceOf } from "./difference.ts";
export type {
  Breaks,
  Counterfactual,
  Course,
  ItemPreview,
  LostUse,
  Missing,
  Preview,
  RungPreview,
  Sibling,
} from "./model.ts";
export { preview } from "./preview.ts";
