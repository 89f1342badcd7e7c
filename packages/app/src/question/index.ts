export { actingBy } from "./acting-by.ts";
export { gapsOf } from "./gaps.ts";
export { withHeld } from "./held.ts";
export type { Hop } from "./hops.ts";
export { isJudgedAlone } from "./judged-alone.ts";
export { isOneOf } from "./one-of.ts";
export { openFindings } from "./open-findings.ts";
export { givenFor, isSure, type OwnerNow, ownerNow } from "./owner-now.ts";
export { type Owned, type Owns, ownedBy, owns } from "./owns.ts";
export { type People, peopleOf } from "./people.ts";
export { namedBy, readingsOf, resolve } from "./resolve.ts";
export {
  chainEnd,
  type Named,
  named,
  type QuestionPorts,
  type ShownCandidate,
  type ShownEvidence,
  type Who,
  who,
  whoFrom,
} from "./who.ts";
