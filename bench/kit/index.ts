export { type Interval, interval } from "./interval.ts";
export type { Job, Options, Outcome } from "./job.ts";
export { whole } from "./whole.ts";
