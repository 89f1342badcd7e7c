import type { CloudTrailClient } from "@aws-sdk/client-cloudtrail";

export type Send = CloudTrailClient["send"];

/** CloudTrail in some Regions of one account. Undefined where the configuration names none: then it only listens. */
export type Api = Looks | undefined;
export interface Looks {
  readonly account: string;
  readonly regions: readonly string[];
  in(region: string): Send;
}
