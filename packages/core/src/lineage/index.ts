export { accountSaid } from "./account.ts";
export { addressIn, agentsOwner, emailAccount, isEmail, numberPlace, plainAddress } from "./address.ts";
export { isAllowed, type Reached, reachedBy } from "./allowed.ts";
export {
  CODE_OWNERS,
  evidenceOn,
  handedFacts,
  isOwners,
  makingFacts,
  repositoryMaker,
  saysOwners,
  saysWorkflow,
  workflowMaker,
} from "./code-owners.ts";
export { contributions } from "./contributions.ts";
export { exposedOn, exposureOf, saysExposed } from "./exposed.ts";
export { edgeKey, type Gathering, gathering, type Lineage, lineageOf, type Wants, withInherited } from "./graph.ts";
export { roleBehind, runsAs } from "./identity.ts";
export { holds, join, joinEdge, joinEvidence, joinFacts } from "./join.ts";
export { isJudged, isOnlyJudged, type Judged, judgedOn, saysJudged, toldOf } from "./judged.ts";
export { handedMark, isMaker, isMaking } from "./making.ts";
export {
  type Contribution,
  type Edge,
  type Fact,
  type Found,
  type Node,
  PENDING,
  type PendingKind,
  type PendingName,
  type Subject,
  type SubjectId,
  type SubjectKind,
  type Turn,
} from "./model.ts";
export { asOfLook, isNews, isSeen, type Seen } from "./news.ts";
export { earlierPlacesOfRun, placesOfRun, RUN_PATH, repositoryIn, workflowIn } from "./run.ts";
export { isLetRead, isStoredSince, keepsNow, valueSince } from "./secret.ts";
export { isSession } from "./session.ts";
export { departureOf, isVanished, valueAt } from "./standing.ts";
export { type Delivery, deliveryOf, type ToSay, toSay } from "./to-say.ts";
export { untouchable } from "./untouchable.ts";
export { isWord, type Word, wordsOn } from "./word.ts";
export { wordingOf } from "./wording.ts";
