export { beginDrill, canaryOf, isCanary } from "./canary.ts";
export { type Drilled, drillHistory, drillOn } from "./drill.ts";
export { begun } from "./kept.ts";
export type { DrillState, Reached } from "./state.ts";
export { stateOf } from "./state.ts";
