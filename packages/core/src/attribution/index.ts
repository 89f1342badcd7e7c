export {
  type Candidate,
  EVIDENCE_KINDS,
  type Evidence,
  type EvidenceKind,
  type Owner,
  type Statement,
} from "./model.ts";
