import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { callApi } from "@leasehold/api/calls";
import { freezeRestored } from "@leasehold/app/brake";
import { plans, reads } from "@leasehold/app/calls";
import type { CaseView } from "@leasehold/app/case-view";
import { readConfig } from "@leasehold/app/config";
import type { Provider, World } from "@leasehold/app/world";
import { run } from "@leasehold/cli/run";
import { dayOf, instantOf, later } from "@leasehold/core/kernel";
import { functions, type Need } from "@leasehold/workflows";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Answering, answering, doors, OTHERS } from "../../stacks/tables/doors.ts";
import { type Story, story } from "../support/story.ts";
import { type Served, served, signerOf } from "./stage-server.ts";

const REGION = "eu-central-1";
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
const TOKEN = "FwoGZXIvYXdzEXAMPLETOKEN";

let it0: Story;
let home: string;
let stage: Served;
let door: number;
let counted: { status: number; answer: (asking: Asking) => object };
let parameter: { readonly status: number; readonly body: object };

/** What stands in front of every function of ours: the signature first. A call comes through with who signed, as AWS says it. */
async function gateway(body: string, request: Parameters<typeof signerOf>[0]) {
  if (request.headers["x-amz-target"] === "AmazonSSM.GetParameter")
    return { status: parameter.status, body: JSON.stringify(parameter.body) };
  if (request.url?.startsWith("/in/")) return doorAt(request.url);
  if (request.headers["x-amz-target"] === "GraniteServiceVersion20100801.GetMetricData")
    return signerOf(request, body, { region: REGION, service: "monitoring", signers: SIGNERS })
      ? { status: counted.status, body: JSON.stringify(counted.answer(JSON.parse(body) as Asking)) }
      : { status: 403, body: "{}" };
  const signer = signerOf(request, body, { region: REGION, service: "execute-api", signers: SIGNERS });
  if (signer === undefined) return { status: 403, body: JSON.stringify({ message: "Forbidden" }) };
  const url = new URL(request.url ?? "", "http://stage");
  const run = functionFor(url.pathname);
  const api = callApi({ world: () => worldOf(run), identity: () => signer.arn }, answering[run]);
  const headers = { "content-type": request.headers["content-type"] ?? "" };
  const answered = await api.fetch(new Request(url, { method: "POST", headers, body }));
  it0.world.writes = () => {};
  return { status: answered.status, body: await answered.text() };
}

/** The story's desk has a door, and nobody else: API Gateway says so where there is no route. */
const doorAt = (path: string) => ({
  status: path === "/in/slack" ? door : 404,
  body: JSON.stringify({ message: "x" }),
});

const NO_NUMBER = { Id: "q0", Label: "x", Timestamps: [], Values: [] };

interface Asking {
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
  if (!needs.includes("rows")) return it0.world;
  const never = () => {
    throw new Error(`${run} has no right to this`);
  };
  it0.world.writes = never;
  const seen = ({ hands, ...provider }: Provider): Provider => ({
    ...{ ...provider, desk: provider.desk && { ...provider.desk, ask: never, edit: never, withdraw: never } },
    hands: hands.map((hand) => ({ ...hand, apply: never })),
  });
  const providers = () => it0.world.estate.providers().map(seen);
  const estate = { providers, provider: (id: string) => providers().find((one) => one.id === id) };
  return { ...it0.world, estate, publish: never, runs: { start: never, wake: never } };
}

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), "leasehold-stage-"));
  it0 = await story();
  const aws = readConfig({
    fallback: { email: "last@example.com" },
    aws: { account: ACCOUNT, region: REGION, callers: CALLERS },
  }).aws;
  it0.configure({ operators: ["bob@example.com"], aws });
  await it0.leaves();
  await it0.settle();
  stage = await served(gateway);
  parameter = { status: 200, body: { Parameter: { Name: "/leasehold/prod/api", Type: "String", Value: stage.url } } };
  door = 401;
  counted = { status: 200, answer: () => ({ MetricDataResults: [] }) };
  vi.stubEnv("AWS_ENDPOINT_URL_SSM", stage.url);
  vi.stubEnv("AWS_ENDPOINT_URL_CLOUDWATCH", stage.url);
  vi.stubEnv("AWS_CONFIG_FILE", "/dev/null");
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
  vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
  vi.stubEnv("AWS_PROFILE", undefined);
  signIn("grace");
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await stage.close();
  rmSync(home, { recursive: true });
});

function signIn(name: string): void {
  const [id, { secret }] = Object.entries(SIGNERS).find(([, { arn }]) => arn === user(name)) ?? ["", { secret: "" }];
  vi.stubEnv("AWS_ACCESS_KEY_ID", id);
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", secret);
  vi.stubEnv("AWS_SESSION_TOKEN", TOKEN);
}

async function typed(...argv: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const exit = await run([...argv, "--stage", "prod", "--region", REGION], {
    ...{ cwd: "/", env: {}, stopped: () => new AbortController().signal },
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => err.push(text) },
    stdin: (async function* () {})(),
  });
  return { exit, out: out.join(""), err: err.join("") };
}
const json = async <T>(...argv: readonly string[]): Promise<T> => JSON.parse((await typed(...argv, "--json")).out) as T;
const asked = async () => {
  const { windDown } = await it0.windDown();
  return { item: windDown.id, decision: windDown.question?.decision ?? "", of: windDown.case };
};
const calledFor = (name: string) => stage.seen.filter(({ path }) => path === `/v1/${name}`);

describe("a stage, asked from a terminal", () => {
  it("answers every question that the laptop answers, in the same words, and writes nothing for it", async () => {
    signIn("bob");
    const { of } = await asked();
    const proposed = join(home, "proposed.json");
    writeFileSync(proposed, JSON.stringify({ fallback: { email: "last@example.com" } }));
    const ids: Readonly<Record<string, readonly string[]>> = {
      who: [it0.key],
      owns: ["ada@example.com"],
      explain: [it0.key],
      "case list": ["--all"],
      "case show": [of],
      "audit show": [of],
      "audit verify": [],
      "finding list": [],
      "brake status": [],
      "person show": ["ada@example.com"],
      used: [it0.key],
      "audit export": ["--all"],
      "audit report": [of],
      report: ["--since", "90d"],
      doctor: [],
      "first look": [],
      plan: ["ada@example.com"],
      "config check": [proposed, "--diff"],
      "drill --history": [],
    };
    for (const [words, args] of Object.entries(ids)) {
      const { exit, out, err } = await typed(...words.split(" "), ...args);
      expect([words, exit > 1, err]).toEqual([words, false, ""]); // 1 is an answer, too: nothing was used, something is wrong
      expect(out.length).toBeGreaterThan(5);
    }
    const paths = new Set(stage.seen.map(({ path }) => path));
    expect(Object.keys({ ...reads, ...plans }).filter((name) => !paths.has(`/v1/${name}`))).toEqual([]);
    const view = await json<CaseView>("case", "show", of);
    expect(view).toMatchObject({ id: of, status: "open", person: { name: "ada" } });
    expect((await typed("case", "show", of)).out).toContain("asked: grace <grace@example.com>");
  });

  it("finds its address in the stage's parameter, or takes the one that is given", async () => {
    await typed("brake", "status");
    const [first, second] = stage.seen;
    expect(JSON.parse(first?.body ?? "")).toMatchObject({ Name: "/leasehold/prod/api" });
    expect(second?.path).toBe("/v1/brake-status");
    stage.seen.length = 0;
    await typed("brake", "status", "--url", `${stage.url}/`);
    expect(stage.seen.map(({ path }) => path)).toEqual(["/v1/brake-status"]);
  });

  it("sends the session's token, and says no part of who signs anywhere", async () => {
    const { out, err } = await typed("doctor", "--json");
    expect(calledFor("doctor")[0]?.headers["x-amz-security-token"]).toBe(TOKEN);
    for (const secret of [TOKEN, "grace/EXAMPLEKEY"]) expect(out + err).not.toContain(secret);
  });
});

describe("doctor of a stage", () => {
  interface Told {
    readonly waysIn: readonly { readonly id: string; readonly at: string; readonly found: string }[];
    readonly connectors: readonly { readonly id: string; readonly refused: readonly object[] }[];
    readonly problems: readonly { readonly what: string; readonly next: string }[];
    readonly unseen?: readonly string[];
  }
  const of = (told: Told, id: string) => told.connectors.find((one) => one.id === id)?.refused;
  const ways = ({ problems }: Told) => problems.filter(({ what }) => /way in|refused/.test(what));
  const day = (ago: number) => dayOf(later(it0.world.now, -24 * ago));

  /** As CloudWatch answers: each query by its own id, a number for each day on which there was one. */
  const refusing =
    (counts: Readonly<Record<string, readonly (readonly [ago: number, count: number])[]>>) =>
    ({ MetricDataQueries }: Asking) => ({
      MetricDataResults: MetricDataQueries.map(({ Id, MetricStat: { Metric } }) => {
        const { service, connector, why } = Object.fromEntries(
          Metric.Dimensions.map(({ Name, Value }) => [Name, Value]),
        );
        const days = counts[`${service}/${connector}/${why}`] ?? [];
        const Timestamps = days.map(([ago]) => Date.parse(day(ago)) / 1_000);
        return { Id, Label: "x", Timestamps, Values: days.map(([, count]) => count), StatusCode: "Complete" };
      }),
    });
  beforeEach(() => signIn("bob"));

  it("knocks at each way in with no proof, which must refuse it, and shows who has none nothing", async () => {
    const told = await json<Told>("doctor");
    expect(told.waysIn).toEqual([
      expect.objectContaining({ id: "slack", at: `${stage.url}/in/slack`, found: "refuses" }),
    ]);
    expect(ways(told)).toEqual([]);
    const knocks = stage.seen.filter(({ path }) => path.startsWith("/in/"));
    expect(knocks.map(({ body, headers }) => [body, headers.authorization])).toEqual(
      knocks.map(() => ["{}", undefined]),
    );
    expect((await typed("doctor")).out).toMatch(/slack +- +http:.*\/in\/slack +refuses what is not signed/i);
  });

  it.each([
    [200, "open", /takes what is not signed/],
    [503, "other", /somebody else answers/],
    [307, "other", /somebody else answers/],
  ])("one that answers %i is %s, and needs somebody", async (status, found, what) => {
    door = status;
    const told = await json<Told>("doctor");
    expect(told.waysIn).toMatchObject([{ found }]);
    expect(ways(told)).toEqual([{ what: expect.stringMatching(what), next: expect.not.stringContaining("laptop") }]);
  });

  it("counts what was refused on each of seven days, by why, from the stage's own numbers", async () => {
    counted.answer = refusing({
      "prod/slack/signature": [[0, 2]],
      "prod/slack/unproved": [
        [0, 5],
        [3, 1],
      ],
      "other/slack/time": [[0, 9]],
    });
    const told = await json<Told>("doctor");
    const none = { unproved: 0, signature: 0, time: 0, content: 0 };
    expect(of(told, "slack")).toMatchObject([
      { day: day(0), counts: { ...none, signature: 2, unproved: 5 } },
      { day: day(3), counts: { ...none, unproved: 1 } },
    ]);
    expect(ways(told)).toMatchObject([
      { what: expect.stringMatching(/7 requests refused today: 2 signature, 5 without/) },
    ]);
    const [asked] = stage.seen.filter(({ headers }) => headers["x-amz-target"]?.includes("GetMetricData"));
    const { StartTime, EndTime, MetricDataQueries } = JSON.parse(asked?.body ?? "") as Asking;
    expect([StartTime, EndTime].map((at) => instantOf(at * 1_000))).toEqual([day(6), day(-1)]);
    expect(MetricDataQueries).toHaveLength(4); // of the one way in, one for each reason
    for (const { MetricStat } of MetricDataQueries) expect(MetricStat).toMatchObject({ Period: 86_400, Stat: "Sum" });
  });

  it("reads every page of them", async () => {
    const first = refusing({ "prod/slack/signature": [[0, 2]] });
    const second = refusing({ "prod/slack/signature": [[1, 3]] });
    counted.answer = (asking) => ("NextToken" in asking ? second(asking) : { ...first(asking), NextToken: "n" });
    expect(of(await json<Told>("doctor"), "slack")).toMatchObject([
      { day: day(0), counts: { signature: 2 } },
      { day: day(1), counts: { signature: 3 } },
    ]);
  });

  it.each([
    [400, { __type: "com.amazonaws#AccessDeniedException" }, /PermissionMissing, cloudwatch:GetMetricData/],
    [500, {}, /Unavailable/],
    [200, { odd: true }, /BadInput/],
    [200, { MetricDataResults: [{ ...NO_NUMBER, StatusCode: "InternalError" }] }, /Unavailable/],
    [200, { MetricDataResults: [{ ...NO_NUMBER, StatusCode: "PartialData" }] }, /Unavailable/],
    [200, { MetricDataResults: [{ ...NO_NUMBER, StatusCode: "Forbidden" }] }, /PermissionMissing, cloudwatch/],
    [200, { MetricDataResults: [], NextToken: "and so on for ever" }, /Unavailable/],
  ])("says what it could not see where the numbers are refused (%i), and all the rest", async (status, answer, why) => {
    counted = { status, answer: () => answer };
    const told = await json<Told>("doctor");
    expect(told.unseen).toEqual([expect.stringMatching(why)]);
    expect(told.waysIn).toHaveLength(1);
    expect(ways(told)).toEqual([]);
    expect((await typed("doctor")).out).toContain("how many requests the ways in refused");
  });
});

describe("in one's own name", () => {
  it("the custodian answers, the trail names them, and it is done", async () => {
    const { item, decision } = await asked();
    const told = await json("case", "answer", decision, item, "retire");
    expect(told).toEqual({ told: [{ outcome: "recorded", text: expect.stringContaining("switched off now") }] });
    await it0.settle();
    expect(it0.estate.diary).toHaveLength(1);
    const given = (await it0.world.trails.entries(item)).find(({ did }) => did === "answer.given");
    expect(given?.by).toMatch(/^acc_/);
    expect(given?.by).toBe((await it0.world.decisions.get(decision as `dec_${string}`))?.value.custodian);
  });

  it.each([
    ["last", "this was asked of somebody else"],
    ["bob", "an operator's yes is the second of two: nobody else has said yes to this, so it is not yours alone"],
  ])("whoever was not asked is refused, by the same use case as on a desk: %s", async (name, why) => {
    signIn(name);
    const { item, decision } = await asked();
    expect(await typed("case", "answer", decision, item, "keep")).toMatchObject({ exit: 1, out: `refused: ${why}\n` });
  });

  it("an operator undoes, also while the brake is on; a custodian may not", async () => {
    const { item } = await asked();
    await it0.press("retire", "grace");
    await it0.settle();
    expect(await typed("case", "undo", item)).toMatchObject({
      exit: 1,
      err: expect.stringContaining("this is for operators (PermissionMissing)"),
    });
    signIn("bob");
    expect(await typed("brake", "on", "--because", "looks wrong")).toMatchObject({ exit: 0, out: "the brake is on\n" });
    expect(await json("case", "undo", item)).toEqual({
      undoing: [{ windDown: item, credential: it0.key, outcome: "undoing", as: "on its way" }],
    });
    await it0.settle();
    await it0.live(1);
    expect((await it0.windDown()).windDown.closed?.as).toBe("undone");
    const [undone, set] = [await it0.world.trails.entries(item), await it0.world.trails.entries("brake")];
    expect(undone.find(({ did }) => did === "undo.asked")?.by).toBe(set[0]?.by);
    expect(set[0]?.by).toMatch(/^acc_/);
  });

  it("security lets go of the brake, and an operator does not", async () => {
    signIn("bob");
    await typed("brake", "on", "--because", "looks wrong");
    expect((await typed("brake", "status")).out).toContain("the brake is ON");
    expect(await typed("brake", "release")).toMatchObject({
      exit: 1,
      err: expect.stringContaining("this is for security"),
    });
    signIn("sam");
    expect(await typed("brake", "release")).toMatchObject({ exit: 0, out: expect.stringContaining("released") });
    expect(await typed("brake", "release")).toMatchObject({ exit: 1, out: "was not on\n" });
    expect((await it0.world.trails.entries("brake")).map(({ did }) => did)).toEqual(["brake.set", "brake.released"]);
  });

  it("security compares a stage that was restored with its providers, and lets go; nobody else does", async () => {
    await freezeRestored(it0.world);
    signIn("bob");
    expect(await typed("reconcile")).toMatchObject({ exit: 1 });
    expect((await it0.world.ledger.brake()).value.frozen).toMatchObject({ restored: true });
    signIn("sam");
    expect(await typed("brake", "release")).toMatchObject({ exit: 2, err: expect.stringContaining("reconcile") });
    const { exit, out } = await typed("reconcile");
    expect([exit, out]).toEqual([
      0,
      expect.stringMatching(/as recorded[\s\S]*1 credential was compared: the brake is let go/),
    ]);
    expect(await typed("reconcile")).toMatchObject({ exit: 1, out: expect.stringContaining("was not restored") });
  });

  it("an operator retries and opens; doctor asks the providers", async () => {
    signIn("bob");
    const { item, of } = await asked();
    expect(await json("case", "retry", item)).toEqual({ woken: [item, of] });
    expect(await json("case", "open", "bob@example.com")).toEqual({ standing: "active" });
    const checkup = await json<{ stage: string; connectors: object[]; schedules?: object }>("doctor");
    expect(checkup).toMatchObject({
      stage: "prod",
      cases: 1,
      brake: { on: false, limits: [{ used: 1 }, {}, {}, { source: "okta", used: 1 }, {}] },
    });
    expect(checkup.schedules).toBeUndefined();
    expect((await typed("doctor")).out).toContain("stage prod; now");
  });
});

describe("who may not", () => {
  it("nobody that we know is told how to become somebody", async () => {
    signIn("nobody");
    expect(await typed("brake", "status")).toMatchObject({ exit: 2, err: expect.stringContaining("aws.callers") });
  });

  it("somebody who is not active is told so", async () => {
    it0.estate.people.set("grace", "suspended");
    expect(await typed("brake", "status")).toMatchObject({
      exit: 1,
      err: expect.stringContaining("the directory does not say that you are active"),
    });
  });

  it("whom IAM does not let through is told what to be granted", async () => {
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "another/EXAMPLEKEY");
    const { exit, err } = await typed("brake", "status");
    expect([exit, err]).toEqual([1, expect.stringContaining("execute-api:Invoke")]);
    expect(calledFor("brake-status")).toHaveLength(1);
  });

  it("a stage that is not there is named, with where it was looked for", async () => {
    parameter = { status: 400, body: { __type: "ParameterNotFound", message: "x" } };
    const { exit, err } = await typed("brake", "status");
    expect([exit, err]).toEqual([2, expect.stringContaining("there is no such stage in this region and account")]);
    expect(err).toContain(`region: ${REGION}`);
  });

  it.each([
    ["ExpiredTokenException", 2, "your AWS session has expired"],
    ["UnrecognizedClientException", 2, "AWS does not accept these credentials"],
    ["AccessDeniedException", 1, "ssm:GetParameter on /leasehold/prod/api"],
    ["SomethingElse", 2, "AWS refused this request"],
  ])("%s of AWS is told in our words, and its own text is not", async (type, exit, says) => {
    parameter = { status: 400, body: { __type: type, message: `because of ${TOKEN}` } };
    const told = await typed("brake", "status");
    expect([told.exit, told.err]).toEqual([exit, expect.stringContaining(says)]);
    expect(told.err).not.toContain(TOKEN);
  });

  it("whoever is not signed in is told so", async () => {
    vi.stubEnv("AWS_ACCESS_KEY_ID", undefined);
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", undefined);
    expect(await typed("brake", "status", "--url", stage.url)).toMatchObject({
      exit: 2,
      err: expect.stringContaining("no AWS credentials were found"),
    });
    expect(stage.seen).toEqual([]);
  });

  it.each([
    ["case", "undo", "wdc_1"],
    ["case", "answer", "dec_1", "wdc_1", "keep"],
  ])("%s %s in another's name is refused before anything is sent", async (...argv) => {
    expect(await typed(...argv, "--as", "sam@example.com")).toMatchObject({
      exit: 2,
      err: expect.stringContaining("you speak in the name of your own AWS identity"),
    });
    expect(stage.seen).toEqual([]);
  });
});
