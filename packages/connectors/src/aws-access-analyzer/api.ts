import type { AccessAnalyzerClient } from "@aws-sdk/client-accessanalyzer";

export type Send = AccessAnalyzerClient["send"];

/** Access Analyzer in some Regions of one account. */
export interface Api {
  readonly account: string;
  readonly regions: readonly string[];
  in(region: string): Send;
}
