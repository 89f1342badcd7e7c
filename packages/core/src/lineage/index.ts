export {
  type Contribution,
  type Edge,
  type Fact,
  type Node,
  PENDING,
  type PendingKind,
  type PendingName,
  type Subject,
  type SubjectId,
  type SubjectKind,
  type Turn,
} from "./model.ts";
