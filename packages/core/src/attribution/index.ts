export { fold, ownerOf, wordFor } from "./fold.ts";
export { type Forger, isSound, KINDS, type Kind, type SourceClass, WEIGHTS, type Weights } from "./kinds.ts";
export {
  type Candidate,
  EVIDENCE_KINDS,
  type Evidence,
  type EvidenceKind,
  type Owner,
  type Statement,
} from "./model.ts";
export { REASONS } from "./reasons.ts";
export { type Given, joinStatement, meantAt, type Settled, settle, type Whereabouts } from "./statements.ts";
export { type Strength, strengthAt } from "./strength.ts";
