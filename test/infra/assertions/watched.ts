import { queues } from "@leasehold/workflows";
import { type Assertion, change, set, without } from "../assertion.ts";
import type { Synth } from "../harness.ts";
import { at, of, problemsIf, regionOf, text } from "../look.ts";
import type { Made } from "../mocks.ts";

const MACHINE = "sfn/stateMachine:StateMachine";
const QUEUE = "sqs/queue:Queue";
const ALARM = "cloudwatch/metricAlarm:MetricAlarm";
const RULE = "cloudwatch/eventRule:EventRule";
const isPartner = (one: Made) => text(one, "metricName") === "PartnerDown";

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
    says: "a partner source that is not active is an alarm, and so is one of which nobody knows",
    check: (synth) =>
      problemsIf(
        !of(synth, ALARM).some(
          (one) =>
            text(one, "metricName") === "PartnerDown" &&
            at(one, "dimensions", "connector") === "okta" &&
            text(one, "treatMissingData") === "breaching" &&
            one.inputs["threshold"] === 0 &&
            Number(one.inputs["period"]) > 900, // take-pulse speaks every fifteen minutes
        ),
        "no alarm",
      ),
    mutations: {
      "no alarm": without(ALARM, isPartner),
      "silence taken for health": change(ALARM, set("treatMissingData", "notBreaching"), isPartner),
      "of a period in which nobody speaks": change(ALARM, set("period", 300), isPartner),
    },
  },
  {
    says: "a raw event that Lambda drops, a queue that nobody takes from, and an event that reaches neither its function nor its queue, are alarms",
    check: (synth) => {
      const alarms = of(synth, ALARM);
      const on = (metric: string, dimension: string, value: string) =>
        alarms.some((one) => text(one, "metricName") === metric && at(one, "dimensions", dimension) === value);
      const said = alarms.map((one) => [
        regionOf(synth, one),
        JSON.stringify(one.inputs["metricQueries"] ?? one.inputs),
      ]);
      return [
        ...of(synth, "lambda/function:Function")
          .filter((one) => text(one, "name").includes("-receive-"))
          .filter((one) => !on("AsyncEventsDropped", "FunctionName", text(one, "name")))
          .map(({ name }) => `${name}: drops, and nobody knows`),
        ...of(synth, "lambda/eventSourceMapping:EventSourceMapping")
          .map((one) => text(one, "eventSourceArn").split(":").at(-1) ?? "")
          .filter((queue) => !on("ApproximateAgeOfOldestMessage", "QueueName", queue))
          .map((queue) => `${queue}: waits, and nobody knows`),
        ...problemsIf(
          !on("DeliveryToS3.DataFreshness", "DeliveryStreamName", `leasehold-${synth.stage}-archive`),
          "what is to be archived waits, and nobody knows",
        ),
        ...of(synth, RULE)
          .filter((rule) => {
            const bus = text(rule, "eventBusName");
            const dimensions = [`"RuleName":"${text(rule, "name")}"`, ...(bus ? [`"EventBusName":"${bus}"`] : [])];
            return !said.some(
              ([region, text = ""]) =>
                region === regionOf(synth, rule) &&
                text.includes("InvocationsFailedToBeSentToDLQ") &&
                dimensions.every((one) => text.includes(one)),
            );
          })
          .map((one) => `${one.name}: loses, and nobody knows`),
        ...alarms
          .filter((one) => ((one.inputs["metricQueries"] ?? []) as unknown[]).length > 11)
          .map((one) => `${one.name}: more than one alarm adds up`),
        ...problemsIf(!on("5xx", "ApiId", "Api-id"), "doors fail, and nobody knows"),
      ];
    },
    mutations: {
      "a receiver": without(ALARM, (one) => text(one, "metricName") === "AsyncEventsDropped"),
      "a queue": without(ALARM, (one) => text(one, "metricName") === "ApproximateAgeOfOldestMessage"),
      "the archive": without(ALARM, (one) => text(one, "metricName") === "DeliveryToS3.DataFreshness"),
      "a rule": change(RULE, set("name", "another"), () => true),
      "a region": without(ALARM, (one) => text(one, "name").includes("-events-lost-")),
      "the doors": without(ALARM, (one) => text(one, "metricName") === "5xx"),
      "more than CloudWatch adds up": change(
        ALARM,
        set(
          "metricQueries",
          Array.from({ length: 12 }, () => ({})),
        ),
        (one) => text(one, "name").endsWith("-case-failed"),
      ),
    },
  },
];
