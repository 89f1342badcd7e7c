import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { callApi } from "@leasehold/api/calls";
import { readConfig } from "@leasehold/app/config";
import type { Provider, World } from "@leasehold/app/world";
import { run } from "@leasehold/cli/run";
import { functions, type Need } from "@leasehold/workflows";
import { afterEach, beforeEach, vi } from "vitest";
import { type Answering, answering, doors, OTHERS } from "../../stacks/tables/doors.ts";
import { type Story, story } from "../support/story.ts";
import { type Served, served, signerOf } from "./stage-server.ts";
export const REGION = "eu-central-1";
const ACCOUNT = "111122223333";
const user = (name: string) => `arn:aws:iam::${ACCOUNT}:user/${name}`;
const PEOPLE = ["grace", "sam", "last", "bob", "nobody"];
const SIGNERS = Object.fromEntries(
  PEOPLE.map((name) => [
    `AKIA${name.toUpperCase().padEnd(9, "X")}EXAMPLE`,
    { secret: `${name}/EXAMPLEKEY`, arn: user(name) },
  ]),
);
const CALLERS = Object.fromEntries(
  PEOPLE.filter((name) => name !== "nobody").map((name) => [user(name), `${name}@example.com`]),
);
export const TOKEN = "FwoGZXIvYXdzEXAMPLETOKEN";

interface At {
  story: Story;
  stage: Served;
  home: string;
  door: number; // what its way in answers
  counted: { status: number; answer: (asking: Asking) => object };
  parameter: { readonly status: number; readonly body: object };
}
/** The stage of the test that runs: made anew for each. */
export const at = {} as At;

/** What stands in front of every function of ours: the signature first. A call comes through with who signed, as AWS says it. */
async function gateway(body: string, request: Parameters<typeof signerOf>[0]) {
  if (request.headers["x-amz-target"] === "AmazonSSM.GetParameter")
    return { status: at.parameter.status, body: JSON.stringify(at.parameter.body) };
  if (request.url?.startsWith("/in/")) return doorAt(request.url);
  if (request.headers["x-amz-target"] === "GraniteServiceVersion20100801.GetMetricData")
    return signerOf(request, body, { region: REGION, service: "monitoring", signers: SIGNERS })
      ? { status: at.counted.status, body: JSON.stringify(at.counted.answer(JSON.parse(body) as Asking)) }
      : { status: 403, body: "{}" };
  const signer = signerOf(request, body, { region: REGION, service: "execute-api", signers: SIGNERS });
  if (signer === undefined) return { status: 403, body: JSON.stringify({ message: "Forbidden" }) };
  const url = new URL(request.url ?? "", "http://stage");
  const run = functionFor(url.pathname);
  const api = callApi({ world: () => worldOf(run), identity: () => signer.arn }, answering[run]);
  const headers = { "content-type": request.headers["content-type"] ?? "" };
  const answered = await api.fetch(new Request(url, { method: "POST", headers, body }));
  at.story.world.writes = () => {};
  return { status: answered.status, body: await answered.text() };
}

/** The story's desk has a door, and nobody else: API Gateway says so where there is no route. */
const doorAt = (path: string) => ({
  status: path === "/in/slack" ? at.door : 404,
  body: JSON.stringify({ message: "x" }),
});

export interface Asking {
  readonly StartTime: number;
  readonly EndTime: number;
  readonly MetricDataQueries: readonly {
    readonly Id: string;
    readonly MetricStat: {
      readonly Metric: { readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[] };
      readonly Period: number;
    };
  }[];
}

/** As API Gateway does: the route that names the call, and else the one for any. */
const functionFor = (path: string): Answering =>
  doors.find(({ calls }) => calls.some((one) => path === `/v1/${one}`))?.run ?? OTHERS;

/** With no more than its needs give it: whoever only looks writes nothing, says nothing on the bus, starts and applies nothing. */
function worldOf(run: Answering): World {
  const needs: readonly Need[] = functions[run].needs;
  if (!needs.includes("rows")) return at.story.world;
  const never = () => {
    throw new Error(`${run} has no right to this`);
  };
  at.story.world.writes = never;
  const seen = ({ hands, ...provider }: Provider): Provider => ({
    ...{ ...provider, desk: provider.desk && { ...provider.desk, ask: never, edit: never, withdraw: never } },
    hands: hands.map((hand) => ({ ...hand, apply: never })),
  });
  const providers = () => at.story.world.estate.providers().map(seen);
  const estate = { providers, provider: (id: string) => providers().find((one) => one.id === id) };
  return { ...at.story.world, estate, publish: never, runs: { start: never, wake: never } };
}

beforeEach(async () => {
  at.home = mkdtempSync(join(tmpdir(), "leasehold-stage-"));
  at.story = await story();
  const aws = readConfig({
    fallback: { email: "last@example.com" },
    aws: { account: ACCOUNT, region: REGION, callers: CALLERS },
  }).aws;
  at.story.configure({ operators: ["bob@example.com"], aws });
  await at.story.leaves();
  await at.story.settle();
  at.stage = await served(gateway);
  at.parameter = {
    status: 200,
    body: { Parameter: { Name: "/leasehold/prod/api", Type: "String", Value: at.stage.url } },
  };
  at.door = 401;
  at.counted = { status: 200, answer: () => ({ MetricDataResults: [] }) };
  vi.stubEnv("AWS_ENDPOINT_URL_SSM", at.stage.url);
  vi.stubEnv("AWS_ENDPOINT_URL_CLOUDWATCH", at.stage.url);
  vi.stubEnv("AWS_CONFIG_FILE", "/dev/null");
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
  vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
  vi.stubEnv("AWS_PROFILE", undefined);
  signIn("grace");
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await at.stage.close();
  rmSync(at.home, { recursive: true });
});

export function signIn(name: string): void {
  const [id, { secret }] = Object.entries(SIGNERS).find(([, { arn }]) => arn === user(name)) ?? ["", { secret: "" }];
  vi.stubEnv("AWS_ACCESS_KEY_ID", id);
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", secret);
  vi.stubEnv("AWS_SESSION_TOKEN", TOKEN);
}

export async function typed(...argv: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const exit = await run([...argv, "--stage", "prod", "--region", REGION], {
    ...{ cwd: "/", env: {}, stopped: () => new AbortController().signal },
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => err.push(text) },
    stdin: (async function* () {})(),
  });
  return { exit, out: out.join(""), err: err.join("") };
}
export const json = async <T>(...argv: readonly string[]): Promise<T> =>
  JSON.parse((await typed(...argv, "--json")).out) as T;
export const asked = async () => {
  const { windDown } = await at.story.windDown();
  return { item: windDown.id, decision: windDown.question?.decision ?? "", of: windDown.case };
};
export const calledFor = (name: string) => at.stage.seen.filter(({ path }) => path === `/v1/${name}`);
