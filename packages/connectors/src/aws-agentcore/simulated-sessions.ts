import { instantOf, millisOf } from "@leasehold/core/kernel";
import type { Beside } from "./api.ts";
import { runtimeArn } from "./named.ts";
import { LIVES, type Stop, WINDOW } from "./sessions/index.ts";
import type { Called, Runtime, Session, Thing, World } from "./simulated-account.ts";

export type Input = Readonly<Record<string, unknown>>;
export interface Call {
  readonly now: string;
  readonly world: World;
  readonly region: string;
  readonly input: Input;
}

export const here = <T extends Thing>({ region }: Pick<Call, "region">, all: readonly T[]) =>
  all.filter((one) => one.region === region);
export function missing(): never {
  throw Object.assign(new Error("not there"), { name: "ResourceNotFoundException" });
}

export const STOPS = "bedrock-agentcore:StopRuntimeSession";
const PAGE = 2; // small, so that pages are turned

/** What CloudWatch, its logs and AgentCore's data plane answer about runtimes: as JSON, which is all that is read of them. */
export const besides: Readonly<Record<Beside, (call: Call) => object>> = {
  "cloudwatch:GetMetricData": ({ world, region, input }) => {
    const { Expression = "" } = (input["MetricDataQueries"] as readonly { Expression?: string }[])[0] ?? {};
    const [, arn] = / Resource="([^"]+)"/.exec(Expression) ?? [];
    const one = here({ region }, world.runtimes).find(({ id }) => arnOf(world, region, id) === arn);
    const [from, to] = [Number(input["StartTime"]) * 1_000, Number(input["EndTime"]) * 1_000];
    const counted = (one?.calls ?? []).filter(({ at }) => millisOf(at) >= from && millisOf(at) < to);
    const names = counted.map(({ endpoint, operation }) => `${endpoint} ${operation}`);
    return {
      MetricDataResults: [...new Set(names)].map((Label) => ({
        ...{ Id: "calls", Label, StatusCode: "Complete", Timestamps: [from / 1_000] },
        Values: [names.filter((name) => name === Label).length],
      })),
    };
  },
  "logs:DescribeLogGroups": (call) => {
    const names = here(call, call.world.runtimes).flatMap(({ id, sessions = [] }) =>
      [...new Set(sessions.map(({ endpoint }) => `${HOME}${id}-${endpoint}`))].sort(),
    );
    const found = names.filter((name) => name.startsWith(String(call.input["logGroupNamePrefix"])));
    return page(call, found, "logGroups", (logGroupName) => ({ logGroupName }));
  },
  "logs:DescribeLogStreams": (call) => {
    const group = String(call.input["logGroupName"]);
    const runtime = here(call, call.world.runtimes).find(({ id }) => group.startsWith(`${HOME}${id}-`)) ?? missing();
    const written = (runtime.sessions ?? []).filter(
      ({ endpoint, logged }) => logged && group === `${HOME}${runtime.id}-${endpoint}`,
    );
    const streams = written.flatMap((session) => [
      { logStreamName: streamOf(session), creationTime: millisOf(session.openedAt) },
      { logStreamName: streamOf(session, "[runtime-logs]"), creationTime: millisOf(session.openedAt) },
    ]);
    const all = [...streams, { logStreamName: "otel-rt-logs", creationTime: 0 }];
    const found = all.filter(({ logStreamName: name }) => name.startsWith(String(call.input["logStreamNamePrefix"])));
    return page(call, found, "logStreams", (stream) => stream);
  },
  [STOPS]: ({ now, world, region, input }) => {
    const { agentRuntimeArn, qualifier, runtimeSessionId } = input as unknown as Stop;
    const runtime = here({ region }, world.runtimes).find(({ id }) => arnOf(world, region, id) === agentRuntimeArn);
    const live = runtime?.sessions?.find(
      (one) => one.id === runtimeSessionId && one.endpoint === qualifier && isAlive(one, now),
    );
    Object.assign(live ?? missing(), { endedAt: now });
    return { statusCode: 200, runtimeSessionId };
  },
};

const HOME = "/aws/bedrock-agentcore/runtimes/";
const arnOf = ({ account }: World, region: string, id: string) => runtimeArn({ partition: "aws", region, account }, id);
const streamOf = ({ id, openedAt }: Session, kind = `[runtime-logs-${id}]`) =>
  `${openedAt.slice(0, 10).replaceAll("-", "/")}/${kind}53c843b1-0000-4000-8000-000000000000`;

function page<T>({ input }: Call, all: readonly T[], name: string, shown: (one: T) => object): object {
  const from = Number(input["nextToken"] ?? "0");
  const more = from + PAGE < all.length;
  return { [name]: all.slice(from, from + PAGE).map(shown), ...(more && { nextToken: String(from + PAGE) }) };
}

/** Eight hours are the longest, whatever is done in it. */
export const isAlive = ({ openedAt, endedAt }: Session, now: string): boolean =>
  endedAt === null && millisOf(now) < millisOf(openedAt) + LIVES * 1_000;

/** As the metric tells it. */
export const isCounted = ({ calls = [] }: Runtime, now: string): boolean =>
  calls.some(({ at }) => millisOf(at) > millisOf(now) - WINDOW * 1_000);

const SESSION = "5f0c3f0e-7a11-4d53-9f0e-0d9b3c1a2b4d";

/** Somebody calls it, and a session opens. */
export function called<R extends Runtime>(runtime: R, at: string, over: Partial<Session & Called> = {}): R {
  const { id = SESSION, endpoint = "DEFAULT", logged = true, operation = "InvokeAgentRuntime" } = over;
  const openedAt = instantOf(millisOf(at));
  return {
    ...runtime,
    calls: [...(runtime.calls ?? []), { at: openedAt, endpoint, operation }],
    sessions: [...(runtime.sessions ?? []), { id, endpoint, openedAt, endedAt: null, logged }],
  };
}
