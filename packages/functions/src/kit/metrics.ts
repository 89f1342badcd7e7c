import { logger } from "./log.ts";

export type Metric =
  | "EventsNotUnderstood"
  | "RequestsRefused"
  | "SignalsQueued"
  | "StuckCases"
  | "SourceSilentHours"
  | "PartnerDown"
  | "BrakeTripped"
  | "FindingsCritical"
  | "ChainBroken"
  | "RawRedriven"
  | "RawNotUnderstood";

/**
 * One number for CloudWatch: a log line in its embedded metric format
 * (docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html), so that no
 * call and no right is needed. `service`, the stage, is on every line; with another dimension it is a number of its own.
 */
export function measure(name: Metric, value: number, dimension: Readonly<Record<string, string>> = {}): void {
  const Metrics = [{ Name: name, Unit: name === "SourceSilentHours" ? "None" : "Count" }];
  const Dimensions = [["service", ...Object.keys(dimension)]];
  const CloudWatchMetrics = [{ Namespace: "Leasehold", Dimensions, Metrics }];
  logger.info("measured", { _aws: { Timestamp: Date.now(), CloudWatchMetrics }, ...dimension, [name]: value });
}
