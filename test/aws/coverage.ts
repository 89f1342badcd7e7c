import { readFileSync } from "node:fs";
import type { Connector } from "@leasehold/core/connector";

/** Which operations moto answers, service by service: test/aws/operations.py read it from moto itself. */
export const ANSWERED = JSON.parse(readFileSync(new URL("coverage.json", import.meta.url), "utf8")) as Readonly<
  Record<string, readonly string[]>
>;

/** A permission's prefix, and what the API behind it is called by in AWS's own models, which is what moto goes by. */
export const SERVICES: Readonly<Record<string, string>> = {
  ...{ iam: "iam", sts: "sts", identitystore: "identitystore", sso: "sso-admin", organizations: "organizations" },
  ...{ secretsmanager: "secretsmanager", ssm: "ssm", logs: "logs", cloudwatch: "cloudwatch" },
  ...{ bedrock: "bedrock-agent", "bedrock-agentcore": "bedrock-agentcore-control" },
  ...{ cloudtrail: "cloudtrail", "access-analyzer": "accessanalyzer" },
  ...{ dynamodb: "dynamodb", events: "events", firehose: "firehose", sqs: "sqs", states: "stepfunctions" },
};

/** Called beside what the connectors declare: how they connect, and what the functions ask for. The store has tests of its own. */
export const BESIDE: readonly string[] = [
  ...["sts:AssumeRole", "sts:GetCallerIdentity"],
  ...["dynamodb:DescribeTable", "events:PutEvents", "firehose:PutRecordBatch", "secretsmanager:GetSecretValue"],
  ...["sqs:DeleteMessage", "sqs:ReceiveMessage", "sqs:SendMessage", "states:SendTaskSuccess", "states:StartExecution"],
];

export function isAnswered(permission: string): boolean {
  const [prefix = "", verb = ""] = permission.split(":");
  return ANSWERED[SERVICES[prefix] ?? ""]?.includes(verb) ?? false;
}

/** All that a connector declares to need, whatever for. */
export const permissionsOf = ({ polls, lists, people, acts = [] }: Connector): readonly string[] => [
  ...[polls, lists, people, people?.groups].flatMap((part) => part?.permissions ?? []),
  ...acts.flatMap(({ permissions }) => permissions),
];
