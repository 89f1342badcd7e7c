export { type AnnouncePorts, announce, announceAll, type Swept, sweepPending } from "./announce.ts";
export { noting } from "./noting.ts";
