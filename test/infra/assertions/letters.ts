import { type Assertion, change, edit, set, without } from "../assertion.ts";
import type { Synth } from "../harness.ts";
import { at, isOutside, of, problemsIf, regionOf, ruleOf, statementsIn, text } from "../look.ts";
import type { Made } from "../mocks.ts";

const TARGET = "cloudwatch/eventTarget:EventTarget";
const QUEUE = "sqs/queue:Queue";
const ASYNC = "lambda/functionEventInvokeConfig:FunctionEventInvokeConfig";
const isFenced = (one: Made) => text(one, "name").endsWith("-raw");

function ruleArn({ region, account }: Synth, rule: Made): string {
  const bus = text(rule, "eventBusName");
  return `arn:aws:events:${rule.inputs["region"] ?? region}:${account}:rule/${bus && `${bus}/`}${text(rule, "name")}`;
}

/** What a target's dead-letter queue must be: in the rule's region, and open to that rule. */
function lettersOf(synth: Synth, target: Made): readonly string[] {
  const dead = String(at(target, "deadLetterConfig", "arn") ?? "");
  const [, , , region, , name = ""] = dead.split(":");
  if (dead === "") return [`${target.name}: no dead letters`];
  const queue = of(synth, QUEUE).find((one) => text(one, "name") === name && regionOf(synth, one) === region);
  const policy = of(synth, "sqs/queuePolicy:QueuePolicy").find(
    (one) => text(one, "queueUrl").includes(`sqs.${region}.`) && text(one, "queueUrl").endsWith(`/${name}`),
  );
  const rule = ruleOf(synth, target);
  const from = policy === undefined ? "" : JSON.stringify(statementsIn(policy.inputs["policy"]));
  return [
    ...problemsIf(queue === undefined, `${target.name}: its dead letters go to a queue that is not made`),
    ...problemsIf(region !== regionOf(synth, target), `${target.name}: its dead letters go to another region`),
    ...problemsIf(
      rule === undefined || !from.includes(`"${ruleArn(synth, rule)}"`),
      `${target.name}: the queue lets no letter of this rule in`,
    ),
    ...problemsIf(
      !from.includes(`"aws:SourceAccount":"${synth.account}"`),
      `${target.name}: the queue is open to other accounts`,
    ),
    ...problemsIf(
      isOutside(target) && queue !== undefined && !isFenced(queue),
      `${target.name}: raw events go to a queue without a fence`,
    ),
  ];
}

function fenceOf(synth: Synth, queue: Made): readonly string[] {
  const region = regionOf(synth, queue);
  const key = of(synth, "kms/key:Key").find((one) => regionOf(synth, one) === region);
  const policy = key === undefined ? [] : statementsIn(key.inputs["policy"]);
  const reads = policy.filter(({ Action }) => Action.includes("kms:Decrypt"));
  const readers = reads.filter(({ Principal }) => !JSON.stringify(Principal).includes("events.amazonaws.com"));
  const only = `arn:aws:iam::${synth.account}:role/leasehold-${synth.stage}-redrive-raw`;
  return [
    ...problemsIf(
      key === undefined || !text(queue, "kmsMasterKeyId").includes(":kms:"),
      `${queue.name}: no key of its own`,
    ),
    ...problemsIf(queue.inputs["messageRetentionSeconds"] !== 345_600, `${queue.name}: not four days`),
    ...problemsIf(
      readers.length !== 1 || !JSON.stringify(readers[0]?.Condition ?? {}).includes(`"${only}"`),
      `${queue.name}: another reader than redrive-raw`,
    ),
    ...problemsIf(
      policy.some(({ Action }) => Action.some((verb) => verb.includes("*"))),
      `${queue.name}: a wildcard in its key's policy`,
    ),
  ];
}

const takers = (synth: Synth) =>
  of(synth, "iam/role:Role").filter((one) =>
    /sqs:ReceiveMessage[^}]*-raw"/.test(JSON.stringify(one.inputs["inlinePolicies"]).replaceAll("\\", "")),
  );

export const letters: readonly Assertion[] = [
  {
    says: "what a rule cannot deliver goes to a queue in the rule's region that lets this rule in, raw events behind a fence",
    check: (synth) => of(synth, TARGET).flatMap((one) => lettersOf(synth, one)),
    mutations: {
      "no queue": change(TARGET, set("deadLetterConfig", undefined)),
      "a queue of another region": change(TARGET, (inputs) => ({ ...inputs, region: "ap-south-1" }), isOutside),
      "no policy": without("sqs/queuePolicy:QueuePolicy"),
      "a policy for other rules": change("sqs/queuePolicy:QueuePolicy", edit("policy", /:rule[/]/g, ":rule/other-")),
      "a policy for other accounts": change(
        "sqs/queuePolicy:QueuePolicy",
        edit("policy", '"aws:SourceAccount"', '"aws:SourceOwner"'),
      ),
      "raw events in the plain queue": change(
        TARGET,
        ({ deadLetterConfig, ...inputs }) => ({
          ...inputs,
          deadLetterConfig: { arn: String((deadLetterConfig as { arn: string }).arn).replace(/-raw$/, "-unhandled") },
        }),
        (one) => isOutside(one) && !one.name.includes("Hop-us-east-1"),
      ),
    },
  },
  {
    says: "fenced queues have a key of their own, four days and one reader",
    check: (synth) => [
      ...of(synth, QUEUE)
        .filter(isFenced)
        .flatMap((one) => fenceOf(synth, one)),
      ...problemsIf(takers(synth).length !== 1, "not exactly one role takes from the fenced queues"),
    ],
    mutations: {
      "AWS's key": change(QUEUE, set("kmsMasterKeyId", "alias/aws/sqs"), isFenced),
      "fourteen days": change(QUEUE, set("messageRetentionSeconds", 1_209_600), isFenced),
      "a key that anybody here reads with": change(
        "kms/key:Key",
        edit("policy", /"Condition":\{"ArnEquals":[^}]*\}\}/, '"Sid":"x"'),
      ),
      "a wildcard in the key's policy": change("kms/key:Key", edit("policy", '"kms:DescribeKey"', '"kms:*"')),
      "a second reader": (synth) => ({ ...synth, resources: [...synth.resources, ...takers(synth)] }),
    },
  },
  {
    says: "a function that takes raw events leaves them nowhere; the other ones that are called without waiting leave theirs in `unhandled`",
    check: (synth) =>
      of(synth, ASYNC).flatMap((one) => {
        const raw = text(one, "functionName").includes("-receive-");
        const left = at(one, "destinationConfig", "onFailure", "destination") !== undefined;
        const asked = of(synth, "scheduler/schedule:Schedule").some(
          (it) => text(it, "name") === text(one, "functionName"),
        );
        return [
          ...problemsIf(raw && left, `${one.name}: raw events have an on-failure destination`),
          ...problemsIf(asked && !left, `${one.name}: what failed is lost`),
        ];
      }),
    mutations: {
      "a destination for raw events": change(
        ASYNC,
        set("destinationConfig", { onFailure: { destination: "arn:aws:sqs:::x" } }),
        (one) => text(one, "functionName").includes("-receive-"),
      ),
      "none for a schedule": change(ASYNC, set("destinationConfig", undefined), (one) =>
        text(one, "functionName").endsWith("-sweep-estate"),
      ),
    },
  },
  {
    says: "every receiver is known by its own settings for failure",
    check: (synth) =>
      of(synth, "lambda/function:Function").flatMap((one) =>
        problemsIf(
          !of(synth, ASYNC).some((it) => text(it, "functionName") === text(one, "name")),
          `${one.name}: Lambda's defaults`,
        ),
      ),
    mutations: { "one that has Lambda's defaults": without(ASYNC) },
  },
  {
    says: "a queue that feeds a function waits six times its timeout, hands back what failed, and gives up after two days, into a queue",
    check: (synth) =>
      of(synth, "lambda/eventSourceMapping:EventSourceMapping").flatMap((one) => {
        const queue = of(synth, QUEUE).find((it) => text(one, "eventSourceArn").endsWith(`:${text(it, "name")}`));
        const made = of(synth, "lambda/function:Function").find((it) => text(it, "name") === text(one, "functionName"));
        const waits = Number(queue?.inputs["visibilityTimeoutSeconds"] ?? 0);
        const { maxReceiveCount: times = 0 } = JSON.parse((queue && text(queue, "redrivePolicy")) || "{}") as {
          maxReceiveCount?: number;
        };
        return [
          ...problemsIf(
            made === undefined || waits < 6 * Number(made.inputs["timeout"]),
            `${one.name}: seen again too soon`,
          ),
          ...problemsIf(
            !JSON.stringify(one.inputs["functionResponseTypes"] ?? []).includes("ReportBatchItemFailures"),
            `${one.name}: one failure fails all`,
          ),
          ...problemsIf(
            queue === undefined || !text(queue, "redrivePolicy").includes("-dead"),
            `${one.name}: goes round for ever`,
          ),
          ...problemsIf(
            waits * times < 48 * 3_600 || times > 1_000,
            `${one.name}: given up while a vendor's outage lasts, or not as AWS takes it`,
          ),
          ...problemsIf(
            text(one, "eventSourceArn").endsWith("-heard") && one.inputs["batchSize"] !== 1,
            `${one.name}: ten clicks share one run, and what one of them waits for`,
          ),
        ];
      }),
    mutations: {
      "too short a wait": change(QUEUE, set("visibilityTimeoutSeconds", 60), (one) =>
        text(one, "name").endsWith("-signals"),
      ),
      "all or nothing": change("lambda/eventSourceMapping:EventSourceMapping", set("functionResponseTypes", [])),
      "given up after half an hour": change(
        QUEUE,
        edit("redrivePolicy", /"maxReceiveCount":\d+/, '"maxReceiveCount":5'),
        (one) => text(one, "name").endsWith("-heard"),
      ),
      "ten clicks at once": change("lambda/eventSourceMapping:EventSourceMapping", set("batchSize", 10), (one) =>
        one.name.startsWith("heard"),
      ),
      "for ever": change(QUEUE, set("redrivePolicy", undefined), (one) => text(one, "name").endsWith("-heard")),
    },
  },
];
