export { describeSource, type Partner, partnersOf } from "./partners.ts";
export { type Pulses, pulseTaker, rootKeeper } from "./watch.ts";
