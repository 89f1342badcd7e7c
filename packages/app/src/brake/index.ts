export { activesNow } from "./actives.ts";
export { brakeOn, type LetGo, letGo, type TurnedOn } from "./hand.ts";
export { type ReleasePorts, type Releaser, type Releasing, releaseHeld, releaseLasts } from "./release.ts";
export { retried } from "./retried.ts";
export { type PlacePorts, takePlace, tellAgain } from "./take-place.ts";
export { tellHold } from "./tell.ts";
export { type BrakeView, brakeView, type HoldView } from "./view.ts";
