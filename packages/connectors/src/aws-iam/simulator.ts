import type { State } from "@leasehold/core/connector";
import { type Clock, Instant } from "@leasehold/core/kernel";
import type { Signal } from "@leasehold/core/signal";
import * as z from "zod/mini";
import {
  accessKey,
  cloudTrailEnvelope,
  iamUserArn,
  type Live,
  type Memory,
  type Mood,
  type Simulated,
  type Simulator,
  sayAws,
  verbOf,
} from "../../kit/index.ts";
import type { Api } from "./api.ts";
import { listener } from "./events.ts";
import { SERVICE_SPECIFIC, serviceHandle } from "./handles.ts";
import {
  empty,
  KEY,
  type Key,
  MADE,
  type Policies,
  SERVICE,
  type ServiceKey,
  sample,
  type User,
  type World,
} from "./simulated-account.ts";

export type { World } from "./simulated-account.ts";

const PAGE = 2; // small, so that the laws turn pages
const handle = { account: empty.account, userName: "agent-7", accessKeyId: KEY };
const serviceHandleOf = serviceHandle(empty.account, "agent-7", SERVICE, "bedrock.amazonaws.com");

type Input = { [name: string]: string | undefined };
type Call = (world: World, input: Input) => object;

const reads: { readonly [verb: string]: Call } = {
  ListUsers: ({ account, users }, { Marker = "0" }) => {
    const [from, to] = [Number(Marker), Number(Marker) + PAGE];
    const more = to < users.length;
    return {
      Users: users.slice(from, to).map(({ userName, createdAt }) => ({
        UserName: userName,
        Arn: iamUserArn(account, userName),
        CreateDate: at(createdAt),
      })),
      IsTruncated: more,
      ...(more && { Marker: String(to) }),
    };
  },
  ListAccessKeys: (world, input) => ({
    AccessKeyMetadata: user(world, input).keys.map(({ accessKeyId, status, createdAt }) => ({
      AccessKeyId: accessKeyId,
      Status: status,
      CreateDate: at(createdAt),
    })),
  }),
  GetAccessKeyLastUsed: (world, input) => {
    const { owner, key } = keyOf(world, input["AccessKeyId"]);
    const used = key.lastUsed === null ? {} : { LastUsedDate: at(key.lastUsed) };
    return { UserName: owner.userName, AccessKeyLastUsed: { ServiceName: "N/A", Region: "N/A", ...used } };
  },
  ListServiceSpecificCredentials: (world, input) => {
    const { services = [] } = user(world, input);
    const [from, to] = [Number(input["Marker"] ?? "0"), Number(input["Marker"] ?? "0") + 1]; // one a page
    const more = to < services.length;
    return {
      ServiceSpecificCredentials: services.slice(from, to).map((one) => ({
        ...{ UserName: input["UserName"], ServiceSpecificCredentialId: one.id, ServiceName: one.serviceName },
        ...{ Status: one.status, CreateDate: at(one.createdAt) },
        ...(one.expiresAt !== null && { ExpirationDate: at(one.expiresAt) }),
      })),
      IsTruncated: more,
      ...(more && { Marker: String(to) }),
    };
  },
  ListUserTags: (world, input) => ({
    Tags: Object.entries(user(world, input).tags).map(([Key, Value]) => ({ Key, Value })),
  }),
  ListAttachedUserPolicies: (world, input) => attached(user(world, input)),
  ListUserPolicies: (world, input) => ({ PolicyNames: Object.keys(user(world, input).inline) }),
  GetUserPolicy: (world, input) => inline(user(world, input), input),
  ListGroupsForUser: (world, input) => ({ Groups: user(world, input).groups.map((GroupName) => ({ GroupName })) }),
  ListAttachedGroupPolicies: (world, input) => attached(group(world, input)),
  ListGroupPolicies: (world, input) => ({ PolicyNames: Object.keys(group(world, input).inline) }),
  GetGroupPolicy: (world, input) => inline(group(world, input), input),
};

const writes: { readonly [verb: string]: Call } = {
  UpdateAccessKey: (world, input) => {
    keyOf(world, input["AccessKeyId"]).key.status = input["Status"] === "Active" ? "Active" : "Inactive";
    return {};
  },
  DeleteAccessKey: (world, input) => {
    const { owner, key } = keyOf(world, input["AccessKeyId"]);
    owner.keys = owner.keys.filter((one) => one !== key);
    return {};
  },
  UpdateServiceSpecificCredential: (world, input) => {
    serviceOf(world, input).service.status = input["Status"] === "Active" ? "Active" : "Inactive";
    return {};
  },
  DeleteServiceSpecificCredential: (world, input) => {
    const { owner, service } = serviceOf(world, input);
    owner.services = owner.services?.filter((one) => one !== service) ?? [];
    return {};
  },
};

function serviceOf(world: World, input: Input): { owner: User; service: ServiceKey } {
  const owner = user(world, input);
  const service = owner.services?.find(({ id }) => id === input["ServiceSpecificCredentialId"]) ?? missing();
  return { owner, service };
}

function user({ users }: World, { UserName }: Input): User {
  return users.find(({ userName }) => userName === UserName) ?? missing();
}
function group({ groups }: World, { GroupName = "" }: Input): Policies {
  return groups[GroupName] ?? missing();
}
function keyOf({ users }: World, accessKeyId: string | undefined): { owner: User; key: Key } {
  for (const owner of users) for (const key of owner.keys) if (key.accessKeyId === accessKeyId) return { owner, key };
  return missing();
}
function missing(): never {
  throw Object.assign(new Error("not there"), { name: "NoSuchEntityException" });
}
const attached = (of: Policies) => ({
  AttachedPolicies: of.attached.map((PolicyArn) => ({ PolicyArn, PolicyName: PolicyArn.split("/").at(-1) })),
});
const inline = (of: Policies, { PolicyName = "" }: Input) => ({
  PolicyName,
  PolicyDocument: encodeURIComponent(JSON.stringify(of.inline[PolicyName] ?? missing())),
});
const at = (text: string) => new Date(text); // the SDK answers with dates

/** What IAM answers, and the world as it is afterwards. */
function answer(world: World, command: unknown): { readonly said: object; readonly wrote: boolean } {
  const verb = verbOf(command);
  const call = reads[verb] ?? writes[verb] ?? missing();
  return { said: call(world, (command as { input: Input }).input), wrote: verb in writes };
}

/** An account of many users, which remembers, tells the bus what was done to it, and believes what the bus tells it. */
function live(memory: Memory<World>, clock: Clock, emit: (event: unknown) => void): Live<Api> {
  const now = () => memory.get() ?? empty; // what was kept, and not to be changed
  const changing = () => structuredClone(now());
  const calls: string[] = [];

  async function send(command: unknown) {
    calls.push(`iam:${verbOf(command)}`);
    sayAws(self.mood);
    const world = verbOf(command) in writes ? changing() : now();
    const { said, wrote } = answer(world, command);
    if (!wrote) return said;
    world.events += 1;
    memory.set(world);
    emit(eventOf(world, command, clock()));
    return said;
  }

  const self: Live<Api> & { mood: Mood } = {
    api: {
      send: send as Api["send"],
      get account() {
        return now().account;
      },
    },
    calls,
    mood: "willing",
    absorb: (event) => {
      const read = listener.event.safeParse(event);
      const world = changing();
      const heard = read.success ? listener.normalise(read.data) : [];
      const others = heard.filter(({ tenant, source }) => tenant === world.account && !isOurs(source.eventId));
      for (const signal of others) believe(world, signal);
      if (countUse(world, event) || others.length > 0) memory.set(world);
    },
  };
  return self;
}

const Use = z.object({
  detail: z.object({ eventTime: Instant, userIdentity: z.object({ accessKeyId: z.string() }) }),
});

/** Whatever CloudTrail records as signed with a key is a use of that key, refused calls too. An older one is no news. */
function countUse({ users }: World, event: unknown): boolean {
  const read = Use.safeParse(event);
  if (!read.success) return false;
  const { eventTime, userIdentity } = read.data.detail;
  const key = users.flatMap(({ keys }) => keys).find(({ accessKeyId }) => accessKeyId === userIdentity.accessKeyId);
  if (key === undefined || (key.lastUsed ?? "") >= eventTime) return false;
  key.lastUsed = eventTime;
  return true;
}

const isOurs = (eventId: string) => eventId.startsWith("simulated-"); // our own echo: the world is already so, or further on

function eventOf({ account, events }: World, command: unknown, time: string): unknown {
  const { UserName, AccessKeyId, ServiceSpecificCredentialId, Status } = (command as { input: Input }).input;
  const role = `arn:aws:iam::${account}:role/leasehold-act`;
  return cloudTrailEnvelope({
    eventVersion: "1.11",
    eventSource: "iam.amazonaws.com",
    eventName: verbOf(command),
    eventTime: time,
    eventID: `simulated-${account}-${events}`,
    eventType: "AwsApiCall",
    awsRegion: "us-east-1",
    recipientAccountId: account,
    userIdentity: {
      type: "AssumedRole",
      principalId: "AROAIOSFODNN7EXAMPLE:leasehold",
      arn: `arn:aws:sts::${account}:assumed-role/leasehold-act/leasehold`,
      accountId: account,
      sessionContext: { sessionIssuer: { type: "Role", arn: role, accountId: account, userName: "leasehold-act" } },
    },
    requestParameters: {
      userName: UserName,
      ...(AccessKeyId && { accessKeyId: AccessKeyId }),
      ...(ServiceSpecificCredentialId && { serviceSpecificCredentialId: ServiceSpecificCredentialId }),
      ...(Status && { status: Status }),
    },
    responseElements: null,
  });
}

function believe(world: World, signal: Signal): void {
  if (signal.kind === "identity.created")
    newUser(world, signal.identity.name.split("/").at(-1) ?? "", signal.source.occurredAt);
  if (signal.kind === "identity.deleted")
    world.users = world.users.filter(({ userName }) => iamUserArn(world.account, userName) !== signal.identity.name);
  if (signal.kind === "credential.issued" && signal.type === SERVICE_SPECIFIC)
    newService(world, signal.handle, signal.source.occurredAt);
  else if (signal.kind === "credential.issued") newKey(world, signal.handle, signal.source.occurredAt);
  if (signal.kind === "credential.disabled") change(world, signal.credential, "Inactive");
  if (signal.kind === "credential.restored") change(world, signal.credential, "Active");
  if (signal.kind === "credential.deleted") change(world, signal.credential, undefined);
}

function newUser(world: World, userName: string, createdAt: string): User {
  const known = world.users.find((one) => one.userName === userName);
  if (known) return known;
  const made = { userName, createdAt, tags: {}, groups: [], attached: [], inline: {}, keys: [] };
  world.users.push(made);
  return made;
}

function newKey(world: World, { userName = "", accessKeyId = "" }: Input, createdAt: string): void {
  const { keys } = newUser(world, userName, createdAt);
  if (!keys.some((key) => key.accessKeyId === accessKeyId))
    keys.push({ accessKeyId, status: "Active", createdAt, lastUsed: null });
}

function newService(world: World, { userName = "", ...made }: Input, createdAt: string): void {
  const { serviceSpecificCredentialId: id = "", serviceName = "" } = made;
  const owner = newUser(world, userName, createdAt);
  owner.services ??= [];
  if (!owner.services.some((one) => one.id === id))
    owner.services.push({ id, serviceName, status: "Active", createdAt, expiresAt: null });
}

function change(world: World, credential: string, to: Key["status"] | undefined): void {
  for (const owner of world.users) {
    const service = owner.services?.find(({ id }) => accessKey(id) === credential);
    if (service && to !== undefined) service.status = to;
    if (service && to === undefined) owner.services = owner.services?.filter((one) => one !== service) ?? [];
    const key = owner.keys.find(({ accessKeyId }) => accessKey(accessKeyId) === credential);
    if (key && to !== undefined) key.status = to;
    if (key && to === undefined) owner.keys = owner.keys.filter((one) => one !== key);
  }
}

interface OfUser {
  readonly id: string;
  readonly handle: { readonly [name: string]: string };
  readonly make: (world: World) => void;
  readonly of: (owner: User) => { status: Key["status"] } | undefined;
}
const ofKeys: OfUser = {
  ...{ id: KEY, handle },
  make: (world) => newKey(world, handle, MADE),
  of: ({ keys }) => keys[0],
};
const ofServices: OfUser = {
  ...{ id: SERVICE, handle: serviceHandleOf },
  make: (world) => newService(world, serviceHandleOf, MADE),
  of: ({ services }) => services?.[0],
};

/** One user with one credential, for the laws. */
const start =
  (of: OfUser) =>
  (from: State): Simulated<Api> => {
    const world = withOne(of, from);
    async function send(command: unknown) {
      self.calls.push(`iam:${verbOf(command)}`);
      sayAws(self.mood);
      return answer(world, command).said;
    }
    const self: Simulated<Api> = {
      api: { send: send as Api["send"], account: world.account },
      target: { credential: accessKey(of.id), handle: of.handle },
      calls: [],
      mood: "willing",
      state: () => {
        const one = world.users[0] && of.of(world.users[0]);
        return one && { status: one.status };
      },
      put: (state) => {
        world.users = withOne(of, state).users;
      },
    };
    return self;
  };

function withOne(of: OfUser, state: State): World {
  const world = structuredClone(empty);
  const agent = newUser(world, handle.userName, MADE);
  if (state) of.make(world);
  const one = of.of(agent);
  if (one) one.status = state?.["status"] as Key["status"];
  return world;
}

const STATES: readonly State[] = [{ status: "Active" }, { status: "Inactive" }, { status: "Expired" }, undefined];

/** IAM in memory: it behaves as IAM does, and says so to the bus. */
export const simulator: Simulator<Api, World> = {
  acts: {
    "access key": { states: STATES, start: start(ofKeys) },
    [SERVICE_SPECIFIC]: { states: STATES, start: start(ofServices) },
  },
  sample: { world: sample },
  live,
};
