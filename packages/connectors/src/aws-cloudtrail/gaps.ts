import type { Gap } from "@leasehold/core/connector";
import { hoursBetween, type Instant } from "@leasehold/core/kernel";
import { joined, type Recorded } from "./recorded.ts";

/** One trail as it is in one Region. */
export interface Trail {
  readonly name: string;
  readonly logs: boolean;
  readonly stopped: Instant | undefined; // when somebody stopped it the last time
  readonly delivered: Instant | undefined; // its last file
  readonly fault: string | undefined; // of its last delivery, in AWS's word
  readonly recorded: Recorded | undefined; // undefined: its selectors could not be read
}

/** What nobody can see of one Region, because no trail that runs there records it. Each a sentence. */
export function gapsIn(region: string, trails: readonly Trail[], now: Instant): readonly Gap[] {
  const running = trails.filter(({ logs }) => logs);
  const stopped = trails.filter(({ logs }) => !logs).map((one) => stoppedOf(region, one));
  if (trails.length === 0) return [{ what: `In ${region} there is no trail: ${NINETY}`, dark: true }];
  if (running.length === 0) return [...stopped, { what: `In ${region} no trail runs: ${NINETY}`, dark: true }];
  const known = running.flatMap(({ recorded }) => (recorded ? [recorded] : []));
  const all = known.length === running.length;
  return [
    ...stopped,
    ...running.flatMap((one) => undelivered(region, one, now)),
    ...(all ? unrecorded(region, joined(known)) : []),
  ];
}

const NINETY = "of its management events CloudTrail keeps the last 90 days, and of calls to data nothing.";

const stoppedOf = (region: string, { name, stopped }: Trail): Gap => ({
  what: `In ${region} the trail ${name} is stopped${stopped ? ` since ${stopped}` : ""}.`,
  stopped: true,
});

const LATE = 24; // hours: a quiet Region has its digest of every hour, and many files a day

function undelivered(region: string, { name, delivered, fault }: Trail, now: Instant): readonly Gap[] {
  if (fault !== undefined)
    return [{ what: `In ${region} the trail ${name} could not deliver its last file: ${fault}.` }];
  if (delivered !== undefined && hoursBetween(delivered, now) <= LATE) return [];
  return [
    { what: `In ${region} the trail ${name} has delivered nothing ${delivered ? `since ${delivered}` : "yet"}.` },
  ];
}

function unrecorded(region: string, { reads, writes, without, data }: Recorded): readonly Gap[] {
  const unseen = OF_AGENTS.filter((type) => !data.includes(type));
  const what = [
    ...(writes ? [] : ["no trail records calls that change something"]),
    ...(reads ? [] : ["no trail records calls that only read"]),
    ...(without.length > 0 && (reads || writes) ? [`no trail records what is called of ${without.join(", ")}`] : []),
    ...(unseen.length > 0 ? [`no trail records calls to data of ${unseen.join(", ")}`] : []),
  ];
  return what.map((one) => ({ what: `In ${region} ${one}.` }));
}

/** What agents read, change and call, of which a trail has nothing unless it is told to: by CloudTrail's own names. */
export const OF_AGENTS: readonly string[] = [
  ...["AWS::Bedrock::AgentAlias", "AWS::Bedrock::KnowledgeBase", "AWS::BedrockAgentCore::Gateway"],
  ...["AWS::DynamoDB::Table", "AWS::Lambda::Function", "AWS::RDS::DBCluster", "AWS::S3::Object"],
];
