export { keepRefused, refusedLately } from "./keep.ts";
export { NONE, Refusals } from "./model.ts";
