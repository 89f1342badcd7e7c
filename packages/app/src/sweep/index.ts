export { beginSweep, type GoOnPorts, goOnSweeping, isBegun, sweepMark } from "./go-on.ts";
export { type Look, type News, newsIn, unknownIn } from "./news.ts";
export { type LookPorts, type Orphan, type OrphanPorts, type Orphans, orphans, orphansNow } from "./orphans.ts";
export type { Progress } from "./progress.ts";
export { type SweepPorts, type Swept, sweepEstate } from "./sweep-estate.ts";
export { vanishedFrom } from "./vanished.ts";
