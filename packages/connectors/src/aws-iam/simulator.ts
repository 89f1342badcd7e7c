import { type Clock, Instant } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import {
  cloudTrailEnvelope,
  type Live,
  type Memory,
  type Mood,
  type Simulator,
  sayAws,
  verbOf,
} from "../../kit/index.ts";
import type { Api } from "./api.ts";
import { listener } from "./events/index.ts";
import { empty, QUARANTINE, sample, type World } from "./simulated-account.ts";
import { acts } from "./simulated-acts.ts";
import { believe } from "./simulated-beliefs.ts";
import { answer, writes } from "./simulated-calls.ts";
import { createReports, written } from "./simulated-report.ts";

export type { World } from "./simulated-account.ts";

/** An account of many users, which remembers, tells the bus what was done to it, and believes what the bus tells it. */
function live(memory: Memory<World>, clock: Clock, emit: (event: unknown) => void): Live<Api> {
  const now = () => memory.get() ?? empty; // what was kept, and not to be changed
  const changing = () => structuredClone(now());
  const calls: string[] = [];
  const reports = createReports(now, clock);

  async function send(command: unknown) {
    calls.push(`iam:${verbOf(command)}`);
    sayAws(self.mood);
    if (verbOf(command) in reports) return reports[verbOf(command) as keyof typeof reports]();
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
      quarantine: QUARANTINE,
      get contain() {
        return now().contain && { now: clock };
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
  detail: z.object({
    eventTime: Instant,
    errorCode: z.nullish(z.string()),
    userIdentity: z.object({ accessKeyId: z.string() }),
  }),
});

/** Whatever CloudTrail records as signed with a key is a use of that key, refused calls too, but not where the key was not taken. An older one is no news. */
function countUse({ users }: World, event: unknown): boolean {
  const read = Use.safeParse(event);
  if (!read.success) return false;
  const { eventTime, errorCode, userIdentity } = read.data.detail;
  if (/^(InvalidClientTokenId|InvalidAccessKeyId)$/.test(errorCode ?? "")) return false;
  const key = users.flatMap(({ keys }) => keys).find(({ accessKeyId }) => accessKeyId === userIdentity.accessKeyId);
  if (key === undefined || (key.lastUsed ?? "") >= eventTime) return false;
  key.lastUsed = eventTime;
  return true;
}

const isOurs = (eventId: string) => eventId.startsWith("simulated-"); // our own echo: the world is already so, or further on

/** CloudTrail writes the names of an input with a small letter first. */
const asWritten = (input: object) =>
  Object.fromEntries(Object.entries(input).map(([name, value]) => [name[0]?.toLowerCase() + name.slice(1), value]));

function eventOf({ account, events }: World, command: unknown, time: string): unknown {
  const role = `arn:aws:iam::${account}:role/leasehold-act`;
  return cloudTrailEnvelope({
    ...{ eventVersion: "1.11", eventSource: "iam.amazonaws.com", eventName: verbOf(command), eventTime: time },
    ...{ eventID: `simulated-${account}-${events}`, eventType: "AwsApiCall", awsRegion: "us-east-1" },
    recipientAccountId: account,
    userIdentity: {
      type: "AssumedRole",
      principalId: "AROAIOSFODNN7EXAMPLE:leasehold",
      arn: `arn:aws:sts::${account}:assumed-role/leasehold-act/leasehold`,
      accountId: account,
      sessionContext: { sessionIssuer: { type: "Role", arn: role, accountId: account, userName: "leasehold-act" } },
    },
    requestParameters: asWritten((command as { input: object }).input),
    responseElements: null,
  });
}

const UNKNOWN_YET = ["console-only", "leaked"];
const HOUR_BEFORE = "2026-11-02T08:00:00.000Z" as Instant;

/** With a report of an hour before, which does not know two of them yet: whoever lists asks those about all. */
const reported: World = {
  ...sample,
  report: {
    at: HOUR_BEFORE,
    text: written({ ...sample, users: sample.users.filter(({ userName }) => !UNKNOWN_YET.includes(userName)) }),
  },
};

/** IAM in memory: it behaves as IAM does, and says so to the bus. */
export const simulator: Simulator<Api, World> = { acts, sample: { world: reported }, live };
