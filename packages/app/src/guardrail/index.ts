export { type Guarded, guardAll, guardEach } from "./guard.ts";
