export { type Asked, ask, askHere } from "./ask.ts";
export { loadConfig } from "./config.ts";
export { deliverable, spotOf } from "./deliverable.ts";
export { instantIn } from "./instant.ts";
export { logTo } from "./log.ts";
export { atSimulatorsOnly, type Opening, ownNameOnly, withLaptop } from "./open.ts";
export { progressTo } from "./progress.ts";
export { settled } from "./settle.ts";
export { storeOf } from "./store.ts";
