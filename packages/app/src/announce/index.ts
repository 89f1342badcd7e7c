export { type AnnouncePorts, announce, type Swept, sweepPending } from "./announce.ts";
