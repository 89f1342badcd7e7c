import { type State, same } from "@leasehold/core/connector";
import { type Clock, dayOf, instantOf, millisOf } from "@leasehold/core/kernel";
import { type Live, type Memory, type Mood, type Simulated, type Simulator, sayAws, verbOf } from "../../kit/index.ts";
import { isChange } from "./actions.ts";
import type { Api, SendParameters, SendSecrets } from "./api.ts";
import { denying, policyIn } from "./deny.ts";
import { listener } from "./events/index.ts";
import { credentialOf, type Kept, parameterOf, secretNamed } from "./named.ts";
import { aParameter, aSecret, empty, type Parameter, type Secret, sample, type World } from "./simulated-account.ts";

export type { World } from "./simulated-account.ts";

const PAGE = 2; // small, so that the laws turn pages

type Input = Readonly<Record<string, unknown>>;
interface Call {
  readonly now: string;
  readonly world: World;
  readonly region: string;
  readonly input: Input;
}

const at = (text: string) => new Date(text); // the SDK answers with dates
const arnOf = ({ world: { account }, region }: Call, { name, suffix }: Secret) =>
  `arn:aws:secretsmanager:${region}:${account}:secret:${name}-${suffix}`;

function missing(name: string): never {
  throw Object.assign(new Error("not there"), { name });
}

function page<T>({ input }: Call, all: readonly T[], name: string, shown: (one: T) => object): object {
  const from = Number(input["NextToken"] ?? "0");
  const more = from + PAGE < all.length;
  return { [name]: all.slice(from, from + PAGE).map(shown), ...(more && { NextToken: String(from + PAGE) }) };
}

const here = <T extends { readonly region: string }>({ region }: Call, all: readonly T[]) =>
  all.filter((one) => one.region === region);
const tagged = (tags: Secret["tags"]) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
const secretIn = (call: Call): Secret =>
  here(call, call.world.secrets).find((one) => [arnOf(call, one), one.name].includes(String(call.input["SecretId"]))) ??
  missing("ResourceNotFoundException");

function changed(call: Call, to: Partial<Secret>): object {
  Object.assign(secretIn(call), to);
  return {};
}

const calls: Readonly<Record<string, (call: Call) => object>> = {
  "secretsmanager:ListSecrets": (call) =>
    page(call, here(call, call.world.secrets), "SecretList", (one) => ({
      ...{ ARN: arnOf(call, one), Name: one.name, Description: one.description, Tags: tagged(one.tags) },
      ...{ CreatedDate: at(one.createdAt), LastChangedDate: at(one.storedAt) },
      ...(one.readAt !== null && { LastAccessedDate: at(one.readAt) }),
      ...(one.deletedAt !== null && { DeletedDate: at(one.deletedAt) }),
    })),
  "secretsmanager:DescribeSecret": (call) => {
    const one = secretIn(call);
    return {
      ...{ ARN: arnOf(call, one), Name: one.name, CreatedDate: at(one.createdAt) },
      ...(Object.keys(one.tags).length > 0 && { Tags: tagged(one.tags) }),
      ...(one.readAt !== null && { LastAccessedDate: at(one.readAt) }),
      ...(one.deletedAt !== null && { DeletedDate: at(one.deletedAt) }),
      ...(one.service !== undefined && { OwningService: one.service }),
      ...(one.primary !== undefined && { PrimaryRegion: one.primary }),
      ...(one.copies !== undefined && {
        ReplicationStatus: one.copies.map((Region) => ({ Region, Status: one.copied ?? "InSync" })),
      }),
    };
  },
  "secretsmanager:GetResourcePolicy": (call) => {
    const one = secretIn(call);
    const { name, policy } = one;
    return { ARN: arnOf(call, one), Name: name, ...(policy !== null && { ResourcePolicy: policy }) };
  },
  "secretsmanager:ListSecretVersionIds": (call) => {
    const { createdAt, storedAt } = secretIn(call);
    const before = { VersionId: "before", VersionStages: ["AWSPREVIOUS"], CreatedDate: at(createdAt) };
    const current = { VersionId: "current", VersionStages: ["AWSCURRENT"], CreatedDate: at(storedAt) };
    return page(call, createdAt === storedAt ? [current] : [before, current], "Versions", (one) => one);
  },
  "secretsmanager:PutResourcePolicy": (call) => changed(call, { policy: String(call.input["ResourcePolicy"]) }),
  "secretsmanager:DeleteResourcePolicy": (call) => changed(call, { policy: null }),
  "secretsmanager:DeleteSecret": (call) => {
    const { copies, primary } = secretIn(call);
    if (copies !== undefined || primary !== undefined) missing("InvalidRequestException");
    return changed(call, { deletedAt: call.now });
  },
  "ssm:DescribeParameters": (call) =>
    page(call, here(call, call.world.parameters), "Parameters", ({ name, description, storedAt }) => ({
      ...{
        Name: name,
        ARN: parameterOf({ partition: "aws", region: call.region, account: call.world.account }, name).arn,
      },
      ...{ Type: "SecureString", Description: description, LastModifiedDate: at(storedAt), Version: 1 },
    })),
  "ssm:ListTagsForResource": (call) => {
    const found = here(call, call.world.parameters).find(({ name }) => name === call.input["ResourceId"]);
    return { TagList: tagged((found ?? missing("InvalidResourceId")).tags) };
  },
};

const answer = (verb: string, call: Call) => (calls[verb] ?? missing("InvalidAction"))(call);

const NAME = "prod/search";
const HANDLE = { account: empty.account, region: "eu-west-1", name: NAME };
const THEIRS = JSON.stringify({ Version: "2012-10-17", Statement: [{ Sid: "app", Effect: "Allow" }] });
/** Every policy that a secret may have, for the laws: none, somebody's, each of these with ours in it, and one that nobody understands. */
const POLICIES = [null, THEIRS, denying(undefined), denying(THEIRS), "?"];
const stateOf = ({ policy, createdAt, deletedAt }: Secret): State => {
  const { reads, rest } = policyIn(policy ?? undefined);
  return deletedAt === null ? { reads, policy: rest, since: createdAt } : undefined;
};
const STATES: readonly State[] = [...POLICIES.map((policy) => stateOf(aSecret(NAME, { policy }))), undefined];

/** One secret, for the laws. */
function start(from: State): Simulated<Api> {
  const world: World = { ...structuredClone(empty), secrets: secretsAs(from) };
  const sendIn = (service: string, region: string) => async (command: unknown) => {
    const verb = `${service}:${verbOf(command)}`;
    self.calls.push(verb);
    sayAws(self.mood);
    const now = "2026-11-02T08:00:00.000Z";
    return answer(verb, { world, region, now, input: (command as { input: Input }).input });
  };
  const self: Simulated<Api> = {
    api: {
      ...{ account: world.account, regions: world.regions, contain: true },
      secrets: (region) => sendIn("secretsmanager", region) as SendSecrets,
      parameters: (region) => sendIn("ssm", region) as SendParameters,
    },
    target: {
      credential: credentialOf(secretNamed({ partition: "aws", region: "eu-west-1", account: world.account }, NAME)),
      handle: HANDLE,
    },
    ...{ calls: [], mood: "willing" },
    state: () => world.secrets.map(stateOf)[0],
    put: (state) => {
      world.secrets = secretsAs(state);
    },
  };
  return self;
}

function secretsAs(state: State): Secret[] {
  const policy = POLICIES.find((one) => same(stateOf(aSecret(NAME, { policy: one })), state));
  return policy === undefined ? [] : [aSecret(NAME, { policy })];
}

/** Some Regions of an account, which remember, and believe what the bus tells them. */
function live(memory: Memory<World>, clock: Clock, _emit: (event: unknown) => void): Live<Api> {
  const now = () => structuredClone(memory.get() ?? empty);
  const asked: string[] = [];
  const sendIn = (service: string, region: string) => async (command: unknown) => {
    const verb = `${service}:${verbOf(command)}`;
    asked.push(verb);
    sayAws(self.mood);
    const world = now();
    const said = answer(verb, { world, region, now: clock(), input: (command as { input: Input }).input });
    if (isChange(command)) memory.set(world);
    return said;
  };
  const self: Live<Api> & { mood: Mood } = {
    api: {
      secrets: (region) => sendIn("secretsmanager", region) as SendSecrets,
      parameters: (region) => sendIn("ssm", region) as SendParameters,
      get account() {
        return now().account;
      },
      get regions() {
        return now().regions;
      },
      get contain() {
        return now().contain;
      },
    },
    calls: asked,
    mood: "willing",
    absorb: (event) => {
      const read = listener.event.safeParse(event);
      if (!read.success) return;
      const world = now();
      const ours = listener.normalise(read.data).filter(({ tenant }) => tenant === world.account);
      for (const signal of ours) believe(world, signal);
      if (ours.length > 0) memory.set(world);
    },
  };
  return self;
}

type Heard = ReturnType<typeof listener.normalise>[number];

function believe(world: World, signal: Heard): void {
  if (signal.kind === "credential.issued") {
    made(world, signal.type, signal.handle, signal.source.occurredAt);
  } else if ("credential" in signal) {
    const place = (region: string) => ({ partition: "aws", region, account: world.account });
    const isIt = (kept: Kept) => credentialOf(kept) === signal.credential;
    const secret = world.secrets.find(({ region, name }) => isIt(secretNamed(place(region), name)));
    const parameter = world.parameters.find(({ region, name }) => isIt(parameterOf(place(region), name)));
    if (secret) world.secrets = replaced(world.secrets, secret, ofSecret(secret, signal));
    if (parameter) world.parameters = replaced(world.parameters, parameter, ofParameter(parameter, signal));
  }
}

const replaced = <T>(all: readonly T[], one: T, by: T | undefined): T[] =>
  all.flatMap((other) => (other === one ? (by ?? []) : other));

function ofSecret(secret: Secret, { kind, source: { occurredAt } }: Heard): Secret | undefined {
  switch (kind) {
    case "secret.stored":
      return { ...secret, storedAt: later(secret.storedAt, occurredAt) };
    case "secret.read":
      return { ...secret, readAt: later(secret.readAt ?? "", dayOf(occurredAt)) };
    case "credential.disabled":
      return { ...secret, deletedAt: occurredAt };
    case "credential.restored":
      return { ...secret, deletedAt: null };
    default:
      return kind === "credential.deleted" ? undefined : secret;
  }
}

function ofParameter(parameter: Parameter, { kind, source: { occurredAt } }: Heard): Parameter | undefined {
  if (kind === "credential.deleted") return undefined;
  return kind === "secret.stored" ? { ...parameter, storedAt: later(parameter.storedAt, occurredAt) } : parameter;
}

function made(world: World, type: string, handle: Readonly<Record<string, string>>, at: string): void {
  const { region = "", name = "" } = handle;
  const all: readonly { readonly region: string; readonly name: string }[] =
    type === "secret" ? world.secrets : world.parameters;
  if (!world.regions.includes(region) || all.some((one) => one.name === name && one.region === region)) return;
  const dated = { region, storedAt: instantOf(millisOf(at)) };
  if (type === "secret") world.secrets.push(aSecret(name, { ...dated, createdAt: dated.storedAt }));
  else world.parameters.push(aParameter(name, dated));
}

const later = (a: string, b: string): string => (a > b ? a : b);

/** Secrets Manager and Parameter Store in memory: they answer as these do, and have no values to answer with. */
export const simulator: Simulator<Api, World> = {
  acts: { secret: { states: STATES, start } },
  sample: { world: sample },
  live,
};
