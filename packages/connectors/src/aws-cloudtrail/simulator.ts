import type { GetEventSelectorsResponse, LookupEventsRequest } from "@aws-sdk/client-cloudtrail";
import {
  cloudTrailEnvelope,
  type Live,
  type Memory,
  type Mood,
  type Simulator,
  sayAws,
  verbOf,
} from "../../kit/index.ts";
import type { Api, Send } from "./api.ts";
import { OF_AGENTS } from "./gaps.ts";

/** A trail of the simulated account, as CloudTrail keeps it: in its own Region, or in every one. */
export interface SimulatedTrail {
  readonly name: string;
  readonly home: string;
  readonly everywhere: boolean;
  readonly logs: boolean;
  readonly stopped?: string;
  readonly delivered?: string;
  readonly fault?: string;
  readonly selectors: Pick<GetEventSelectorsResponse, "EventSelectors" | "AdvancedEventSelectors">;
}
export interface World {
  readonly account: string;
  readonly regions: readonly string[];
  readonly trails?: readonly SimulatedTrail[]; // where none were ever named: one that records all that can be asked of it
  readonly events?: readonly string[]; // what CloudTrail keeps by itself: records of calls, as text, the latest last
}

const REGION = "eu-west-1";
const ADA = "arn:aws:iam::111122223333:user/ada";
const SESSION = "ASIAIOSFODNN7EXAMPLE";
const role = "arn:aws:iam::111122223333:role/deploy";
const call = (n: number, eventTime: string, more: object) =>
  JSON.stringify({
    ...{ eventVersion: "1.11", eventID: `00000000-0000-4000-8000-00000000000${n}`, eventTime, eventType: "AwsApiCall" },
    ...{ recipientAccountId: "111122223333", managementEvent: true, readOnly: false, ...more },
  });
const sample: World = {
  ...{ account: "111122223333", regions: [REGION, "us-east-1"] },
  events: [
    call(1, "2026-11-02T08:40:00Z", {
      ...{ eventSource: "sts.amazonaws.com", eventName: "AssumeRole", awsRegion: REGION, readOnly: true },
      userIdentity: { type: "IAMUser", arn: ADA, accountId: "111122223333", userName: "ada" },
      requestParameters: { roleArn: role, roleSessionName: "run-7" },
      responseElements: { credentials: { accessKeyId: SESSION, expiration: "Nov 2, 2026, 9:40:00 AM" } },
    }),
    call(2, "2026-11-02T08:45:00Z", {
      ...{ eventSource: "iam.amazonaws.com", eventName: "CreateAccessKey", awsRegion: "us-east-1" },
      userIdentity: {
        ...{ type: "AssumedRole", accountId: "111122223333", accessKeyId: SESSION },
        arn: "arn:aws:sts::111122223333:assumed-role/deploy/run-7",
        sessionContext: {
          sessionIssuer: { type: "Role", arn: role, userName: "deploy", accountId: "111122223333" },
          attributes: { creationDate: "2026-11-02T08:40:00Z", mfaAuthenticated: "false" },
        },
      },
      requestParameters: { userName: "agent" },
      responseElements: { accessKey: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", userName: "agent", status: "Active" } },
    }),
    call(3, "2026-11-02T08:46:00Z", {
      ...{ eventSource: "logs.amazonaws.com", eventName: "CreateLogStream", awsRegion: REGION },
      userIdentity: { type: "IAMUser", arn: ADA, accountId: "111122223333", userName: "ada" },
      ...{ requestParameters: { logGroupName: "example" }, responseElements: null },
    }),
    call(4, "2026-11-02T08:47:00Z", {
      ...{ eventSource: "iam.amazonaws.com", eventName: "DeleteAccessKey", awsRegion: "us-east-1" },
      userIdentity: { type: "IAMUser", arn: ADA, accountId: "111122223333", userName: "ada" },
      ...{ requestParameters: { userName: "agent", accessKeyId: "AKIAI44QH8DHBEXAMPLE" }, responseElements: null },
    }),
    call(5, "2026-11-02T08:48:00Z", {
      ...{ eventSource: "iam.amazonaws.com", eventName: "CreateUser", awsRegion: "us-east-1" },
      userIdentity: { type: "IAMUser", arn: ADA, accountId: "111122223333", userName: "ada" },
      requestParameters: { userName: "agent" },
      responseElements: {
        user: { userName: "agent", userId: "AIDACKCEVSQ6C2EXAMPLE", arn: "arn:aws:iam::111122223333:user/agent" },
      },
    }),
  ],
  trails: [
    {
      ...{ name: "organisation", home: REGION, everywhere: true, logs: true, delivered: "2026-11-02T08:55:00.000Z" },
      selectors: {
        EventSelectors: [
          {
            ...{ ReadWriteType: "All", IncludeManagementEvents: true },
            DataResources: [{ Type: "AWS::S3::Object", Values: ["arn:aws:s3"] }],
          },
        ],
      },
    },
    {
      ...{ name: "agents", home: "us-east-1", everywhere: false, logs: true, delivered: "2026-11-02T08:50:00.000Z" },
      selectors: {
        AdvancedEventSelectors: [
          {
            FieldSelectors: [
              { Field: "eventCategory", Equals: ["Data"] },
              { Field: "resources.type", Equals: ["AWS::Bedrock::AgentAlias"] },
            ],
          },
        ],
      },
    },
  ],
};
/** Where nothing was ever kept. */
const unnamed: World = { account: "111122223333", regions: [REGION, "us-east-1"] };
const everything = (delivered: string): SimulatedTrail => ({
  ...{ name: "organisation", home: REGION, everywhere: true, logs: true, delivered },
  selectors: { EventSelectors: [{ DataResources: OF_AGENTS.map((Type) => ({ Type, Values: [] })) }] },
});

type Input = Readonly<Record<string, unknown>>;
type Kept = Required<World>;
type Answer = (world: Kept, region: string, input: Input) => object;

const keptIn = (memory: Memory<World>, now: string): Kept => {
  const { trails = [everything(now)], events = [], ...place } = memory.get() ?? unnamed;
  return { ...place, trails, events };
};
const arnOf = ({ account }: Kept, { name, home }: SimulatedTrail) =>
  `arn:aws:cloudtrail:${home}:${account}:trail/${name}`;
const here = ({ trails }: Kept, region: string) =>
  trails.filter(({ home, everywhere }) => everywhere || home === region);
const dated = (name: string, text: string | undefined) => (text === undefined ? {} : { [name]: new Date(text) });

function trailOf(world: Kept, region: string, arn: unknown): SimulatedTrail {
  const found = here(world, region).find((one) => arnOf(world, one) === arn);
  if (found === undefined) throw Object.assign(new Error("not there"), { name: "TrailNotFoundException" });
  return found;
}

const reads: Readonly<Record<string, Answer>> = {
  DescribeTrails: (world, region) => ({
    trailList: here(world, region).map((one) => ({
      ...{ Name: one.name, TrailARN: arnOf(world, one), HomeRegion: one.home, IsMultiRegionTrail: one.everywhere },
    })),
  }),
  GetTrailStatus: (world, region, { Name }) => {
    const { logs, stopped, delivered, fault } = trailOf(world, region, Name);
    const times = { ...dated("StopLoggingTime", stopped), ...dated("LatestDeliveryTime", delivered) };
    return { IsLogging: logs, ...times, ...(fault && { LatestDeliveryError: fault }) };
  },
  GetEventSelectors: (world, region, { TrailName }) => trailOf(world, region, TrailName).selectors,
  LookupEvents: (world, region, input) => lookedUp(world, region, input as unknown as LookupEventsRequest),
};

const ONE_PAGE = 2; // small, so that pages are turned
const MOST = 500; // calls that are remembered

interface Recorded {
  readonly eventID: string;
  readonly eventTime: string;
  readonly eventSource: string;
  readonly awsRegion: string;
  readonly readOnly?: boolean;
}
const ATTRIBUTES: Readonly<Record<string, (event: Recorded) => string>> = {
  ReadOnly: ({ readOnly = false }) => String(readOnly),
  EventSource: ({ eventSource }) => eventSource,
};

/** By one attribute, between two instants that both count, the latest first, in pages whose token is a number. */
function lookedUp({ events }: Kept, region: string, asked: LookupEventsRequest) {
  const { StartTime = new Date(0), EndTime = new Date(8.64e15), LookupAttributes: [by] = [], NextToken = "0" } = asked;
  const found = events
    .map((text) => ({ text, event: JSON.parse(text) as Recorded }))
    .filter(
      ({ event }) =>
        event.awsRegion === region && (!by || ATTRIBUTES[by.AttributeKey ?? ""]?.(event) === by.AttributeValue),
    )
    .filter(({ event }) => new Date(event.eventTime) >= StartTime && new Date(event.eventTime) <= EndTime)
    .sort((a, b) => Date.parse(b.event.eventTime) - Date.parse(a.event.eventTime));
  const at = Number(NextToken);
  return {
    Events: found
      .slice(at, at + ONE_PAGE)
      .map(({ text, event }) => ({ EventId: event.eventID, CloudTrailEvent: text })),
    ...(found.length > at + ONE_PAGE && { NextToken: String(at + ONE_PAGE) }),
  };
}

/** Every management event of the account that the bus tells is one that CloudTrail keeps. */
function remembered(world: World, said: unknown): World {
  const { detail } = (said ?? {}) as { readonly detail?: unknown };
  if (cloudTrailEnvelope(detail) === undefined) return world;
  const { events = [] } = world;
  const { eventID } = detail as Recorded;
  if (events.some((text) => (JSON.parse(text) as Recorded).eventID === eventID)) return world;
  return { ...world, events: [...events, JSON.stringify(detail)].slice(-MOST) };
}

/** The trails of an account, and the calls that CloudTrail keeps. What is recorded there was done elsewhere. */
export const simulator: Simulator<Api, World> = {
  sample: { world: sample },
  live: (memory: Memory<World>, clock): Live<Api> => {
    const calls: string[] = [];
    const live: { mood: Mood } & Pick<Live<Api>, "api" | "calls" | "absorb"> = {
      ...{ mood: "willing", calls },
      absorb: (event) => {
        const before = memory.get() ?? unnamed;
        const after = remembered(before, event);
        if (after !== before) memory.set(after);
      },
      api: { ...placeIn(memory), looksUp: true, clock, in: (region) => sendIn(region) },
    };
    const sendIn = (region: string): Send =>
      (async (command: { readonly input: Input }) => {
        const verb = verbOf(command);
        calls.push(`cloudtrail:${verb}`);
        sayAws(live.mood);
        return reads[verb]?.(keptIn(memory, clock()), region, command.input) ?? {};
      }) as unknown as Send;
    return live;
  },
};

const placeIn = (memory: Memory<World>) => {
  const { account, regions } = memory.get() ?? unnamed;
  return { account, regions };
};
