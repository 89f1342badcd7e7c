export { type BoundDesk, bind, type Estate, type Hand, type Mode, type Provider } from "./estate.ts";
export { each, every } from "./paging.ts";
export type {
  Archive,
  Archived,
  Cases,
  Coverage,
  Decisions,
  Findings,
  Graph,
  Intent,
  Kept,
  Later,
  Ledger,
  Outbox,
  Outcome,
  Paged,
  Said,
  Saying,
  Store,
  Stored,
  StoredCase,
  Trails,
  Versioned,
  Wait,
  Waits,
  WindDowns,
} from "./store.ts";
export type { DomainEvent, Keyed, Log, Runs, World } from "./world.ts";
