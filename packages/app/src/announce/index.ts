export { type AnnouncePorts, announce, announceAll, type Swept, sweepPending } from "./announce.ts";
