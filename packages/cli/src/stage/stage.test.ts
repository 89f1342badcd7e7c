import { spawnSync } from "node:child_process";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { estate, type Trial } from "../trial/index.ts";

let here: Trial;
let server: Server;
let url: string;
let seen: string[];
let answers: ((path: string) => { readonly status: number; readonly body: string; readonly to?: string })[];

beforeEach(async () => {
  here = estate();
  seen = [];
  answers = [];
  server = createServer((request, response) => {
    seen.push(request.url ?? "");
    const next = answers.length > 1 ? answers.shift() : answers[0];
    const { status, body, to } = next?.(request.url ?? "") ?? { status: 500, body: "" };
    request.resume().on("end", () => response.writeHead(status, to === undefined ? {} : { location: to }).end(body));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
  vi.stubEnv("AWS_PROFILE", undefined);
  vi.stubEnv("AWS_REGION", undefined);
  vi.stubEnv("AWS_CONFIG_FILE", "/dev/null");
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
});
afterEach(() => {
  vi.unstubAllEnvs();
  here.close();
  server.closeAllConnections();
  server.close();
});

const on = (...argv: readonly string[]) =>
  here.run(...argv, "--stage", "prod", "--region", "eu-central-1", "--url", url);
const says = (status: number, body: unknown) => () => ({ status, body: JSON.stringify(body) });
const FINE = says(200, { answer: { on: false, held: [], named: [], limits: [] } });

describe("a question", () => {
  it("is put again where that may help, three times in all", async () => {
    answers = [says(503, { message: "Service Unavailable" }), says(429, { message: "Too Many Requests" }), FINE];
    expect(await on("brake", "status")).toMatchObject({ exit: 0 });
    expect(seen).toHaveLength(3);
  });

  it("is not put a fourth time", async () => {
    answers = [says(503, {})];
    expect(await on("brake", "status")).toMatchObject({ exit: 3, err: expect.stringContaining("could not answer") });
    expect(seen).toHaveLength(3);
  });

  it("is not put again where it is wrong", async () => {
    answers = [says(400, { error: { name: "BadInput", message: "there is no such case", facts: {} } })];
    expect(await on("case", "show", "cas_1")).toMatchObject({ exit: 2, err: expect.stringContaining("no such case") });
    expect(seen).toHaveLength(1);
  });
});

describe("an act", () => {
  it.each([
    ["brake", "on", "--because", "looks wrong"],
    ["case", "undo", "wdc_1"],
    ["case", "retry", "wdc_1"],
    ["case", "open", "ada@example.com"],
    ["case", "answer", "dec_1", "wdc_1", "keep"],
    ["brake", "release"],
  ])("%s %s is sent once, whatever comes of it", async (...argv) => {
    answers = [says(503, {})];
    expect(await on(...argv)).toMatchObject({ exit: 3 });
    expect(seen).toEqual([`/v1/${argv.slice(0, 2).join("-")}`]);
  });
});

describe("a stage's address", () => {
  it.each([
    "http://stage.example.com",
    "http://192.0.2.1",
    "ftp://127.0.0.1",
    "https://x:y@stage.example.com",
    "stage",
  ])("is https: %s is not asked", async (other) => {
    const { exit, err } = await here.run(
      "brake",
      "status",
      "--stage",
      "prod",
      "--region",
      "eu-central-1",
      "--url",
      other,
    );
    expect([exit, err]).toEqual([2, expect.stringContaining("is an https URL")]);
  });

  it("may have a path of its own", async () => {
    answers = [FINE];
    url = `${url}/gate/`;
    expect(await on("brake", "status")).toMatchObject({ exit: 0 });
    expect(seen).toEqual(["/gate/v1/brake-status"]);
  });

  it("leads nowhere else: what is signed follows no redirect", async () => {
    answers = [() => ({ status: 307, body: "", to: `${url}/elsewhere` })];
    expect((await on("brake", "on", "--because", "looks wrong")).exit).toBe(3);
    expect(seen).toEqual(["/v1/brake-on"]);
  });

  it("needs a region to sign for", async () => {
    const { exit, err } = await here.run("brake", "status", "--stage", "prod", "--url", url);
    expect([exit, err]).toEqual([2, expect.stringContaining("say which one the stage is in")]);
  });

  it("that nobody answers at is to be tried again", async () => {
    await new Promise<void>((done) => server.close(() => done()));
    expect(await on("case", "undo", "wdc_1")).toMatchObject({ exit: 3, err: expect.stringContaining("Unavailable") });
  });
});

it("an answer that is larger than any is not read to its end", async () => {
  answers = [() => ({ status: 200, body: `{"answer":"${"x".repeat(9 * 1024 * 1024)}"}` })];
  expect(await on("brake", "status")).toMatchObject({
    exit: 2,
    err: expect.stringContaining("larger than any answer is"),
  });
});

it("an answer that never ends is not waited for", async () => {
  const endless = createServer((_, response) => {
    const more = (): void => {
      while (response.write("x".repeat(65_536)));
      response.once("drain", more);
    };
    more();
  });
  await new Promise<void>((done) => endless.listen(0, "127.0.0.1", done));
  url = `http://127.0.0.1:${(endless.address() as AddressInfo).port}`;
  expect(await on("brake", "status")).toMatchObject({ exit: 2 });
  endless.closeAllConnections();
  endless.close();
});

describe("bad usage", () => {
  it.each([
    [["start", "--stage", "prod"], "a stage runs by itself"],
    [["deliver", "x.json", "--stage", "prod"], "events are delivered to the demo's simulators only"],
    [["replay", "x.json", "--stage", "prod"], "history is read on the laptop"],
    [["clock", "--stage", "prod"], "a stage goes by the time of day"],
    [["sweep", "--stage", "prod"], "a stage sweeps every day by itself"],
    [["who", "x", "--stage", "Prod!"], "a stage is named with up to 16 small letters"],
    [["who", "x", "--stage", "prod", "--store", "x.db"], "a stage has its own store and configuration"],
    [["who", "x", "--stage", "prod", "--config", "x.ts"], "a stage has its own store and configuration"],
    [["who", "x", "--region", "eu-central-1"], "this flag is about a stage"],
    [["who", "x", "--profile", "audit"], "this flag is about a stage"],
    [["who", "x", "--url", "https://x"], "this flag is about a stage"],
    [["secrets", "list"], "say which stage"],
  ])("%j", async (argv, why) => {
    expect(await here.run(...argv)).toMatchObject({ exit: 2, out: "", err: expect.stringContaining(why) });
    expect(seen).toEqual([]);
  });
});

const MAIN = fileURLToPath(new URL("../run/index.ts", import.meta.url));

it("without --stage nothing that signs or calls AWS is loaded", () => {
  const code = `
    const { registerHooks } = await import("node:module");
    const loaded = [];
    registerHooks({ load: (url, context, next) => { loaded.push(url); return next(url, context); } });
    const { run } = await import(${JSON.stringify(MAIN)});
    const { commands } = await import(${JSON.stringify(fileURLToPath(new URL("../commands/index.ts", import.meta.url)))});
    for (const load of Object.values(commands)) await load();
    const io = { stdout: { write() {} }, stderr: { write() {} }, stdin: [], cwd: "/", env: {}, stopped: () => new AbortController().signal };
    await run(["cost", "--events-per-day", "1", "--identities", "1"], io);
    await run(["brake", "status"], io);
    console.log(JSON.stringify(loaded.filter((url) => /node_modules[/](@aws-sdk|@smithy)|[/]cli[/]src[/]stage[/]/.test(url))), loaded.length > 50);
  `;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", code], { encoding: "utf8" });
  expect([stderr, stdout]).toEqual(["", "[] true\n"]);
});
