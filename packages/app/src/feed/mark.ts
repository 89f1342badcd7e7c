import type { Instant } from "@leasehold/core/kernel";
import type { Mark } from "../world/index.ts";

/** Where a poll keeps its place. Of several accounts the first has the connector's own. */
export const markOf = (connector: string, place?: string): string =>
  place === undefined ? `poll/${connector}` : `poll/${connector}/${place}`;

/** When the latest happened that a poll found and nothing had told of by then. */
export const missedIn = (mark: Mark | undefined): Instant | undefined => mark?.notes["missed"] as Instant | undefined;
