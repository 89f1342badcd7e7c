import type { CloudTrailClient } from "@aws-sdk/client-cloudtrail";
import type { Clock } from "@leasehold/core/kernel";

export type Send = CloudTrailClient["send"];

/** CloudTrail in some Regions of one account. Undefined where the configuration names none: then it only listens. */
export type Api = Looks | undefined;
export interface Looks {
  readonly account: string;
  readonly regions: readonly string[];
  readonly looksUp: boolean; // what the event bus did not bring
  readonly clock: Clock;
  in(region: string): Send;
}
