import { machines, nameOn, schedules as often, watches } from "@leasehold/workflows";
import { type Functions, pick } from "./functions.ts";
import type { queues } from "./queues.ts";
import { kept, role } from "./roles.ts";
import { bind, runsOf } from "./tables/bind.ts";
import type { Given } from "./tables/given.ts";
import { type Stage, sendTo } from "./tables/grants.ts";
import { thingsOf } from "./tables/place.ts";

// Step Functions writes its log through deliveries, and no verb of these takes a resource:
// docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
const DELIVER = [
  "logs:CreateLogDelivery",
  "logs:DeleteLogDelivery",
  "logs:DescribeLogGroups",
  "logs:DescribeResourcePolicies",
  "logs:GetLogDelivery",
  "logs:ListLogDeliveries",
  "logs:PutResourcePolicy",
  "logs:UpdateLogDelivery",
];

/** The shared definitions under fixed names: another name would replace a machine, and end what runs on it for weeks. */
export function workflows({ aws: { account, logDays } }: Given, { place }: Stage) {
  const it = thingsOf(place);
  return Object.entries(machines).map(([what, machine]) => {
    const name = nameOn(place.stage, what);
    const logs = new aws.cloudwatch.LogGroup(`${what}Log`, {
      name: `/aws/vendedlogs/states/${name}`,
      retentionInDays: logDays,
    });
    const functions = runsOf(machine).map((run) => it.lambda(nameOn(place.stage, run)));
    const runs = role(it, `run-${what}`, "states", account, [
      { actions: ["lambda:InvokeFunction"], resources: functions },
      { actions: DELIVER, resources: ["*"] },
    ]);
    return new aws.sfn.StateMachine(
      what,
      {
        name,
        definition: bind(machine, place),
        roleArn: runs.arn,
        loggingConfiguration: {
          level: "ERROR",
          includeExecutionData: false,
          logDestination: $interpolate`${logs.arn}:*`,
        },
      },
      kept(),
    );
  });
}

/** What runs by the clock. A miss is made up for by the next; what fails is in `unhandled`. */
export function schedules(
  { aws: { account } }: Given,
  { place }: Stage,
  by: Functions,
  { unhandled }: ReturnType<typeof queues>,
) {
  const it = thingsOf(place);
  const all = [...often, ...watches];
  const starts = role(it, "schedule", "scheduler", account, [
    { actions: ["lambda:InvokeFunction"], resources: all.map(({ run }) => it.lambda(nameOn(place.stage, run))) },
    sendTo(it.queue("unhandled").arn),
  ]);
  return all.map(({ every, run }) => {
    const name = nameOn(place.stage, run);
    return new aws.scheduler.Schedule(`every-${run}`, {
      name,
      description: `${run}, every ${every}`,
      scheduleExpression: `rate(${every})`,
      flexibleTimeWindow: { mode: "OFF" },
      target: {
        arn: pick(by, name).arn,
        roleArn: starts.arn,
        input: "{}",
        retryPolicy: { maximumRetryAttempts: 2, maximumEventAgeInSeconds: 900 },
        deadLetterConfig: { arn: unhandled.arn },
      },
    });
  });
}
