export { activePeople } from "./active.ts";
export { type BrakeView, brakeOn, brakeView, type Released, release, type TurnedOn } from "./hand.ts";
