import { queues } from "@leasehold/workflows";
import { type Assertion, change, set, without } from "../assertion.ts";
import type { Synth } from "../harness.ts";
import { at, of, problemsIf, regionOf, text } from "../look.ts";
import type { Made } from "../mocks.ts";

const MACHINE = "sfn/stateMachine:StateMachine";
const QUEUE = "sqs/queue:Queue";
const ALARM = "cloudwatch/metricAlarm:MetricAlarm";

const gauges = ["BrakeTripped", "StuckCases", "ChainBroken", "FindingsCritical", "SourceSilentHours"];

function alarmed(synth: Synth): readonly string[] {
  const alarms = of(synth, ALARM);
  const topics = of(synth, "sns/topic:Topic").map(
    (one) => `arn:aws:sns:${regionOf(synth, one)}:${synth.account}:${text(one, "name")}`,
  );
  const dead = of(synth, QUEUE).filter(
    (one) => !Object.keys(queues).some((line) => text(one, "name").endsWith(`-${line}`)),
  );
  const has = (fits: (one: Made) => boolean) => alarms.some(fits);
  const silent = alarms.filter((one) => text(one, "metricName") === "SourceSilentHours");
  return [
    ...gauges
      .filter((metric) => !has((one) => text(one, "metricName") === metric))
      .map((metric) => `no alarm on ${metric}`),
    ...dead
      .filter(
        (queue) =>
          !has(
            (one) =>
              at(one, "dimensions", "QueueName") === text(queue, "name") &&
              regionOf(synth, one) === regionOf(synth, queue),
          ),
      )
      .map((queue) => `no alarm on ${queue.name}`),
    ...of(synth, "lambda/function:Function")
      .filter((it) => !has((one) => at(one, "dimensions", "FunctionName") === text(it, "name")))
      .map((it) => `no alarm on ${it.name}`),
    ...of(synth, MACHINE)
      .filter(
        (it) =>
          !has((one) =>
            JSON.stringify(one.inputs["metricQueries"] ?? "").includes(`stateMachine:${text(it, "name")}"`),
          ),
      )
      .map((it) => `no alarm on ${it.name}`),
    ...alarms
      .filter(
        (one) =>
          !topics.some(
            (topic) =>
              topic.includes(`:${regionOf(synth, one)}:`) && JSON.stringify(one.inputs["alarmActions"]).includes(topic),
          ),
      )
      .map((one) => `${one.name} tells nobody`),
    ...silent
      .filter((one) => text(one, "treatMissingData") !== "breaching" || one.inputs["threshold"] !== 36)
      .map((one) => `${one.name}: silence of the gauge is taken for health`),
  ];
}

export const watched: readonly Assertion[] = [
  {
    says: "each fault that somebody must know of has an alarm, and each alarm tells a topic of its own region",
    check: alarmed,
    mutations: {
      ...Object.fromEntries(
        gauges.map((metric) => [
          `nothing on ${metric}`,
          (synth: Synth) => ({
            ...synth,
            resources: synth.resources.filter((one) => one.inputs["metricName"] !== metric),
          }),
        ]),
      ),
      "a queue that nobody watches": without(
        ALARM,
        (one) => text(one, "metricName") === "ApproximateNumberOfMessagesVisible",
      ),
      "a function that nobody watches": without(ALARM, (one) => text(one, "metricName") === "Errors"),
      "a machine that nobody watches": without(ALARM, (one) => text(one, "name").endsWith("-case-failed")),
      "an alarm without a topic": change(ALARM, set("alarmActions", [])),
      "an alarm of another region": change(ALARM, set("region", "ap-south-1")),
      "silence taken for health": change(
        ALARM,
        set("treatMissingData", "notBreaching"),
        (one) => text(one, "metricName") === "SourceSilentHours",
      ),
    },
  },
  {
    only: "home",
    says: "somebody is written to, in every region that has an alarm",
    check: (synth) =>
      problemsIf(
        of(synth, "sns/topicSubscription:TopicSubscription").length !== of(synth, "sns/topic:Topic").length,
        "a topic that nobody hears",
      ),
    mutations: { nobody: without("sns/topicSubscription:TopicSubscription") },
  },
  {
    only: "hub",
    says: "a partner source that has fallen silent is an alarm",
    check: (synth) =>
      problemsIf(
        !of(synth, ALARM).some(
          (one) =>
            JSON.stringify(one.inputs["metricQueries"] ?? "").includes("aws.partner/okta.com/example/leasehold") &&
            text(one, "treatMissingData") === "breaching",
        ),
        "no alarm",
      ),
    mutations: { "no alarm": without(ALARM, (one) => text(one, "name").endsWith("-partner-silent")) },
  },
];
