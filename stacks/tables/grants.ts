import { machines, type Need, nameOn, type Right } from "@leasehold/workflows";
import { type Filed, linesOf, readsFiles } from "./files.ts";
import type { Linked } from "./linked.ts";
import { type Place, thingsOf } from "./place.ts";
import type { Statement } from "./statement.ts";
import { rightsOf } from "./vendors.ts";

/** A stage as the tables see it: its place, the connectors it has, and the regions in which raw events may be left. */
export interface Stage {
  readonly place: Place;
  readonly linked: readonly Linked[];
  readonly fences: readonly string[];
  readonly partners: readonly string[]; // the partners' event sources
  readonly files: Filed | undefined; // where a trail's lie, if anywhere
}

const SEEN = ["GetItem", "Query"].map((verb) => `dynamodb:${verb}`);
const ROWS = [...SEEN, ...["PutItem", "DeleteItem", "ConditionCheckItem"].map((verb) => `dynamodb:${verb}`)];

/** What a need is in AWS's words. */
export function grantsOf(need: Need, stage: Stage): readonly Statement[] {
  const { place, fences, files } = stage;
  const it = thingsOf(place);
  const rows: Statement = { actions: ROWS, resources: [it.table.arn, `${it.table.arn}/index/by-*`] };
  switch (need) {
    case "rows":
      return [{ ...rows, actions: SEEN }];
    case "graph":
      return [rows, { actions: ["dynamodb:Scan"], resources: [it.table.arn] }];
    case "cases":
    case "trail":
      return [rows];
    case "life":
      return [{ actions: ["dynamodb:DescribeTable"], resources: [it.table.arn] }];
    case "usage":
      return [{ actions: ["dynamodb:GetItem", "dynamodb:Query"], resources: [it.usage.arn] }];
    case "counts":
      return [{ actions: ["dynamodb:GetItem", "dynamodb:PutItem"], resources: [it.usage.arn] }];
    case "beats":
      return [
        {
          actions: ["dynamodb:GetItem", "dynamodb:PutItem"],
          resources: [it.table.arn],
          conditions: [{ test: "ForAllValues:StringEquals", variable: "dynamodb:LeadingKeys", values: ["heard"] }],
        },
      ];
    case "archive":
      return [{ actions: ["firehose:PutRecordBatch"], resources: [it.archive.arn] }];
    case "signals":
      return [sendTo(it.queue("signals").arn)];
    case "raw":
      return fences.flatMap((region) => readFenced(place, region));
    case "bus":
      return [{ actions: ["events:PutEvents"], resources: [it.bus.arn] }];
    case "runs":
      return runs(place);
    case "roots":
      return [{ actions: ["s3:PutObject"], resources: [`${it.roots.arn}/*`] }];
    case "files":
      return files === undefined ? [] : readsFiles(place, files);
    case "read":
    case "act":
    case "contain":
    case "delete":
      return callsOf(need, stage);
    case "desks":
      return callsOf("desk", stage);
  }
}

export const sendTo = (queue: string): Statement => ({ actions: ["sqs:SendMessage"], resources: [queue] });

/** What Lambda asks for, on behalf of the function, to hand it a queue's messages. */
export const takeFrom = (queue: string): Statement => ({
  actions: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
  resources: [queue],
});

/** The key is found by its alias: its id is not known before it is made. */
function readFenced(place: Place, region: string): readonly Statement[] {
  const it = thingsOf(place);
  const alias = { test: "ForAnyValue:StringEquals", variable: "kms:ResourceAliases", values: [it.fenceAlias] };
  return [
    takeFrom(it.queue("raw", region).arn),
    { actions: ["kms:Decrypt"], resources: [it.arn("kms", "key/*", region)], conditions: [alias] },
  ];
}

// A token's owner is its state machine: CDK's grantTaskResponse names the machine's ARN for SendTaskSuccess, too.
function runs(place: Place): readonly Statement[] {
  const it = thingsOf(place);
  const all = Object.keys(machines).map((name) => nameOn(place.stage, name));
  return [
    { actions: ["states:StartExecution", "states:SendTaskSuccess"], resources: all.map((name) => it.machines + name) },
  ];
}

function callsOf(right: Right, { place, linked }: Stage): readonly Statement[] {
  const resources = linked
    .filter((one) => rightsOf(one).includes(right))
    .map(({ id }) => thingsOf(place).lambda(nameOn(place.stage, id, right)));
  return resources.length === 0 ? [] : [{ actions: ["lambda:InvokeFunction"], resources }];
}

/** Which queue a function is fed from, if any. */
export function fedBy(run: string, stage: Stage): string | undefined {
  const lines = linesOf(stage);
  return Object.keys(lines).find((name) => lines[name] === run);
}

/** Whether a partner's source is still active: asked by `take-pulse`, and where there is a partner only. */
export function describesPartners({ place, partners }: Stage): readonly Statement[] {
  if (partners.length === 0) return [];
  const { arn } = thingsOf(place);
  const resources = partners.map((source) => arn("events", `event-source/${source}`, place.region, "")); // they are of no account
  return [{ actions: ["events:DescribeEventSource"], resources }];
}

/** What every function may: write its own log. */
export function ownLog(place: Place, called: string): Statement {
  const group = thingsOf(place).logs(`/aws/lambda/${called}`);
  return { actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [`${group}:*`] };
}

/** The same verbs on the same things are said once: `graph`, `cases` and `trail` are one table. */
export function merged(statements: readonly Statement[]): readonly Statement[] {
  return [...new Map(statements.map((one) => [JSON.stringify(one), one])).values()];
}
