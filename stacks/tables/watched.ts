import { machines, nameOn, queues } from "@leasehold/workflows";
import type { Stage } from "./grants.ts";
import type { Lambda } from "./lambdas.ts";
import { thingsOf } from "./place.ts";
import type { Routing } from "./routing.ts";

/** One alarm. `missing`: what silence of the metric itself means. */
export interface Watched {
  readonly called: string;
  readonly says: string;
  readonly region: string;
  readonly metrics: readonly Metric[]; // added up where there are several
  readonly stat: "Maximum" | "Sum";
  readonly over: number; // it is an alarm above this, or below `under`
  readonly under?: number;
  readonly period: number; // seconds
  readonly missing: "breaching" | "notBreaching";
}
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

const SILENT_HOURS = 36; // the estate is swept once a day
const HOUR = 3600;

/** Our own gauges and counts, as packages/functions/src/kit/metrics.ts writes them. */
const ours = (name: string, more: Readonly<Record<string, string>> = {}): Metric => ({
  ...{ namespace: "Leasehold", name, dimensions: { service: "leasehold", ...more } },
});

/** What somebody is woken for. */
export function watchedOn(stage: Stage, routing: Routing, lambdas: readonly Lambda[]): readonly Watched[] {
  return [
    ...ownAlarms(stage),
    ...silent(stage),
    ...partners(stage, routing),
    ...leftLying(stage),
    ...broken(stage, lambdas),
  ];
}

function ownAlarms({ place: { stage, region } }: Stage): readonly Watched[] {
  const one = (metric: string, what: string, says: string): Watched => ({
    called: nameOn(stage, what),
    ...{ says, region, metrics: [ours(metric)], stat: "Maximum", over: 0, period: 900, missing: "notBreaching" },
  });
  return [
    one(
      "BrakeTripped",
      "brake-tripped",
      "The brake has tripped: nothing more is switched off until somebody releases it.",
    ),
    one("StuckCases", "stuck-cases", "A case or a wind-down cannot go on: `leasehold doctor` says what it needs."),
    one("ChainBroken", "chain-broken", "The audit trail does not agree with itself."),
    one("FindingsCritical", "findings-critical", "There is a critical finding."),
    one("RawNotUnderstood", "not-understood", "An event that a rule could not deliver could not be read either."),
    one(
      "EventsNotUnderstood",
      "events-not-understood",
      "An event could not be read; the poller or the sweep will fetch what it said.",
    ),
    {
      ...one("StuckCases", "no-pulse", "Nobody takes the pulse: the gauges of the other alarms are not written."),
      ...{ over: Number.MAX_SAFE_INTEGER, period: HOUR, missing: "breaching" },
    },
  ];
}

/** A source that is silent; also where nobody says so any more. */
function silent({ place: { stage, region }, linked }: Stage): readonly Watched[] {
  const listing = linked.filter(({ connector }) => connector.lists !== undefined);
  return listing.map(({ id, connector: { title } }) => ({
    called: nameOn(stage, id, "silent"),
    says: `${title} has not been read whole for ${SILENT_HOURS} hours.`,
    ...{ region, metrics: [ours("SourceSilentHours", { connector: id })] },
    ...{ stat: "Maximum", over: SILENT_HOURS, period: HOUR, missing: "breaching" },
  }));
}

/** EventBridge has no metric of a partner source's state: one that is no longer active delivers nothing, and that has. */
function partners({ place: { stage, region } }: Stage, { hops }: Routing): readonly Watched[] {
  const sources = new Map(hops.flatMap(({ bus, connector }) => (bus === undefined ? [] : [[connector, bus] as const])));
  return [...sources].map(([connector, bus]) => ({
    called: nameOn(stage, connector, "partner-silent"),
    says: `The partner source ${bus} has delivered nothing for a day: is it still active?`,
    region,
    metrics: hops
      .filter((one) => one.bus === bus)
      .map(({ called }) => ({
        ...{ namespace: "AWS/Events", name: "MatchedEvents", dimensions: { EventBusName: bus, RuleName: called } },
      })),
    ...{ stat: "Sum", over: 0, under: 1, period: 24 * HOUR, missing: "breaching" },
  }));
}

/** A dead letter is a thing that did not happen. An alarm speaks of its own region alone. */
function leftLying({ place, fences }: Stage): readonly Watched[] {
  const { queue } = thingsOf(place);
  const at = (what: string, region: string): Watched => ({
    called: nameOn(place.stage, what, "not-empty", ...(region === place.region ? [] : [region])),
    says: `The queue ${queue(what).name} is not empty: something could not be delivered.`,
    region,
    metrics: [
      { namespace: "AWS/SQS", name: "ApproximateNumberOfMessagesVisible", dimensions: { QueueName: queue(what).name } },
    ],
    ...{ stat: "Maximum", over: 0, period: 300, missing: "notBreaching" },
  });
  const dead = ["unhandled", ...Object.keys(queues).map((line) => `${line}-dead`)];
  return [...dead.map((what) => at(what, place.region)), ...fences.map((region) => at("raw", region))];
}

function broken({ place }: Stage, lambdas: readonly Lambda[]): readonly Watched[] {
  const { stage, region } = place;
  const rest = { region, stat: "Sum", over: 0, missing: "notBreaching" } as const;
  const of = (called: string): Metric => ({
    ...{ namespace: "AWS/Lambda", name: "Errors", dimensions: { FunctionName: called } },
  });
  return [
    ...Object.keys(machines).map((what) => ({
      ...rest,
      called: nameOn(stage, what, "failed"),
      says: `An execution of the ${what} machine has failed; the hourly sweep restarts it.`,
      metrics: [
        ...["ExecutionsFailed", "ExecutionsTimedOut", "ExecutionsAborted"].map((name) => ({
          ...{ namespace: "AWS/States", name },
          dimensions: { StateMachineArn: `${thingsOf(place).machines}${nameOn(stage, what)}` },
        })),
      ],
      period: 300,
    })),
    ...lambdas.map(({ called }) => ({
      ...rest,
      called: nameOn(stage, called.slice(`leasehold-${stage}-`.length), "errors"),
      says: `${called} fails again and again.`,
      metrics: [of(called)],
      ...{ over: 4, period: 900 }, // a hiccup is retried
    })),
  ];
}
