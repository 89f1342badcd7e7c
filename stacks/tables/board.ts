import { machines, nameOn } from "@leasehold/workflows";
import { linesOf } from "./files.ts";
import type { Stage } from "./grants.ts";
import type { Lambda } from "./lambdas.ts";
import { thingsOf } from "./place.ts";
import { routesOf } from "./routing.ts";

interface Panel {
  readonly title: string;
  readonly metrics: readonly (readonly string[])[];
  readonly stat?: string;
}

/** The dashboard as data: what came in, what is owed, what is braked, what failed. */
export function boardOf(stage: Stage, lambdas: readonly Lambda[]): string {
  const { place } = stage;
  const widgets = panelsOf(stage, lambdas).map(({ title, metrics, stat = "Sum" }, n) => ({
    ...{ type: "metric", x: (n % 2) * 12, y: Math.floor(n / 2) * 6, width: 12, height: 6 },
    properties: { title, metrics, stat, region: place.region, period: 300, view: "timeSeries" },
  }));
  return JSON.stringify({ widgets });
}

function panelsOf(stage: Stage, lambdas: readonly Lambda[]): readonly Panel[] {
  const { place, linked } = stage;
  const { queue, machines: prefix } = thingsOf(place);
  const own = (name: string, ...more: readonly string[]) => ["Leasehold", name, "service", place.stage, ...more];
  const listening = linked.filter((one) => routesOf([one]).length > 0);
  const lines = ["unhandled", "raw", ...Object.keys(linesOf(stage)).flatMap((line) => [line, `${line}-dead`])];
  const ofLambda = (metric: string) => lambdas.map(({ called }) => ["AWS/Lambda", metric, "FunctionName", called]);
  return [
    {
      title: "Events that could not be read, or not be written at once",
      metrics: listening.flatMap(({ id }) =>
        ["EventsNotUnderstood", "SignalsQueued"].map((name) => own(name, "connector", id)),
      ),
    },
    { title: "Fetched from behind the fences", metrics: ["RawRedriven", "RawNotUnderstood"].map((name) => own(name)) },
    {
      title: "Hours since a source was read whole",
      stat: "Maximum",
      metrics: linked
        .filter(({ connector }) => connector.lists !== undefined)
        .map(({ id }) => own("SourceSilentHours", "connector", id)),
    },
    {
      title: "Brake, stuck, broken, critical",
      stat: "Maximum",
      metrics: ["BrakeTripped", "StuckCases", "ChainBroken", "FindingsCritical"].map((name) => own(name)),
    },
    {
      title: "Waiting and left lying",
      stat: "Maximum",
      metrics: lines.map((what) => ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", queue(what).name]),
    },
    {
      title: "Cases and wind-downs",
      metrics: Object.keys(machines).flatMap((what) =>
        ["ExecutionsStarted", "ExecutionsSucceeded", "ExecutionsFailed"].map((name) => [
          ...["AWS/States", name, "StateMachineArn", `${prefix}${nameOn(place.stage, what)}`],
        ]),
      ),
    },
    { title: "Errors of functions", metrics: ofLambda("Errors") },
    { title: "Functions turned away", metrics: ofLambda("Throttles") },
    { title: "Slowest run, milliseconds", stat: "Maximum", metrics: ofLambda("Duration") },
  ];
}
