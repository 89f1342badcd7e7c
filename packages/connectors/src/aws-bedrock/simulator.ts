import type { State } from "@leasehold/core/connector";
import type { Clock } from "@leasehold/core/kernel";
import type { Signal } from "@leasehold/core/signal";
import {
  awsCredential,
  cloudTrailEnvelope,
  type Live,
  type Memory,
  type Mood,
  type Simulated,
  type Simulator,
  sayAws,
  verbOf,
} from "../../kit/index.ts";
import type { Api, Send } from "./api.ts";
import { listener } from "./events/index.ts";
import { ALIAS, agentArn, aliasArn, aliasHandle, baseArn, flowArn } from "./handles.ts";
import { type Agent, type Alias, anAgent, anAlias, empty, type Part, sample, type World } from "./simulated-account.ts";

export type { World } from "./simulated-account.ts";

const PAGE = 2; // small, so that the laws turn pages
const SECRET = "EXAMPLE/prompt/that/nobody/may/keep"; // Bedrock answers with what an agent is told to do

type Input = Readonly<Record<string, unknown>>;
interface Call {
  readonly world: World;
  readonly region: string;
  readonly input: Input;
}
type Answer = (call: Call) => object;

const textOf = (input: Input, name: string): string => String(input[name] ?? "");
const at = (text: string) => new Date(text); // the SDK answers with dates
const placeOf = ({ world: { account }, region }: Call) => ({ partition: "aws", region, account });
const dated = ({ createdAt }: { readonly createdAt: string }) => ({
  createdAt: at(createdAt),
  updatedAt: at(createdAt),
});

function missing(): never {
  throw Object.assign(new Error("not there"), { name: "ResourceNotFoundException" });
}

function page<T>({ input }: Call, all: readonly T[], name: string, shown: (one: T) => object): object {
  const from = Number(input["nextToken"] ?? "0");
  const more = from + PAGE < all.length;
  return { [name]: all.slice(from, from + PAGE).map(shown), ...(more && { nextToken: String(from + PAGE) }) };
}

const here = <T extends { readonly region: string }>({ region }: Call, all: readonly T[]) =>
  all.filter((one) => one.region === region);
const agentOf = (call: Call): Agent =>
  here(call, call.world.agents).find(({ id }) => id === call.input["agentId"]) ?? missing();
const aliasOf = (call: Call): Alias =>
  agentOf(call).aliases.find(({ id }) => id === call.input["agentAliasId"]) ?? missing();
const partOf = (call: Call, all: readonly Part[], name: string): Part =>
  here(call, all).find(({ id }) => id === call.input[name]) ?? missing();

const summary = (alias: Alias) => ({
  ...{ agentAliasId: alias.id, agentAliasName: alias.name, agentAliasStatus: "PREPARED", ...dated(alias) },
  ...{ aliasInvocationState: alias.state, routingConfiguration: [{ agentVersion: alias.version }] },
});
const described = (call: Call, alias: Alias) => {
  const { id: agentId } = agentOf(call);
  return { ...summary(alias), agentId, agentAliasArn: aliasArn(placeOf(call), agentId, alias.id) };
};

const reads: Readonly<Record<string, Answer>> = {
  ListAgents: (call) =>
    page(call, here(call, call.world.agents), "agentSummaries", ({ id: agentId, createdAt }) => ({
      ...{ agentId, agentName: "search", agentStatus: "PREPARED", updatedAt: at(createdAt) },
    })),
  GetAgent: (call) => {
    const { id: agentId, role: agentResourceRoleArn, ...agent } = agentOf(call);
    const agentArnOf = agentArn(placeOf(call), agentId);
    return { agent: { agentId, agentArn: agentArnOf, agentResourceRoleArn, instruction: SECRET, ...dated(agent) } };
  },
  ListAgentAliases: (call) => page(call, agentOf(call).aliases, "agentAliasSummaries", summary),
  GetAgentAlias: (call) => ({ agentAlias: described(call, aliasOf(call)) }),
  ListAgentActionGroups: (call) =>
    page(call, agentOf(call).groups, "actionGroupSummaries", ({ id }) => ({ actionGroupId: id })),
  GetAgentActionGroup: (call) => {
    const { id, lambda, ...group } =
      agentOf(call).groups.find((one) => one.id === call.input["actionGroupId"]) ?? missing();
    const actionGroupExecutor = lambda === null ? { customControl: "RETURN_CONTROL" } : { lambda };
    return {
      agentActionGroup: { actionGroupId: id, actionGroupExecutor, apiSchema: { payload: SECRET }, ...dated(group) },
    };
  },
  ListAgentKnowledgeBases: (call) =>
    page(call, agentOf(call).bases, "agentKnowledgeBaseSummaries", (knowledgeBaseId) => ({ knowledgeBaseId })),
  ListKnowledgeBases: (call) =>
    page(call, here(call, call.world.bases), "knowledgeBaseSummaries", ({ id }) => ({ knowledgeBaseId: id })),
  GetKnowledgeBase: (call) => {
    const { id, role: roleArn, ...base } = partOf(call, call.world.bases, "knowledgeBaseId");
    return {
      knowledgeBase: { knowledgeBaseId: id, knowledgeBaseArn: baseArn(placeOf(call), id), roleArn, ...dated(base) },
    };
  },
  ListFlows: (call) =>
    page(call, here(call, call.world.flows), "flowSummaries", ({ id }) => ({ id, arn: flowArn(placeOf(call), id) })),
  GetFlow: (call) => {
    const { id, role: executionRoleArn, ...flow } = partOf(call, call.world.flows, "flowIdentifier");
    return {
      id,
      arn: flowArn(placeOf(call), id),
      executionRoleArn,
      definition: { nodes: [{ name: SECRET }] },
      ...dated(flow),
    };
  },
  ListTagsForResource: (call) => ({ tags: tagged(call).get(textOf(call.input, "resourceArn")) ?? missing() }),
};

function tagged(call: Call): ReadonlyMap<string, Part["tags"]> {
  const place = placeOf(call);
  const { agents, bases, flows } = call.world;
  return new Map([
    ...here(call, agents).map(({ id, tags }) => [agentArn(place, id), tags] as const),
    ...here(call, agents).flatMap((one) =>
      one.aliases.map(({ id, tags }) => [aliasArn(place, one.id, id), tags] as const),
    ),
    ...here(call, bases).map(({ id, tags }) => [baseArn(place, id), tags] as const),
    ...here(call, flows).map(({ id, tags }) => [flowArn(place, id), tags] as const),
  ]);
}

/** What an update leaves out is set anew, as Bedrock does: then the alias leads to another version. */
const writes: Readonly<Record<string, Answer>> = {
  UpdateAgentAlias: (call) => {
    const alias = aliasOf(call);
    const [routing] = (call.input["routingConfiguration"] ?? []) as { readonly agentVersion?: string }[];
    alias.name = textOf(call.input, "agentAliasName");
    alias.version = routing?.agentVersion ?? String(Number(alias.version) + 1);
    alias.state = textOf(call.input, "aliasInvocationState") || alias.state;
    return { agentAlias: described(call, alias) };
  },
};

function answer(world: World, region: string, command: unknown): { readonly said: object; readonly wrote: boolean } {
  const verb = verbOf(command);
  const call = reads[verb] ?? writes[verb] ?? missing();
  return { said: call({ world, region, input: (command as { input: Input }).input }), wrote: verb in writes };
}

/** Some Regions of an account, which remember, tell the bus what was done to them, and believe what the bus tells them. */
function live(memory: Memory<World>, clock: Clock, emit: (event: unknown) => void): Live<Api> {
  const now = () => structuredClone(memory.get() ?? empty);
  const calls: string[] = [];
  const sendIn = (region: string) => async (command: unknown) => {
    calls.push(`bedrock:${verbOf(command)}`);
    sayAws(self.mood);
    const world = now();
    const { said, wrote } = answer(world, region, command);
    if (!wrote) return said;
    world.events += 1;
    memory.set(world);
    emit(eventOf(world, region, command, clock()));
    return said;
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
      const heard = read.success ? listener.normalise(read.data) : [];
      const others = heard.filter(({ tenant, source }) => tenant === world.account && !isOurs(source.eventId));
      for (const signal of others) believe(world, signal);
      if (others.length > 0) memory.set(world);
    },
  };
  return self;
}

const isOurs = (eventId: string) => eventId.startsWith("simulated-"); // our own echo: the world is already so, or further on

function eventOf({ account, events }: World, awsRegion: string, command: unknown, time: string): unknown {
  const role = `arn:aws:iam::${account}:role/leasehold-act`;
  return cloudTrailEnvelope({
    ...{ eventVersion: "1.11", eventSource: "bedrock.amazonaws.com", eventName: verbOf(command), eventTime: time },
    ...{ eventID: `simulated-bedrock-${account}-${events}`, eventType: "AwsApiCall", awsRegion },
    recipientAccountId: account,
    userIdentity: {
      type: "AssumedRole",
      principalId: "AROAIOSFODNN7EXAMPLE:leasehold",
      arn: `arn:aws:sts::${account}:assumed-role/leasehold-act/leasehold`,
      accountId: account,
      sessionContext: { sessionIssuer: { type: "Role", arn: role, accountId: account, userName: "leasehold-act" } },
    },
    requestParameters: (command as { input: Input }).input,
    responseElements: null,
  });
}

function believe(world: World, signal: Signal): void {
  if (signal.kind === "identity.created") newAgent(world, signal.identity.name, signal.source.occurredAt);
  if (signal.kind === "identity.deleted")
    world.agents = world.agents.filter((one) => agentArn(placeIn(world, one), one.id) !== signal.identity.name);
  if (signal.kind === "credential.issued")
    newAlias(world, signal.identity.name, signal.handle, signal.source.occurredAt);
  if (signal.kind === "credential.disabled") change(world, signal.credential, "REJECT_INVOCATIONS");
  if (signal.kind === "credential.restored") change(world, signal.credential, "ACCEPT_INVOCATIONS");
  if (signal.kind === "credential.deleted") change(world, signal.credential, undefined);
}

const placeIn = ({ account }: World, { region }: { readonly region: string }) => ({
  partition: "aws",
  region,
  account,
});

function newAgent(world: World, name: string, createdAt: string): Agent | undefined {
  const [, , , region = "", , rest = ""] = name.split(":");
  const [kind, id, ...more] = rest.split("/");
  if (kind !== "agent" || !id || more.length > 0 || !world.regions.includes(region)) return undefined;
  const known = world.agents.find((one) => one.id === id && one.region === region);
  if (known) return known;
  const made = anAgent(region, id, { createdAt });
  world.agents.push(made);
  return made;
}

function newAlias(world: World, agent: string, { agentAliasId = "" }: Input, createdAt: string): void {
  const owner = newAgent(world, agent, createdAt);
  const id = String(agentAliasId);
  if (owner && !owner.aliases.some((one) => one.id === id)) owner.aliases.push({ ...anAlias(id), createdAt });
}

function change(world: World, credential: string, to: string | undefined): void {
  for (const owner of world.agents) {
    const place = placeIn(world, owner);
    const alias = owner.aliases.find(({ id }) => awsCredential(aliasArn(place, owner.id, id)) === credential);
    if (alias && to !== undefined) alias.state = to;
    if (alias && to === undefined) owner.aliases = owner.aliases.filter((one) => one !== alias);
  }
}

const PLACE = { partition: "aws", region: "eu-west-1", account: empty.account };
const target = {
  credential: awsCredential(aliasArn(PLACE, "AGENT1EXAM", "ALIAS1EXAM")),
  handle: aliasHandle(PLACE, "AGENT1EXAM", "ALIAS1EXAM"),
};

function withOne(state: State): World {
  const aliases = state ? [anAlias("ALIAS1EXAM", state["invocations"])] : [];
  return { ...structuredClone(empty), agents: [anAgent("eu-west-1", "AGENT1EXAM", { aliases })] };
}

/** One agent with one alias, for the laws. */
function start(from: State): Simulated<Api> {
  let world = withOne(from);
  const sendIn = (region: string) => async (command: unknown) => {
    self.calls.push(`bedrock:${verbOf(command)}`);
    sayAws(self.mood);
    return answer(world, region, command).said;
  };
  const self: Simulated<Api> = {
    api: { account: world.account, regions: world.regions, in: (region) => sendIn(region) as Send },
    ...{ target, calls: [], mood: "willing" },
    state: () => {
      const alias = world.agents[0]?.aliases[0];
      return alias && { invocations: alias.state };
    },
    put: (state) => {
      world = withOne(state);
    },
  };
  return self;
}

const STATES: readonly State[] = [
  { invocations: "ACCEPT_INVOCATIONS" },
  { invocations: "REJECT_INVOCATIONS" },
  { invocations: "DRAINING" },
  undefined,
];

/** Bedrock in memory: it behaves as Bedrock does, and says so to the bus. */
export const simulator: Simulator<Api, World> = {
  acts: { [ALIAS]: { states: STATES, start } },
  sample: { world: sample },
  live,
};
