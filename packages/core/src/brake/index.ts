export { type Arrival, type Arrived, arrive } from "./arrive.ts";
export { type Actives, activesOf, keepList, type Listed } from "./lists.ts";
export {
  type AtBrake,
  type BatchId,
  type Bucket,
  type FirstVoice,
  type Frozen,
  type HandId,
  type Hold,
  type HoldId,
  type Lifted,
  Limits,
  type Named,
  type Over,
  type Release,
  type TripId,
  type Window,
  type Yes,
} from "./model.ts";
export { needsTwo, releaseCase, releaseHold, timesOver, voiceFor, type When, withVoice } from "./release.ts";
export { isStanding, isTrip, openBatch, type Stopped, standingTrip, stops } from "./stops.ts";
export { type Full, give, ON_ONE_YES, type Place, take } from "./take.ts";
export { type Used, usage } from "./usage.ts";
