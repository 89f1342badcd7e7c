export { fold, ownerOf, wordFor } from "./fold.ts";
export { KINDS, type Kind, type SourceClass } from "./kinds.ts";
export {
  type Candidate,
  EVIDENCE_KINDS,
  type Evidence,
  type EvidenceKind,
  type Owner,
  type Statement,
} from "./model.ts";
export { type Given, joinStatement, type Settled, settle } from "./statements.ts";
export { type Strength, strengthAt } from "./strength.ts";
