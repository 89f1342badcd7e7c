export { activesNow } from "./actives.ts";
export { brakeOn, hand, handIdOf, type LetGo, letGo, type TurnedOn, tellHand } from "./hand.ts";
export { type ReleasePorts, type Releaser, type Releasing, releaseHeld, releaseLasts } from "./release.ts";
export {
  FINDING_OF_RESTORED,
  freezeRestored,
  type RestoredPorts,
  refuseRestored,
  watchRestored,
} from "./restored.ts";
export { retried } from "./retried.ts";
export { type PlacePorts, takePlace, tellAgain } from "./take-place.ts";
export { tellHold } from "./tell.ts";
export { type BrakeView, brakeView, type HoldView } from "./view.ts";
