import { machines, nameOn, reactions } from "@leasehold/workflows";
import { linesOf } from "./files.ts";
import type { Stage } from "./grants.ts";
import type { Lambda } from "./lambdas.ts";
import { thingsOf } from "./place.ts";
import { type Routing, routesOf } from "./routing.ts";

/** One alarm. `missing`: what silence of the metric itself means. */
export interface Watched {
  readonly called: string;
  readonly says: string;
  readonly region: string;
  readonly metrics: readonly Metric[]; // added up where there are several
  readonly stat: "Maximum" | "Sum";
  readonly over: number; // it is an alarm above this
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

/** Our own gauges and counts, as packages/functions/src/kit/metrics.ts writes them: what Powertools calls `service` is the stage. */
const ours = (service: string, name: string, more: Readonly<Record<string, string>> = {}): Metric => ({
  ...{ namespace: "Leasehold", name, dimensions: { service, ...more } },
});

/** What somebody is woken for. */
export function watchedOn(stage: Stage, routing: Routing, lambdas: readonly Lambda[]): readonly Watched[] {
  return [
    ...ownAlarms(stage),
    ...silent(stage),
    ...notUnderstood(stage),
    ...partners(stage, routing),
    ...leftLying(stage),
    ...lost(stage, routing),
    ...stalled(stage),
    ...broken(stage, lambdas),
    ...dropped(stage, lambdas),
  ];
}

function ownAlarms({ place: { stage, region } }: Stage): readonly Watched[] {
  const one = (metric: string, what: string, says: string): Watched => ({
    called: nameOn(stage, what),
    ...{ says, region, metrics: [ours(stage, metric)], stat: "Maximum", over: 0, period: 900, missing: "notBreaching" },
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
    ...{ region, metrics: [ours(stage, "SourceSilentHours", { connector: id })] },
    ...{ stat: "Maximum", over: SILENT_HOURS, period: HOUR, missing: "breaching" },
  }));
}

/** Counted by connector, so it is watched by connector: CloudWatch adds nothing up over a dimension. */
function notUnderstood({ place: { stage, region }, linked }: Stage): readonly Watched[] {
  const listening = linked.filter((one) => routesOf([one]).length > 0);
  return listening.map(({ id, connector: { title } }) => ({
    called: nameOn(stage, id, "not-understood"),
    says: `An event of ${title} could not be read; the poller or the sweep will fetch what it said.`,
    ...{ region, metrics: [ours(stage, "EventsNotUnderstood", { connector: id })] },
    ...{ stat: "Sum", over: 0, period: 900, missing: "notBreaching" },
  }));
}

/** EventBridge has no metric of a partner source's state, so `take-pulse` asks for it; where it cannot, that is an alarm too. */
function partners({ place: { stage, region } }: Stage, { hops }: Routing): readonly Watched[] {
  const sources = new Map(hops.flatMap(({ bus, connector }) => (bus === undefined ? [] : [[connector, bus] as const])));
  return [...sources].map(([connector, bus]) => ({
    called: nameOn(stage, connector, "partner-down"),
    says: `The partner source ${bus} is not active: nothing of it arrives.`,
    ...{ region, metrics: [ours(stage, "PartnerDown", { connector })] },
    ...{ stat: "Maximum", over: 0, period: HOUR, missing: "breaching" },
  }));
}

/** A dead letter is a thing that did not happen. An alarm speaks of its own region alone. */
function leftLying(stage: Stage): readonly Watched[] {
  const { place, fences } = stage;
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
  const dead = ["unhandled", ...Object.keys(linesOf(stage)).map((line) => `${line}-dead`)];
  return [...dead.map((what) => at(what, place.region)), ...fences.map((region) => at("raw", region))];
}

const MOST = 10; // metrics that one alarm may add up

/**
 * What a rule could neither deliver nor leave in its queue, because the queue's or the key's policy is wrong, is lost, and
 * EventBridge counts it here alone. A rule of the default bus is known by its name, any other by its bus's, too
 * (docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html).
 */
function lost({ place }: Stage, routing: Routing): readonly Watched[] {
  const { ingest, bus } = thingsOf(place);
  const rules = [
    ...routing.direct.map(({ region, called }) => ({ region, called, on: undefined })),
    ...routing.hops.map(({ region, called, bus: on }) => ({ region, called, on })),
    ...routing.arriving.map(({ called }) => ({ region: place.region, called, on: ingest.name })),
    ...reactions.map(({ run }) => ({ region: place.region, called: nameOn(place.stage, "on", run), on: bus.name })),
  ];
  const regions = [...new Set(rules.map(({ region }) => region))];
  return regions.flatMap((region) => {
    const here = rules.filter((one) => one.region === region);
    return chunks(here, MOST).map((some, n) => ({
      called: nameOn(place.stage, "events-lost", region, String(n + 1)),
      says: `A rule in ${region} could neither deliver an event nor leave it in its queue: look at the policies of both.`,
      region,
      metrics: some.map(({ called, on }) => ({
        ...{ namespace: "AWS/Events", name: "InvocationsFailedToBeSentToDLQ" },
        dimensions: { ...(on !== undefined && { EventBusName: on }), RuleName: called },
      })),
      ...{ stat: "Sum", over: 0, period: 300, missing: "notBreaching" },
    }));
  });
}

const chunks = <T>(all: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, n) => all.slice(n * size, (n + 1) * size));

const WAITS = 900; // seconds that something may wait for its function

/** What waits and is not taken is lost after fourteen days, and no function fails meanwhile; so for what waits to be archived. */
function stalled(on: Stage): readonly Watched[] {
  const { place } = on;
  const { stage, region } = place;
  const { queue, archive } = thingsOf(place);
  const rest = { region, stat: "Maximum", over: WAITS, period: 300, missing: "notBreaching" } as const;
  return [
    ...Object.keys(linesOf(on)).map((line) => ({
      ...rest,
      called: nameOn(stage, line, "stalled"),
      says: `Something has waited in ${queue(line).name} for longer than ${WAITS / 60} minutes: nobody takes it.`,
      metrics: [
        { namespace: "AWS/SQS", name: "ApproximateAgeOfOldestMessage", dimensions: { QueueName: queue(line).name } },
      ],
    })),
    {
      ...rest,
      called: nameOn(stage, "archive-stalled"),
      says: `${archive.name} does not reach its bucket; after a day Firehose gives up.`,
      metrics: [
        {
          ...{ namespace: "AWS/Firehose", name: "DeliveryToS3.DataFreshness" },
          dimensions: { DeliveryStreamName: archive.name },
        },
      ],
    },
  ];
}

/**
 * Lambda drops an event that failed three times, and says so in this number alone
 * (aws.amazon.com/blogs/compute/introducing-new-asynchronous-invocation-metrics-for-aws-lambda). What is not raw has gone to
 * `unhandled` before; a raw event is gone, and the poller or the sweep has to fetch it.
 */
function dropped({ place: { stage, region } }: Stage, lambdas: readonly Lambda[]): readonly Watched[] {
  const raw = lambdas.filter(({ raw }) => raw);
  return raw.map(({ called }) => ({
    called: nameOn(stage, called.slice(`leasehold-${stage}-`.length), "dropped"),
    says: `${called} has failed for the same event three times, and Lambda has dropped it: look at its log, then sweep.`,
    region,
    metrics: [{ namespace: "AWS/Lambda", name: "AsyncEventsDropped", dimensions: { FunctionName: called } }],
    ...{ stat: "Sum", over: 0, period: 300, missing: "notBreaching" },
  }));
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
