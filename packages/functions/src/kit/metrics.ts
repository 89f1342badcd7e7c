import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import { stageName } from "../env/index.ts";

let made: Metrics | undefined;

/** The dimension `service` is the stage, so that two stages in one account have numbers of their own. */
function metrics(): Metrics {
  made ??= new Metrics({ namespace: "Leasehold", serviceName: stageName() });
  return made;
}

export type Metric =
  | "EventsUnderstood"
  | "EventsNotUnderstood"
  | "SignalsQueued"
  | "StuckCases"
  | "SourceSilentHours"
  | "BrakeTripped"
  | "FindingsCritical"
  | "ChainBroken"
  | "RawRedriven"
  | "RawNotUnderstood";

/** One number for CloudWatch, written as a log line: no call and no right is needed. With its own dimension it is a line of its own. */
export function measure(name: Metric, value: number, dimensions?: Readonly<Record<string, string>>): void {
  if (dimensions === undefined) return void metrics().addMetric(name, unitOf(name), value);
  const alone = metrics().singleMetric();
  alone.addDimensions(dimensions);
  alone.addMetric(name, unitOf(name), value);
}

const unitOf = (name: Metric) => (name === "SourceSilentHours" ? MetricUnit.NoUnit : MetricUnit.Count);

/** What was measured and not yet written. */
export function publishMetrics(): void {
  if (made?.hasStoredMetrics()) made.publishStoredMetrics();
}
