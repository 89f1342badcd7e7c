import { nameOn, RIGHTS, type Right } from "@leasehold/workflows";
import { denied, type Policy, QUARANTINE } from "./denied.ts";
import type { Given } from "./given.ts";
import { merged } from "./grants.ts";
import { lambdasOf, stageOf } from "./lambdas.ts";
import type { Linked } from "./linked.ts";
import { type Place, thingsOf } from "./place.ts";
import { RETRY, type Routing, routingOf } from "./routing.ts";
import { document, type Statement } from "./statement.ts";
import { grantsIn } from "./vendors.ts";

/** What CloudFormation reads: the part of a stage that every further account has. */
export interface Template {
  readonly AWSTemplateFormatVersion: "2010-09-09";
  readonly Description: string;
  readonly Parameters: Readonly<Record<string, object>>;
  readonly Conditions: Readonly<Record<string, unknown>>;
  readonly Resources: Readonly<Record<string, Resource>>;
}
export interface Resource {
  readonly Type: string;
  readonly Condition?: string;
  readonly DeletionPolicy?: "Retain";
  readonly UpdateReplacePolicy?: "Retain";
  readonly Properties: Readonly<Record<string, unknown>>;
}

/** What a member has without being asked for it; every other right is opt-in, account by account. */
const ALWAYS: readonly Right[] = ["read", "act", "delete"];
const HERE = "$" + "{AWS::AccountId}";

/**
 * The template of a stage's members. Its roles are given what the connectors declare, and nothing is written by hand: one role for
 * each right, which the stage's functions of that right can take on, and nobody else.
 */
export function memberTemplate(given: Given): Template {
  const { stage, aws } = given;
  const routing = routingOf(given);
  const hub = { stage, account: aws.account, region: aws.region };
  const rights = RIGHTS.filter((right) => right !== "desk" && takers(given, routing, right).length > 0);
  const resources = {
    ...Object.fromEntries(rights.map((right) => [logical(right, "Role"), role(given, routing, right)])),
    ...policies({ ...hub, account: HERE }),
    ...(routing.sent.length > 0 && { HopRole: hopRole(hub) }),
    ...Object.fromEntries(routing.sent.map((one) => [`Rule${camel(one.called)}${camel(one.region)}`, rule(one, hub)])),
  };
  return {
    AWSTemplateFormatVersion: "2010-09-09",
    Description: `Leasehold, stage ${stage}: what account ${aws.account} hears of this one, and the roles with which it looks and acts here.`,
    Parameters: {
      ExternalId: {
        ...{ Type: "String", Description: "As aws.externalId in leasehold.config.ts.", Default: aws.externalId ?? "" },
        ...{ MinLength: 16, MaxLength: 256, AllowedPattern: "[\\w+=,.@:/-]+" },
      },
      Boundary: {
        Type: "String",
        Description: "The ARN of a permissions boundary for the roles, or nothing.",
        Default: "",
      },
      ...Object.fromEntries(
        rights.filter((right) => right !== "read").map((right) => [logical(right, "Allowed"), asked(right)]),
      ),
    },
    Conditions: {
      Home: { "Fn::Equals": [{ Ref: "AWS::Region" }, aws.region] }, // what is global is made once
      Bounded: { "Fn::Not": [{ "Fn::Equals": [{ Ref: "Boundary" }, ""] }] },
      ...Object.fromEntries(
        rights.filter((right) => right !== "read").map((right) => [logical(right, "Wanted"), wanted(right)]),
      ),
      ...Object.fromEntries(
        routing.sent.map(({ region }) => [inRegion(region), { "Fn::Equals": [{ Ref: "AWS::Region" }, region] }]),
      ),
    },
    Resources: substituted(resources) as Template["Resources"],
  };
}

/** The connectors that have a function of this right, and work in further accounts. */
function takers(given: Given, routing: Routing, right: Right): readonly Linked[] {
  const functions = new Set(lambdasOf(given, stageOf(given, routing)).map(({ called }) => called));
  return given.linked.filter(
    (one) =>
      one.connector.places?.home(one.settings) !== undefined && functions.has(nameOn(given.stage, one.id, right)),
  );
}

const asked = (right: Right) => ({
  ...{ Type: "String", AllowedValues: ["yes", "no"], Default: ALWAYS.includes(right) ? "yes" : "no" },
  Description: `Whether Leasehold has its role for "${right}" here.`,
});
const wanted = (right: Right) => ({
  "Fn::And": [{ Condition: "Home" }, { "Fn::Equals": [{ Ref: logical(right, "Allowed") }, "yes"] }],
});

function role(given: Given, routing: Routing, right: Right): Resource {
  const { stage, aws } = given;
  const hub = thingsOf({ stage, account: aws.account, region: aws.region });
  const here: Place = { stage, account: HERE, region: aws.region };
  const taking = takers(given, routing, right);
  const statements = merged(taking.flatMap((one) => grantsIn(one, right, here)));
  return {
    Type: "AWS::IAM::Role",
    Condition: right === "read" ? "Home" : logical(right, "Wanted"),
    Properties: {
      RoleName: nameOn(stage, right),
      Description: `Leasehold of account ${aws.account}: ${right}`,
      AssumeRolePolicyDocument: lets(
        aws.account,
        taking.map(({ id }) => hub.role(nameOn(stage, id, right))),
      ),
      ManagedPolicyArns: [{ Ref: "DenyValues" }],
      Policies: [{ PolicyName: "declared", PolicyDocument: document(joined(statements)) }],
      PermissionsBoundary: { "Fn::If": ["Bounded", { Ref: "Boundary" }, { Ref: "AWS::NoValue" }] },
    },
  };
}

/**
 * The stage's functions of this right, by the names of their roles: a principal that names a role itself would be refused where the
 * role is not made yet, and would mean another one after it was made again.
 */
const lets = (hub: string, roles: readonly string[]) => ({
  Version: "2012-10-17",
  Statement: [
    {
      ...{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: `arn:aws:iam::${hub}:root` } },
      Condition: {
        ArnEquals: { "aws:PrincipalArn": roles },
        StringEquals: { "sts:ExternalId": { Ref: "ExternalId" }, "sts:RoleSessionName": "leasehold" },
      },
    },
  ],
});

/** Verbs on the same things in one statement: two connectors may look at the same. */
function joined(statements: readonly Statement[]): readonly Statement[] {
  const byRest = new Map<string, Set<string>>();
  for (const { actions, ...rest } of statements) {
    const key = JSON.stringify(rest);
    byRest.set(key, new Set([...(byRest.get(key) ?? []), ...actions]));
  }
  return [...byRest].map(([rest, actions]) => ({ ...(JSON.parse(rest) as Statement), actions: [...actions].sort() }));
}

/** The same two as at home: what no role of ours may do, and what a quarantined identity is given. */
function policies(here: Place): Readonly<Record<string, Resource>> {
  const { name } = thingsOf(here);
  const policy = (called: string, Description: string, PolicyDocument: Policy) => ({
    ...{ Type: "AWS::IAM::ManagedPolicy", Condition: "Home" },
    Properties: { ManagedPolicyName: name(called), Description, PolicyDocument },
  });
  const kept = { DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" } as const; // it is what keeps the quarantined from living again
  return {
    DenyValues: policy("deny-values", "No call that answers with a value.", denied(here, [], [])),
    Quarantine: {
      ...policy("quarantine", "Attached to an identity that Leasehold has quarantined.", QUARANTINE),
      ...kept,
    },
  };
}

/** One role hands the events on to the hub's bus, and does nothing else. */
function hopRole(hub: Place): Resource {
  const { ingest, name } = thingsOf(hub);
  return {
    Type: "AWS::IAM::Role",
    Condition: "Home",
    Properties: {
      RoleName: name("hop"),
      AssumeRolePolicyDocument: {
        Version: "2012-10-17",
        Statement: [
          {
            ...{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "events.amazonaws.com" } },
            Condition: { StringEquals: { "aws:SourceAccount": HERE } },
          },
        ],
      },
      Policies: [
        {
          PolicyName: "hop",
          PolicyDocument: document([{ actions: ["events:PutEvents"], resources: [ingest.arn] }]),
        },
      ],
      PermissionsBoundary: { "Fn::If": ["Bounded", { Ref: "Boundary" }, { Ref: "AWS::NoValue" }] },
    },
  };
}

/** Straight to the hub from wherever it is heard. No dead letter: nothing raw is left lying, and the next list finds what was lost. */
function rule({ called, connector, route, pattern, region, state }: Routing["sent"][number], hub: Place): Resource {
  const { ingest, name } = thingsOf(hub);
  return {
    Type: "AWS::Events::Rule",
    Condition: inRegion(region),
    Properties: {
      ...{ Name: called, Description: `${connector}: ${route}`, EventPattern: pattern, State: state },
      Targets: [
        {
          ...{ Id: "hub", Arn: ingest.arn, RoleArn: thingsOf({ ...hub, account: HERE }).role(name("hop")) },
          RetryPolicy: {
            MaximumRetryAttempts: RETRY.maximumRetryAttempts,
            MaximumEventAgeInSeconds: RETRY.maximumEventAgeInSeconds,
          },
        },
      ],
    },
  };
}

const camel = (text: string) => text.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase());
const logical = (right: Right, what: string) => `${camel(right)}${what}`;
const inRegion = (region: string) => `In${camel(region)}`;

/** A text that names the account is CloudFormation's to fill in. */
function substituted(value: unknown): unknown {
  if (typeof value === "string") return value.includes(HERE) ? { "Fn::Sub": value } : value;
  if (Array.isArray(value)) return value.map(substituted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, substituted(inside)]));
}
