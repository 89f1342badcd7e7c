import type { GetEventSelectorsResponse } from "@aws-sdk/client-cloudtrail";
import { type Live, type Memory, type Mood, type Simulator, sayAws, verbOf } from "../../kit/index.ts";
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
  readonly trails: readonly SimulatedTrail[];
}

const REGION = "eu-west-1";
const sample: World = {
  ...{ account: "111122223333", regions: [REGION, "us-east-1"] },
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
/** Where nothing was ever kept: one trail that records all that can be asked of it. */
const everything: World = {
  ...{ account: "111122223333", regions: [REGION] },
  trails: [
    {
      ...{ name: "organisation", home: REGION, everywhere: true, logs: true },
      selectors: { EventSelectors: [{ DataResources: OF_AGENTS.map((Type) => ({ Type, Values: [] })) }] },
    },
  ],
};

type Input = Readonly<Record<string, unknown>>;
type Answer = (world: World, region: string, input: Input) => object;

const lately = (world: World, delivered: string): World => ({
  ...world,
  trails: world.trails.map((one) => ({ ...one, delivered })),
});
const arnOf = ({ account }: World, { name, home }: SimulatedTrail) =>
  `arn:aws:cloudtrail:${home}:${account}:trail/${name}`;
const here = ({ trails }: World, region: string) =>
  trails.filter(({ home, everywhere }) => everywhere || home === region);
const dated = (name: string, text: string | undefined) => (text === undefined ? {} : { [name]: new Date(text) });

function trailOf(world: World, region: string, arn: unknown): SimulatedTrail {
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
};

/** The trails of an account. What is recorded there was done elsewhere. */
export const simulator: Simulator<Api, World> = {
  sample: { world: sample },
  live: (memory: Memory<World>, clock): Live<Api> => {
    const calls: string[] = [];
    const live: { mood: Mood } & Pick<Live<Api>, "api" | "calls" | "absorb"> = {
      ...{ mood: "willing", calls, absorb: () => {} },
      api: { ...placeIn(memory), in: (region) => sendIn(region) },
    };
    const sendIn = (region: string): Send =>
      (async (command: { readonly input: Input }) => {
        const verb = verbOf(command);
        calls.push(`cloudtrail:${verb}`);
        sayAws(live.mood);
        return reads[verb]?.(memory.get() ?? lately(everything, clock()), region, command.input) ?? {};
      }) as unknown as Send;
    return live;
  },
};

const placeIn = (memory: Memory<World>) => {
  const { account, regions } = memory.get() ?? everything;
  return { account, regions };
};
