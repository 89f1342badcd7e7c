import { linesOf, tellsOf } from "./tables/files.ts";
import type { Stage } from "./tables/grants.ts";
import { secondsOf } from "./tables/lambdas.ts";
import { thingsOf } from "./tables/place.ts";

const DAYS = 86_400;
const PATIENCE = 2 * DAYS; // a vendor's outage may last so long and no answer of a person's is given up

/** What waits in line, and where that goes which could not be done. None of it is raw. */
export function queues(stage: Stage) {
  const { place, files } = stage;
  const { queue } = thingsOf(place);
  const unhandled = plain("Unhandled", queue("unhandled").name);
  const lines = Object.entries(linesOf(stage)).map(([line, run]) => {
    const logical = line.charAt(0).toUpperCase() + line.slice(1);
    const hidden = 6 * secondsOf(run); // AWS's advice for a queue that feeds a function
    const dead = plain(`${logical}Dead`, queue(`${line}-dead`).name);
    const waiting = new aws.sqs.Queue(logical, {
      name: queue(line).name,
      sqsManagedSseEnabled: true,
      messageRetentionSeconds: 14 * DAYS,
      visibilityTimeoutSeconds: hidden,
      redrivePolicy: dead.arn.apply((deadLetterTargetArn) =>
        JSON.stringify({ deadLetterTargetArn, maxReceiveCount: Math.ceil(PATIENCE / hidden) }),
      ),
    });
    return [line, { waiting, dead }] as const;
  });
  const told = Object.fromEntries(lines)["files"];
  if (files !== undefined && told !== undefined) policy("FilesFrom", told.waiting, tellsOf(files));
  return { unhandled, lines: Object.fromEntries(lines) };
}

const plain = (logical: string, name: string) =>
  new aws.sqs.Queue(logical, { name, sqsManagedSseEnabled: true, messageRetentionSeconds: 14 * DAYS });

/** Rules may leave in a queue what they could not deliver: these rules, of this account, and nobody else. */
export function letIn(
  logical: string,
  queue: aws.sqs.Queue,
  rules: $util.Input<string>[],
  account: string,
  region?: string,
) {
  const who = $util.all(rules).apply((from) => ({
    Principal: { Service: "events.amazonaws.com" },
    Condition: { ArnEquals: { "aws:SourceArn": from }, StringEquals: { "aws:SourceAccount": account } },
  }));
  return policy(`${logical}From`, queue, who, region);
}

function policy(called: string, queue: aws.sqs.Queue, who: $util.Input<object>, region?: string) {
  return new aws.sqs.QueuePolicy(called, {
    ...(region && { region }),
    queueUrl: queue.url,
    policy: $util.all([queue.arn, who]).apply(([Resource, from]) =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", ...from, Action: "sqs:SendMessage", Resource }],
      }),
    ),
  });
}
