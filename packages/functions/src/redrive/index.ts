export { rawQueue } from "./raw-queue.ts";
export { type RawMessage, type RawQueue, type Redriven, redrive } from "./redrive.ts";
export { redriver } from "./redriver.ts";
