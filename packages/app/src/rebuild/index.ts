export type { Difference, OnProgress, Progress, Rebuilt } from "./model.ts";
export { rebuild } from "./rebuild.ts";
