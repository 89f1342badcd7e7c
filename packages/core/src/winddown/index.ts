export { type Back, cameBack } from "./came-back.ts";
export { asWeLeftIt, decide, isResting, LEAST_GRACE, LEAST_NOTICE, type Step } from "./decide.ts";
export { areTwo, ifSilent, isFinal, nextOf, sessionsUntil, standingVoices, voicesFor, watchedUntil } from "./judge.ts";
export {
  type Act,
  type Answer,
  CLOSES,
  type Close,
  type Closed,
  type Descent,
  isAskedIn,
  type Lost,
  type Policy,
  type Proof,
  type Question,
  RUNGS,
  type Rung,
  type Standing,
  shown,
  type View,
  type Voice,
  type WindDown,
  type Wish,
} from "./model.ts";
export { type Happened, record } from "./record.ts";
export { doubtsOf, silenceLimit } from "./silence-limit.ts";
export { withWish } from "./wish.ts";
