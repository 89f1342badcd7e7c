export { told } from "./faults.ts";
export { log, mention } from "./log.ts";
export { type Metric, measure } from "./metrics.ts";
export { type Ended, inTurn, jsonOf, queue, together } from "./queue.ts";
export { lambda, task } from "./task.ts";
