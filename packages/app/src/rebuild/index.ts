export type { Difference, OnProgress, Progress, Rebuilt } from "./model.ts";
export { reading } from "./reading.ts";
export { rebuild } from "./rebuild.ts";
