import type { Clock, Instant } from "@leasehold/core/kernel";
import type { Found } from "@leasehold/core/lineage";
import type { Head } from "@leasehold/core/trail";
import type { Config } from "../config/index.ts";
import type { Estate } from "./estate.ts";
import type { Said, Store } from "./store.ts";

/** Log lines: a constant message, and the words of the glossary as keys. Never an event, never a value. */
export type Log = (
  level: "debug" | "info" | "warn" | "error",
  message: string,
  keys?: Readonly<Record<string, string | number | boolean | undefined>>,
) => void;

/** What is said to the rest of us and to anybody's own rules. */
export type DomainEvent =
  | Said
  | {
      readonly type: "person.left" | "person.held" | "person.moved" | "person.reinstated";
      readonly account: string;
      readonly found?: Found; // left out where an event told of it
    }
  | { readonly type: "owner.changed" | "credential.changed" | "credential.exposed"; readonly credential: string };

export interface Keyed {
  readonly key: string; // subject / version / nth: the bus may see it twice, never under two keys
  readonly event: DomainEvent;
}

/** Everything a use case may need of the world. Each takes only the parts it names; Lambda, laptop and test bring their own. */
export interface World extends Store {
  readonly clock: Clock;
  readonly random: (bytes: number) => Uint8Array;
  readonly estate: Estate;
  readonly config: Config;
  readonly log: Log;
  /** Publishes; returns the keys that were taken. The rest are tried again. */
  readonly publish: (events: readonly Keyed[]) => Promise<readonly string[]>;
  readonly runs: Runs;
  readonly life?: () => Promise<Life>; // where a copy of the store can be told from the store by asking
  readonly roots?: RootKeeper; // where this process keeps them by itself
  /** Before a write is tried again. Left out where nobody else writes meanwhile. */
  readonly pause?: ((millis: number) => Promise<void>) | undefined;
}

/** Which store this is, in the words of whoever keeps it: a copy that was put back has an id of its own. */
export interface Life {
  readonly id: string;
  readonly made: Instant;
}

/** Where the ends of trails are kept, beside the store and apart from it. */
export interface RootKeeper {
  keep(key: string, text: string): Promise<void>; // the same key again stays as it is
  last(): Promise<ReadonlyMap<string, Head>>; // the latest end of each trail that was kept
}

/** The workflow engine. Starting under a name that exists finds the first. */
export interface Runs {
  start(machine: "case" | "wind-down", name: string, input: Readonly<Record<string, unknown>>): Promise<void>;
  wake(token: string): Promise<void>; // a token that has ended already is no fault
}
