import { type Live, type Memory, type Mood, type Simulator, sayAws, verbOf } from "../../kit/index.ts";
import type { Api, Send } from "./api.ts";
import { listener } from "./events.ts";

/** Access Analyzer in some Regions of an account, as plain JSON. */
export interface World {
  account: string;
  regions: string[];
  analyzers: Analyzer[];
  findings: Finding[];
}
interface Analyzer {
  region: string;
  name: string;
  type: string;
  status: string;
}
export interface Finding {
  region: string;
  analyzer: string;
  id: string;
  type: string;
  resourceType: string;
  resource: string;
  status: string;
  updatedAt: string;
  key?: string;
  error?: string;
  whom?: string; // an account's id; "*" is everybody
}

const REGION = "eu-west-1";
const ACCOUNT = "111122223333";
const anAnalyzer = (name: string, type: string, region = REGION): Analyzer => ({
  region,
  name,
  type,
  status: "ACTIVE",
});
export const aFinding = (id: string, type: string, resource: string, over: Partial<Finding> = {}): Finding => ({
  ...{ region: REGION, analyzer: type === "ExternalAccess" ? "outside" : "unused", id, type, resource },
  resourceType: resource.includes(":role/")
    ? "AWS::IAM::Role"
    : resource.includes(":user/")
      ? "AWS::IAM::User"
      : SECRET,
  ...{ status: "ACTIVE", updatedAt: "2026-10-20T06:00:00.000Z" },
  ...over,
});
const SECRET = "AWS::SecretsManager::Secret";

/** Where nothing was ever kept: one analyzer, which has found nothing. */
export const empty: World = {
  ...{ account: ACCOUNT, regions: [REGION], findings: [] },
  analyzers: [anAnalyzer("outside", "ACCOUNT")],
};

const IAM = `arn:aws:iam::${ACCOUNT}`;
const secretIn = (region: string, name: string) => `arn:aws:secretsmanager:${region}:${ACCOUNT}:secret:${name}`;
export const sample: World = {
  ...{ account: ACCOUNT, regions: [REGION, "us-east-1"] },
  analyzers: [
    ...[anAnalyzer("outside", "ORGANIZATION"), anAnalyzer("unused", "ACCOUNT_UNUSED_ACCESS")],
    ...[anAnalyzer("inside", "ACCOUNT_INTERNAL_ACCESS"), anAnalyzer("outside", "ACCOUNT", "us-east-1")],
  ],
  findings: [
    aFinding("f-01", "ExternalAccess", `${IAM}:role/agents/support`, { whom: "999988887777" }),
    aFinding("f-02", "ExternalAccess", secretIn(REGION, "agents/pii-a1b2c3"), { whom: "*" }),
    aFinding("f-03", "ExternalAccess", "arn:aws:s3:::notes", { whom: "*", resourceType: "AWS::S3::Bucket" }),
    aFinding("f-04", "ExternalAccess", `${IAM}:role/agents/old`, { whom: "999988887777", status: "ARCHIVED" }),
    aFinding("f-05", "ExternalAccess", `${IAM}:role/locked`, { error: "ACCESS_DENIED" }),
    aFinding("f-06", "UnusedIAMRole", `${IAM}:role/agents/old`),
    aFinding("f-07", "UnusedIAMUserAccessKey", `${IAM}:user/bots/deploy`, { key: "AKIAIOSFODNN7EXAMPLE" }),
    aFinding("f-08", "UnusedIAMUserPassword", `${IAM}:user/bots/deploy`, { status: "RESOLVED" }),
    aFinding("f-09", "UnusedPermission", `${IAM}:user/bots/deploy`),
    aFinding("f-10", "ExternalAccess", `${IAM}:role/agents/support`, { region: "us-east-1", whom: "999988887777" }),
    aFinding("f-11", "ExternalAccess", secretIn("us-east-1", "maps-d4e5f6"), {
      region: "us-east-1",
      whom: "999988887777",
    }),
  ],
};

const PAGE = 2; // small, so that the laws turn pages

type Input = Readonly<Record<string, unknown>>;
interface Call {
  readonly world: World;
  readonly region: string;
  readonly input: Input;
}
type Answer = (call: Call) => object;

function paged<T>({ input }: Call, all: readonly T[], name: string, shown: (one: T) => object): object {
  const from = Number(input["nextToken"] ?? "0");
  const more = from + PAGE < all.length;
  return { [name]: all.slice(from, from + PAGE).map(shown), ...(more && { nextToken: String(from + PAGE) }) };
}

const arnOf = ({ world, region }: Call, name: string) =>
  `arn:aws:access-analyzer:${region}:${world.account}:analyzer/${name}`;

function findingsOf(call: Call): readonly Finding[] {
  const arn = call.input["analyzerArn"];
  if (!call.world.analyzers.some(({ name, region }) => region === call.region && arnOf(call, name) === arn)) missing();
  const { resourceType } = (call.input["filter"] ?? {}) as { resourceType?: { eq: readonly string[] } };
  return call.world.findings.filter(
    (one) =>
      one.region === call.region &&
      arnOf(call, one.analyzer) === arn &&
      resourceType?.eq.includes(one.resourceType) !== false,
  );
}

function missing(): never {
  throw Object.assign(new Error("not there"), { name: "ResourceNotFoundException" });
}

const shownOf =
  ({ world }: Call) =>
  ({ id, resource, resourceType, status, updatedAt, error }: Finding) => ({
    ...{ id, resource, resourceType, status, resourceOwnerAccount: world.account, ...(error && { error }) },
    ...{ createdAt: new Date(updatedAt), updatedAt: new Date(updatedAt), analyzedAt: new Date(updatedAt) },
  });

const reads: Readonly<Record<string, Answer>> = {
  ListAnalyzers: (call) =>
    paged(
      call,
      call.world.analyzers.filter(({ region }) => region === call.region),
      "analyzers",
      ({ name, type, status }) => ({ arn: arnOf(call, name), name, type, status, createdAt: new Date(0) }),
    ),
  ListFindings: (call) =>
    paged(call, findingsOf(call), "findings", (one) => ({
      ...shownOf(call)(one),
      ...{ condition: {}, ...(one.whom && { isPublic: one.whom === "*", principal: { AWS: one.whom } }) },
    })),
  ListFindingsV2: (call) =>
    paged(call, findingsOf(call), "findings", (one) => ({ ...shownOf(call)(one), findingType: one.type })),
  GetFindingV2: (call) => {
    const found = findingsOf(call).find(({ id }) => id === call.input["id"]) ?? missing();
    const details = found.key ? [{ unusedIamUserAccessKeyDetails: { accessKeyId: found.key } }] : [];
    return { ...shownOf(call)(found), findingType: found.type, findingDetails: details };
  },
};

/** It believes what the bus tells of findings that it has. Nothing of ours changes it. */
function live(memory: Memory<World>): Live<Api> {
  const now = () => structuredClone(memory.get() ?? empty);
  const calls: string[] = [];
  const sendIn = (region: string) => async (command: unknown) => {
    const verb = verbOf(command);
    calls.push(`access-analyzer:${verb.replace(/V2$/, "")}`);
    sayAws(self.mood);
    return (reads[verb] ?? missing())({ world: now(), region, input: (command as { input: Input }).input });
  };
  const self: Live<Api> & { mood: Mood } = {
    api: {
      in: (region) => sendIn(region) as Send,
      get account() {
        return now().account;
      },
      get regions() {
        return now().regions;
      },
    },
    calls,
    mood: "willing",
    absorb: (event) => {
      const read = listener.event.safeParse(event);
      const world = now();
      for (const signal of read.success ? listener.normalise(read.data) : []) {
        const known = world.findings.find((one) => signal.kind === "access.judged" && one.id === signal.judgement);
        if (known === undefined) continue;
        const status = signal.source.eventId.split("/").at(-1) ?? "";
        if (status === "DELETED") world.findings = world.findings.filter((one) => one !== known);
        else Object.assign(known, { status, updatedAt: signal.source.occurredAt });
        memory.set(world);
      }
    },
  };
  return self;
}

/** Access Analyzer in memory: it answers as the service does. */
export const simulator: Simulator<Api, World> = { sample: { world: sample }, live };
