import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectors } from "@leasehold/connectors";
import { ROUTES } from "@leasehold/core/connector";
import { filed, functions, queues, type Run, routes, schedules, watches } from "@leasehold/workflows";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { entryFiles, FOLDERS, filesOf } from "../../scripts/generate-entries.ts";
import { ROOT } from "./tree.ts";

const ROOT_URL = new URL("../../", import.meta.url);
const SRC = new URL("packages/functions/src/", ROOT_URL);
/** All but the one that each route has for itself: its files are generated. */
const names = (Object.keys(functions) as Run[]).filter((run) => run !== "receive");
const receivers = ROUTES.filter((route) => routes[route] === "receive").map((route) => `receive/${route}`);
const context = { functionName: "leasehold-dev-example", awsRequestId: "1" };
type Handler = (event: unknown, context: unknown) => Promise<unknown>;
const handlerOf = async (path: string) =>
  ((await import(new URL(path, ROOT_URL).href)) as { handler: Handler }).handler;

const lines: string[] = [];
beforeAll(() => {
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, "write").mockImplementation((text) => Boolean(lines.push(String(text))));
});
afterAll(() => vi.restoreAllMocks());

it("every wired function is a file, and every function file is wired", () => {
  const files = readdirSync(SRC)
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .map((file) => file.replace(/[.]ts$/, ""));
  expect(files.sort()).toEqual([...names].sort());
});

it("every file names the very function that it is", () => {
  for (const name of names) {
    const text = readFileSync(new URL(`${name}.ts`, SRC), "utf8");
    const worlds = [...text.matchAll(/\bworld\("([^"]+)"/g)].map(([, run]) => run);
    expect([name, worlds]).toEqual([name, name === "redrive-raw" ? [] : [name]]); // which has no world: it reads and sends on
  }
});

it("what stands behind a queue reads batches, and nothing else does", () => {
  const behind = new Set<string>(Object.values({ ...queues, ...filed }));
  for (const name of names) {
    const text = readFileSync(new URL(`${name}.ts`, SRC), "utf8");
    expect([name, /= (queue|counter|inTurn)\(/.test(text)]).toEqual([name, behind.has(name)]);
  }
});

describe("the entries of the connectors", async () => {
  const pages = await entryFiles(ROOT_URL);

  it("are as they are generated: npm run golden", () => {
    for (const [path, text] of pages) expect(readFileSync(new URL(path, ROOT_URL), "utf8"), path).toBe(text);
    const there = FOLDERS.flatMap((folder) => filesOf(ROOT_URL, folder));
    expect(there.filter((path) => !pages.has(path))).toEqual([]);
  });

  it("are one for each route whose events are received, and each has the world of that function", () => {
    const paths = filesOf(ROOT_URL, "receive");
    expect(paths.toSorted()).toEqual(receivers.map((name) => `packages/functions/src/${name}.ts`).toSorted());
    for (const path of paths) expect(pages.get(path)).toContain('world("receive", ');
  });

  it("are one for each connector, and a way in for each that is spoken to", async () => {
    const all = await Promise.all(Object.values(connectors).map((load) => load()));
    const paths = [...pages.keys()];
    for (const { id, hook, desk } of all) {
      expect(paths).toContain(`packages/functions/src/providers/${id}.ts`);
      const way = paths.includes(`packages/functions/src/ingress/${id}.ts`);
      expect([id, way]).toEqual([id, hook !== undefined || desk?.read !== undefined]);
    }
  });

  it.each([...pages.keys()].filter((path) => !path.includes("listeners")))("%s exports a handler", async (path) => {
    expect(await handlerOf(path)).toBeTypeOf("function");
  });
});

const isDoor = (name: Run) => name.startsWith("call-"); // what comes to it is API Gateway's: packages/api reads it
/** All but those that a clock wakes: these read nothing of what they are given, and would go on to a table. */
const readsSomething = (name: Run) => !isDoor(name) && ![...schedules, ...watches].some(({ run }) => run === name);

it.each(names)("%s exports a handler", async (name) => {
  expect(await handlerOf(`packages/functions/src/${name}.ts`)).toBeTypeOf("function");
});

describe.each([...names.filter(readsSomething), ...receivers])("%s", (name) => {
  const home = mkdtempSync(join(tmpdir(), "leasehold-wiring-"));
  const environment = {
    LEASEHOLD_STAGE: "dev",
    LEASEHOLD_TABLE: "t",
    AWS_REGION: "eu-central-1",
    LAMBDA_TASK_ROOT: home,
  };
  const config = { fallback: { email: "last@example.com" } };
  beforeAll(() => {
    writeFileSync(join(home, "leasehold.json"), JSON.stringify({ stage: "dev", config, declared: [] }));
    for (const [key, value] of Object.entries(environment)) vi.stubEnv(key, value);
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    rmSync(home, { recursive: true });
  });

  const junk = { CANARY: "CANARY", contract: "CANARY", id: "CANARY", connector: 7, account: "CANARY", type: "CANARY" };

  it("refuses junk by where it is, and echoes nothing", async () => {
    const handler = await handlerOf(`packages/functions/src/${name}.ts`);
    lines.length = 0;
    const ended = await handler(junk, context).catch((error: unknown) => error);
    expect(JSON.stringify([ended, (ended as Error).message ?? "", lines])).not.toContain("CANARY");
    expect(ended).toMatchObject({ name: "BadInput", facts: { where: expect.any(String) } });
  });
});

it("importing a function reads no file, asks for no address and sends nothing", async () => {
  const { spawnSync } = await import("node:child_process");
  const paths = [...names.map((name) => `packages/functions/src/${name}.ts`), ...(await entryFiles(ROOT_URL)).keys()];
  const script = `
    import fs from "node:fs"; import { syncBuiltinESMExports } from "node:module";
    let importing = true;
    const was = fs.readFileSync;
    fs.readFileSync = (path, ...rest) => {
      if (importing && !/[.](ts|js|mjs|cjs|json)$/.test(String(path))) { process.exitCode = 1; process.stdout.write("read " + path + "\\n"); }
      if (importing && /leasehold[.]json$/.test(String(path))) { process.exitCode = 1; process.stdout.write("read leasehold.json\\n"); }
      return was(path, ...rest);
    };
    syncBuiltinESMExports();
    for (const path of ${JSON.stringify(paths)}) await import(${JSON.stringify(ROOT_URL.href)} + path);
    importing = false;
    process.stdout.write("imported\\n");
  `;
  const deny = new URL("test/support/deny-outbound.ts", ROOT_URL).href;
  const env = Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^(AWS|LEASEHOLD|LAMBDA)_/.test(key)));
  const run = spawnSync(process.execPath, ["--import", deny, "--input-type=module", "-e", script], {
    ...{ cwd: ROOT, encoding: "utf8", timeout: 300_000, env },
  });
  expect([run.stdout, run.stderr, run.status]).toEqual(["imported\n", "", 0]);
});
