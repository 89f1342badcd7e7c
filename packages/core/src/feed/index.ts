export { beat, type Heartbeat, hourOf } from "./heartbeat.ts";
export { type Pace, type Rate, rateOf, whySilent } from "./silence.ts";
