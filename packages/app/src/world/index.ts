export { again } from "./again.ts";
export { type BoundDesk, bind, type Estate, type Hand, type Mode, type Provider } from "./estate.ts";
export { inChunks } from "./in-chunks.ts";
export { each, every } from "./paging.ts";
export { connected, type Placed, type Reached, together } from "./places.ts";
export { type Eyes, type LookingPorts, onlyReading, type ReadingPorts, type Watched } from "./reading.ts";
export type {
  Archive,
  Archived,
  Cases,
  Coverage,
  Decisions,
  Findings,
  Graph,
  Heard,
  Intent,
  Kept,
  Later,
  Ledger,
  Mark,
  Marks,
  Outbox,
  Outcome,
  Paged,
  Said,
  Saying,
  SourceObject,
  Span,
  Store,
  Stored,
  StoredCase,
  Together,
  Trails,
  Usage,
  Versioned,
  Wait,
  Waits,
  Walked,
  WindDowns,
} from "./store.ts";
export { isListed, polledAs } from "./store.ts";
export type { DomainEvent, Keyed, Life, Log, RootKeeper, Runs, World } from "./world.ts";
