import { type State, same } from "@leasehold/core/connector";
import { type Clock, type Instant, instantOf, laterBy } from "@leasehold/core/kernel";
import type { Signal } from "@leasehold/core/signal";
import {
  awsCredential,
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
import { gatewayArn, providerArn, runtimeArn, workloadArn } from "./named.ts";
import { LIVE, NONE, RUNTIME_SESSIONS, SETTLES } from "./sessions/index.ts";
import { aGateway, empty, type Gateway, sample, type Target, type Thing, type World } from "./simulated-account.ts";
import { besides, type Call, called, here, type Input, isCounted, missing, STOPS } from "./simulated-sessions.ts";

export type { World } from "./simulated-account.ts";

const PAGE = 2; // small, so that the laws turn pages

type Answer = (call: Call) => object;

const at = (text: string) => new Date(text); // the SDK answers with dates
const placeOf = ({ world: { account }, region }: Call) => ({ partition: "aws", region, account });

function page<T>({ input }: Pick<Call, "input">, all: readonly T[], name: string, shown: (one: T) => object): object {
  const from = Number(input["nextToken"] ?? "0");
  const more = from + PAGE < all.length;
  return { [name]: all.slice(from, from + PAGE).map(shown), ...(more && { nextToken: String(from + PAGE) }) };
}

const gatewayOf = (call: Call): Gateway =>
  here(call, call.world.gateways).find(({ id }) => id === call.input["gatewayIdentifier"]) ?? missing();
const times = ({ createdAt }: { readonly createdAt: string }) => ({
  createdTime: at(createdAt),
  lastUpdatedTime: at(createdAt),
});
const dates = ({ createdAt }: { readonly createdAt: string }) => ({
  createdAt: at(createdAt),
  updatedAt: at(createdAt),
});

const reads: Readonly<Record<string, Answer>> = {
  ListAgentRuntimes: (call) =>
    page(call, here(call, call.world.runtimes), "agentRuntimes", ({ id, createdAt }) => ({
      ...{ agentRuntimeArn: runtimeArn(placeOf(call), id), agentRuntimeId: id, agentRuntimeName: id.split("-")[0] },
      ...{ agentRuntimeVersion: "1", status: "READY", lastUpdatedAt: at(createdAt) },
    })),
  ListGateways: (call) =>
    page(call, here(call, call.world.gateways), "items", ({ id, authorizer, ...gateway }) => ({
      ...{ gatewayId: id, name: id, status: "READY", authorizerType: authorizer, ...dates(gateway) },
    })),
  GetGateway: (call) => {
    const { id, role, authorizer, ...gateway } = gatewayOf(call);
    const workloadIdentityDetails = { workloadIdentityArn: workloadArn(placeOf(call), id) };
    const known = {
      gatewayId: id,
      gatewayArn: gatewayArn(placeOf(call), id),
      roleArn: role,
      authorizerType: authorizer,
    };
    return { ...known, workloadIdentityDetails, ...dates(gateway) };
  },
  ListGatewayTargets: (call) =>
    page(call, gatewayOf(call).targets, "items", ({ id }) => ({ targetId: id, status: "READY" })),
  GetGatewayTarget: (call) => {
    const target = gatewayOf(call).targets.find(({ id }) => id === call.input["targetId"]) ?? missing();
    return { targetId: target.id, ...configured(target), ...dates(target) };
  },
  ListWorkloadIdentities: (call) =>
    page(call, here(call, call.world.workloads), "workloadIdentities", ({ id: name }) => ({
      ...{ name, workloadIdentityArn: workloadArn(placeOf(call), name) },
    })),
  ListOauth2CredentialProviders: (call) =>
    page(call, here(call, call.world.oauth2), "credentialProviders", ({ id: name, ...one }) => ({
      ...{ name, credentialProviderArn: providerArn(placeOf(call), "Oauth2", name), ...times(one) },
    })),
  ListApiKeyCredentialProviders: (call) =>
    page(call, here(call, call.world.apiKeys), "credentialProviders", ({ id: name, ...one }) => ({
      ...{ name, credentialProviderArn: providerArn(placeOf(call), "ApiKey", name), ...times(one) },
    })),
  ListTagsForResource: (call) => ({ tags: tagged(call).get(String(call.input["resourceArn"])) ?? missing() }),
};

function configured({ lambda, providers }: Target): object {
  const mcp =
    lambda === null ? { mcpServer: { endpoint: "https://mcp.example.com" } } : { lambda: { lambdaArn: lambda } };
  const credentialProviderConfigurations = providers.map((providerArn) =>
    providerArn.includes("/apikey")
      ? { credentialProviderType: "API_KEY", credentialProvider: { apiKeyCredentialProvider: { providerArn } } }
      : {
          credentialProviderType: "OAUTH",
          credentialProvider: { oauthCredentialProvider: { providerArn, scopes: [] } },
        },
  );
  return { targetConfiguration: { mcp }, credentialProviderConfigurations };
}

function tagged(call: Call): ReadonlyMap<string, Thing["tags"]> {
  const place = placeOf(call);
  const { runtimes, gateways, workloads, oauth2, apiKeys } = call.world;
  const of = (all: readonly Thing[], arn: (id: string) => string) =>
    here(call, all).map(({ id, tags }) => [arn(id), tags] as const);
  return new Map([
    ...of(runtimes, (id) => runtimeArn(place, id)),
    ...of(gateways, (id) => gatewayArn(place, id)),
    ...of(workloads, (id) => workloadArn(place, id)),
    ...of(oauth2, (id) => providerArn(place, "Oauth2", id)),
    ...of(apiKeys, (id) => providerArn(place, "ApiKey", id)),
  ]);
}

/**
 * One runtime, for the laws. They look back at once, and of sessions that can be believed when their longest has ended: so in this
 * one's time each stop is that long ago.
 */
function start(from: State): Simulated<Api> {
  let [world, at] = [lawful(from, MONDAY), MONDAY];
  const of = (input: Input) => ({ now: at, world, region: "eu-west-1", input });
  const send = async (command: unknown) => {
    const verb = verbOf(command);
    self.calls.push(`bedrock-agentcore:${verb}`);
    sayAws(self.mood);
    return (reads[verb] ?? missing())(of((command as { input: Input }).input));
  };
  const self: Simulated<Api> = {
    api: {
      ...{ account: world.account, regions: world.regions, contain: true, now: () => at, in: () => send as Send },
      ask: async (_region, permission, input) => {
        self.calls.push(permission);
        sayAws(self.mood);
        const said = besides[permission](of(input as Input));
        if (permission === STOPS) at = laterBy(at, SETTLES);
        return said;
      },
    },
    target: { credential: awsCredential(ONE), handle: { account: empty.account, arn: ONE } },
    ...{ calls: [], mood: "willing" },
    state: () => world.runtimes[0] && (isCounted(world.runtimes[0], at) ? LIVE : NONE),
    put: (state) => {
      world = lawful(state, at);
    },
  };
  return self;
}

const MONDAY = instantOf(Date.parse("2026-11-02T09:00:00Z"));
const ONE = "arn:aws:bedrock-agentcore:eu-west-1:111122223333:runtime/search-aBcDeFgH12";

function lawful(state: State, now: Instant): World {
  const world = structuredClone(empty);
  if (state === undefined) return world;
  const runtime = { region: "eu-west-1", id: "search-aBcDeFgH12", createdAt: MONDAY, tags: {} };
  world.runtimes = [same(state, LIVE) ? called(runtime, now) : runtime];
  return world;
}

/** Some Regions of an account, which remember, and believe what the bus tells them of gateways. Of ours, only a stop changes them. */
function live(memory: Memory<World>, clock: Clock, _emit: (event: unknown) => void): Live<Api> {
  const now = () => structuredClone(memory.get() ?? empty);
  const calls: string[] = [];
  const sendIn = (region: string) => async (command: unknown) => {
    const verb = verbOf(command);
    calls.push(`bedrock-agentcore:${verb}`);
    sayAws(self.mood);
    const read = reads[verb] ?? missing();
    return read({ now: clock(), world: now(), region, input: (command as { input: Input }).input });
  };
  const ask: Api["ask"] = async (region, permission, input) => {
    calls.push(permission);
    sayAws(self.mood);
    const world = now();
    const said = besides[permission]({ now: clock(), world, region, input: input as Input });
    if (permission === STOPS) memory.set(world);
    return said;
  };
  const self: Live<Api> & { mood: Mood } = {
    api: {
      ...{ in: (region) => sendIn(region) as Send, ask, now: clock },
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
    calls,
    mood: "willing",
    absorb: (event) => {
      const read = listener.event.safeParse(event);
      const world = now();
      const heard = read.success ? listener.normalise(read.data) : [];
      const ours = heard.filter(({ tenant }) => tenant === world.account);
      for (const signal of ours) believe(world, signal);
      if (ours.length > 0) memory.set(world);
    },
  };
  return self;
}

const GATEWAY = /^arn:aws:bedrock-agentcore:([^:]+):[^:]+:gateway\/([^/]+)$/;

function believe(world: World, signal: Signal): void {
  if (signal.kind !== "identity.created" && signal.kind !== "identity.changed" && signal.kind !== "identity.deleted")
    return;
  const [, region = "", id = ""] = GATEWAY.exec(signal.identity.name) ?? [];
  if (!world.regions.includes(region) || id === "") return;
  const known = world.gateways.find((one) => one.id === id && one.region === region);
  world.gateways = world.gateways.filter((one) => one !== known);
  if (signal.kind === "identity.deleted") return;
  const before = known ?? aGateway(id, { region, createdAt: signal.source.occurredAt });
  const { role = before.role, authorizer = before.authorizer } = signal;
  world.gateways.push({ ...before, role, authorizer });
}

/** AgentCore in memory: it answers as AgentCore does. */
export const simulator: Simulator<Api, World> = {
  acts: { [RUNTIME_SESSIONS]: { states: [LIVE, NONE, undefined], start } },
  sample: { world: sample },
  live,
};
