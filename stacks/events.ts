import { nameOn, reactions } from "@leasehold/workflows";
import type { fences } from "./fences.ts";
import { type Functions, logicalOf, pick } from "./functions.ts";
import { letIn, type queues } from "./queues.ts";
import { role } from "./roles.ts";
import type { Given } from "./tables/given.ts";
import type { Stage } from "./tables/grants.ts";
import { thingsOf } from "./tables/place.ts";
import { type Hop, type Listening, lineOf, RETRY, type Routing, receiver } from "./tables/routing.ts";

type Fences = ReturnType<typeof fences>;
type Rule = aws.cloudwatch.EventRule;

/** Two buses: what comes in over one hop, and what we say ourselves. */
export function buses(given: Given, stage: Stage) {
  const it = thingsOf(stage.place);
  const ingest = new aws.cloudwatch.EventBus("Ingest", { name: it.ingest.name });
  const domain = new aws.cloudwatch.EventBus("Bus", { name: it.bus.name });
  members(given, ingest);
  return { ingest, domain };
}

/** These accounts may send here, and where an organisation is named, only while they are of it. */
function members({ aws: { accounts, organization } }: Given, ingest: aws.cloudwatch.EventBus) {
  const from = accounts.map(({ id }) => id);
  if (from.length === 0) return;
  const Condition = organization && { Condition: { StringEquals: { "aws:PrincipalOrgID": organization } } };
  new aws.cloudwatch.EventBusPolicy("IngestMembers", {
    eventBusName: ingest.name,
    policy: ingest.arn.apply((Resource) =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "Members",
            Effect: "Allow",
            Principal: { AWS: from },
            Action: "events:PutEvents",
            Resource,
            ...Condition,
          },
        ],
      }),
    ),
  });
}

/** Every rule of the routing table, with what it could not deliver fenced in its own region. */
export function rules(
  given: Given,
  stage: Stage,
  routing: Routing,
  by: Functions,
  to: ReturnType<typeof buses>,
  raw: Fences,
  { lines }: ReturnType<typeof queues>,
) {
  const home = stage.place.region;
  const direct = routing.direct.map((one) => toFunction("Direct", one, one.pattern, { region: one.region }));
  const arriving = routing.arriving.map((one) => {
    const pattern = { ...one.pattern, account: one.accounts };
    return toFunction("Arriving", one, pattern, { eventBusName: to.ingest.name, region: home });
  });
  const hops = hopsOf(given, stage, routing, to, raw);
  for (const [region, queue] of Object.entries(raw)) {
    const from = [...direct, ...arriving, ...hops].filter((one) => one.region === region).map((one) => one.rule.arn);
    letIn(`Raw-${region}`, queue, from, stage.place.account, region);
  }

  for (const [line, { waiting }] of Object.entries(lines)) {
    const from = direct.filter((one) => one.line === line).map((one) => one.rule.arn);
    if (from.length > 0) letIn(`${logicalOf(nameOn(stage.place.stage, line))}Line`, waiting, from, stage.place.account);
  }

  function toFunction(how: string, one: Listening, pattern: object, at: At) {
    const logical = `${logicalOf(one.called)}${how}`;
    const made = rule(logical, one, pattern, at);
    const line = lineOf(one.route);
    const target = line === undefined ? pick(by, receiver(stage.place.stage, one.route)) : undefined;
    new aws.cloudwatch.EventTarget(logical, {
      ...at,
      rule: made.name,
      arn: target?.arn ?? thingsOf(stage.place).queue(line ?? "").arn,
      inputTransformer: { inputPaths: { ...one.input.paths }, inputTemplate: one.input.template },
      deadLetterConfig: { arn: fenceIn(raw, at.region).arn },
      retryPolicy: RETRY,
    });
    if (target !== undefined) allowed(logical, target, made);
    return { rule: made, region: at.region, line };
  }
}

interface At {
  readonly region: string;
  readonly eventBusName?: $util.Input<string>;
}

function rule(logical: string, { called, route, connector, state }: Listening, pattern: object, at: At): Rule {
  return new aws.cloudwatch.EventRule(logical, {
    ...at,
    name: called,
    description: `${connector}: ${route}`,
    eventPattern: JSON.stringify(pattern),
    state,
  });
}

/** From where it is heard to the ingest bus. EventBridge passes nothing on to a third bus, so there is exactly one hop. */
function hopsOf(
  { aws: { account } }: Given,
  stage: Stage,
  { hops }: Routing,
  { ingest }: ReturnType<typeof buses>,
  raw: Fences,
) {
  if (hops.length === 0) return [];
  const it = thingsOf(stage.place);
  const forward = role(it, "hop", "events", account, [{ actions: ["events:PutEvents"], resources: [it.ingest.arn] }]);
  const partners = partnerBuses(hops);
  return hops.map((one) => {
    const { region, bus } = one;
    const logical = `${logicalOf(one.called)}Hop-${bus === undefined ? region : "partner"}`;
    const at = bus === undefined ? { region } : { region, eventBusName: pickBus(partners, bus).name };
    const made = rule(logical, one, one.pattern, at);
    new aws.cloudwatch.EventTarget(logical, {
      ...at,
      rule: made.name,
      arn: ingest.arn,
      roleArn: forward.arn,
      deadLetterConfig: { arn: fenceIn(raw, region).arn },
      retryPolicy: RETRY,
    });
    return { rule: made, region };
  });
}

/** A partner's bus is named exactly as its source; until it is made the source waits, and then expires. */
function partnerBuses(hops: readonly Hop[]) {
  const named = new Map(hops.flatMap(({ bus, connector }) => (bus === undefined ? [] : [[bus, connector] as const])));
  const make = ([source, connector]: readonly [string, string]) =>
    [source, new aws.cloudwatch.EventBus(`Partner-${connector}`, { name: source, eventSourceName: source })] as const;
  return new Map([...named].map(make));
}

function pickBus(partners: ReturnType<typeof partnerBuses>, source: string) {
  const bus = partners.get(source);
  if (bus === undefined) throw new Error(`no bus for the partner source ${source}`);
  return bus;
}

function fenceIn(raw: Fences, region: string) {
  const queue = raw[region];
  if (queue === undefined) throw new Error(`no fence in ${region}`);
  return queue;
}

/** Our own events to those who listen: as they are, for nothing in them is raw. */
export function listeners(
  stage: Stage,
  by: Functions,
  { domain }: ReturnType<typeof buses>,
  around: ReturnType<typeof queues>,
) {
  const made = reactions.map(({ on, run }) => {
    const logical = `${logicalOf(nameOn(stage.place.stage, run))}On`;
    const one = new aws.cloudwatch.EventRule(logical, {
      name: nameOn(stage.place.stage, "on", run),
      eventBusName: domain.name,
      eventPattern: JSON.stringify({ source: ["leasehold"], "detail-type": on }),
    });
    const target = pick(by, nameOn(stage.place.stage, run));
    new aws.cloudwatch.EventTarget(logical, {
      rule: one.name,
      eventBusName: domain.name,
      arn: target.arn,
      inputPath: "$.detail",
      deadLetterConfig: { arn: around.unhandled.arn },
      retryPolicy: RETRY,
    });
    allowed(logical, target, one);
    return one.arn;
  });
  letIn("Unhandled", around.unhandled, made, stage.place.account);
}

function allowed(logical: string, target: sst.aws.Function, from: Rule) {
  new aws.lambda.Permission(`${logical}May`, {
    action: "lambda:InvokeFunction",
    function: target.name,
    principal: "events.amazonaws.com",
    sourceArn: from.arn,
  });
}
