import type { Subject } from "@leasehold/core/lineage";
import type { Canary } from "../config/index.ts";

export const NOT_DRILLED = "a drill acts on nothing but what the configuration names for it";

/** Whether this is what the configuration names for drills: both the connector and the identity's own name. */
export const isNamed = (canary: Canary | undefined, { facts }: Subject, identity: string | undefined): boolean =>
  canary !== undefined && facts["connector"]?.value === canary.connector && identity === canary.identity;
