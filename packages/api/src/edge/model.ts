import type { World } from "@leasehold/app/world";
import type { Connector, Heard, Refusal } from "@leasehold/core/connector";
import type { Clock } from "@leasehold/core/kernel";
import type { Signal } from "@leasehold/core/signal";

/** What one event became. Its id is the vendor's own of that event: the same again is a replay. */
export interface Batch {
  readonly delivery: string;
  readonly signals: readonly Signal[];
}

export interface EdgeParts {
  readonly connector: Connector;
  readonly settings: unknown; // read already, by the connector's own schema
  /** The values of these secrets, each one's present value before its last; `fresh`: read now, and not from memory. */
  signing(names: readonly string[], fresh?: boolean): Promise<readonly string[]>;
  readonly clock: Clock;
  signals(batch: Batch): Promise<void>; // throws where the queue did not take it
  heard(clicks: readonly Heard[]): Promise<void>;
  refused?(refused: Refused): Promise<void>; // never throws; without it nobody counts
  readonly log: World["log"];
}

/** Why a request was refused; *probe*: it is our own, and was to be. `seconds`: how far its time is behind ours. */
export interface Refused {
  readonly why: Refusal | "probe";
  readonly seconds?: number;
}
