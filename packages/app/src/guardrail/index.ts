export { type Guarded, guardAll, guardEach } from "./guard.ts";
export { guardLogs } from "./log.ts";
