import type { Subject } from "@leasehold/core/lineage";
import type { Canary } from "../config/index.ts";

export const NOT_DRILLED = "a drill acts on nothing but what the configuration names for it";

/** Whether this is what the configuration names for drills: the connector, and the identity by its whole name or ARN, or what that ends with. */
export const isNamed = (canary: Canary | undefined, { facts }: Subject, identity: string | undefined): boolean =>
  canary !== undefined && facts["connector"]?.value === canary.connector && isCalled(canary.identity, identity);

const isCalled = (named: string, identity: string | undefined): boolean =>
  identity === named || (identity?.startsWith("arn:") === true && identity.split("/").at(-1) === named);
