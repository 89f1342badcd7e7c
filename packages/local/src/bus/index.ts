export { type Bus, type BusParts, createBus } from "./bus.ts";
export { classOf, nameOnly } from "./class-of.ts";
export { drain } from "./drain.ts";
export type { BusEvent, BusLimits, DeadLetter, Rule } from "./model.ts";
