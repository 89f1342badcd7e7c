import { connectors } from "@leasehold/connectors";
import { ROUTES } from "@leasehold/core/connector";
import { functions, type Need, routes } from "@leasehold/workflows";
import { beforeAll, expect, it } from "vitest";
import { judged, MOST_RATIO, type Timed } from "../../bench/bundle/judge.ts";
import { interval } from "../../bench/kit/index.ts";
import { type Bundle, largest, MOST_BYTES, sizes } from "../../scripts/bundles.ts";
import { FOLDERS } from "../../scripts/generate-entries.ts";
import { files, json } from "./tree.ts";

/** The one client of the SDK that is ours: for rows. */
const TABLE: readonly Need[] = ["rows", "graph", "usage", "counts", "beats", "cases", "trail"];
/** What else a function may need of AWS is a signed call or two, and each need's are made in one file; so is a table that is only read. */
const CALLS: Readonly<Record<Exclude<Need, "graph" | "usage" | "counts" | "beats" | "cases" | "trail">, string>> = {
  rows: "world/rows",
  archive: "world/archive",
  bus: "world/bus",
  life: "world/life",
  roots: "world/roots",
  runs: "world/runs",
  signals: "world/queues",
  raw: "redrive/raw-queue",
  files: "files/objects",
  ...{
    read: "remote/invoke",
    act: "remote/invoke",
    contain: "remote/invoke",
    delete: "remote/invoke",
    desks: "remote/invoke",
  },
};
const SECRETS = "provider/secrets";
const PULSE = "take-pulse";
/** Who talks to AWS as a vendor: in its own functions alone, and never in the one that takes raw events. */
const VENDORS: Readonly<Record<string, string>> = {
  "client-accessanalyzer": "providers/aws-access-analyzer",
  "client-bedrock-agent": "providers/aws-bedrock",
  "client-bedrock-agentcore-control": "providers/aws-agentcore",
  "client-cloudtrail": "providers/aws-cloudtrail",
  "client-iam": "providers/aws-iam",
  "client-identitystore": "providers/aws-identity-center",
  "client-organizations": "providers/aws-organizations",
  "client-secrets-manager": "providers/aws-secrets",
  "client-ssm": "providers/aws-secrets",
  "client-sso-admin": "providers/aws-identity-center",
};
/** Found out by whoever reads a vendor's events: nothing of ours through which a connection to one is opened. */
const TALKS = /^packages\/connectors\/kit\/(http|breaker|aws|sts)[.]ts$/;
const READS_EVENTS = ["record-usage", "read-files", "redrive-raw", "providers/aws-cloudtrail"]; // the last: what the bus did not bring
const RECEIVES = /^receive[/](.+)$/;

let bundles: readonly Bundle[] = [];
beforeAll(async () => {
  bundles = await sizes();
});

/** Which line of the table of functions it is; a vendor's own has none. */
const runOf = (name: string) =>
  (Object.keys(functions) as (keyof typeof functions)[]).find(
    (run) => run === (RECEIVES.test(name) ? "receive" : name),
  );
const clientsOf = ({ inputs }: Bundle) =>
  new Set(Object.keys(inputs).flatMap((path) => /node_modules\/@aws-sdk\/(client-[^/]+)/.exec(path)?.[1] ?? []));
const wrong = (is: (one: Bundle) => readonly string[]) =>
  bundles.flatMap((one) => is(one).map((what) => `${one.name}: ${what}`));

it("every function is bundled, and has a handler", () => {
  const names = bundles.map(({ name }) => name);
  expect(new Set(names.flatMap((name) => runOf(name) ?? []))).toEqual(new Set(Object.keys(functions)));
  for (const folder of FOLDERS) {
    const written = files(`packages/functions/src/${folder}`).map((path) => path.replace(/^.*\/src\/(.+)[.]ts$/, "$1"));
    expect(names).toEqual(expect.arrayContaining(written));
  }
  expect(bundles.filter((one) => !one.exports.includes("handler")).map(({ name }) => name)).toEqual([]);
});

it(`none weighs more than ${MOST_BYTES / 1_000} kB`, () => {
  const heavy = (one: Bundle) => `${one.bytes} bytes, of which ${largest(one).flat().join(" ")}`;
  expect(wrong((one) => (one.bytes > MOST_BYTES ? [heavy(one)] : []))).toEqual([]);
});

const vendorsOf = (name: string) => Object.keys(VENDORS).filter((client) => VENDORS[client] === name);

it("each has the clients that it needs, and no other", () => {
  const needed = (name: string) => {
    const run = runOf(name);
    if (run === undefined) return vendorsOf(name); // a vendor's own function
    const needs: readonly Need[] = functions[run].needs;
    const beside = name === PULSE ? ["client-eventbridge"] : []; // how the partners' event sources are
    return needs.some((need) => TABLE.includes(need)) ? [...beside, "client-dynamodb"] : beside;
  };
  for (const one of bundles) expect.soft([...clientsOf(one)], one.name).toEqual(needed(one.name));
});

it("each can make the calls that its needs ask for, and no other", () => {
  const all = [...new Set(Object.values(CALLS)), SECRETS];
  const made = ({ inputs }: Bundle) => all.filter((file) => `packages/functions/src/${file}.ts` in inputs);
  const needed = (name: string): readonly string[] => {
    if (name.startsWith("providers/")) return [SECRETS];
    if (name.startsWith("ingress/")) return [CALLS.signals, SECRETS];
    const run = runOf(name);
    const needs: readonly string[] = run === undefined ? [] : functions[run].needs;
    const calls = Object.entries(CALLS).flatMap(([need, file]) => (needs.includes(need) ? [file] : []));
    return all.filter((file) => calls.includes(file));
  };
  for (const one of bundles) expect.soft(made(one), one.name).toEqual(needed(one.name));
});

it("whoever lists or polls can read what comes of it, and nobody else carries that", () => {
  const all = "packages/functions/src/remote/lists.ts";
  const lists = ["packages/app/src/sweep/sweep-estate.ts", "packages/app/src/feed/poll.ts"];
  const steps = bundles.filter(({ name }) => !name.startsWith("providers/"));
  const has = (paths: readonly string[]) =>
    steps.filter(({ inputs }) => paths.some((path) => (inputs[path] ?? 0) > 0)).map(({ name }) => name);
  expect(has(lists)).toEqual(["poll-feeds", "sweep-estate", "sweep-on"]);
  expect(has([all])).toEqual(has(lists));
});

const vendorIn = (path: string) => /^packages\/connectors\/src\/([^/]+)\//.exec(path)?.[1];

it("a vendor's code is in that vendor's functions, and its listener where raw events are read", () => {
  const foreign = ({ name, inputs }: Bundle) =>
    Object.keys(inputs).filter((path) => {
      const id = vendorIn(path);
      return id !== undefined && !name.endsWith(`/${id}`) && !READS_EVENTS.includes(name) && !RECEIVES.test(name);
    });
  expect(wrong(foreign)).toEqual([]);
});

it("the function of a route has the listeners of that route, and no other", async () => {
  const all = await Promise.all(Object.values(connectors).map((load) => load()));
  for (const route of ROUTES) {
    const name = routes[route] === "receive" ? `receive/${route}` : routes[route];
    const inputs = Object.keys(bundles.find((one) => one.name === name)?.inputs ?? {});
    const heard = all.filter(({ listens }) => (listens?.patterns[route] ?? []).length > 0).map(({ id }) => id);
    expect.soft([name, [...new Set(inputs.flatMap((path) => vendorIn(path) ?? []))].sort()]).toEqual([name, heard]);
  }
});

/** Where signals are joined, which writes the archive first. */
const JOINS = "packages/app/src/ingest/ingest.ts";

it("whoever joins signals has the right to archive them, and nobody else has", () => {
  for (const { name, inputs } of bundles) {
    const run = runOf(name);
    const needs: readonly Need[] = run === undefined ? [] : functions[run].needs;
    expect.soft([name, needs.includes("archive")]).toEqual([name, JOINS in inputs]);
  }
});

it("whoever is no vendor's function opens no connection to a vendor", () => {
  const talks = ({ name, inputs }: Bundle) =>
    runOf(name) ? Object.keys(inputs).filter((path) => TALKS.test(path)) : [];
  expect(wrong(talks)).toEqual([]);
});

it("none brings a way to find credentials that Lambda does not need", () => {
  const ways = ({ inputs }: Bundle) =>
    Object.keys(inputs).filter((path) =>
      /credential-provider-(ini|sso|login|process|http|web-identity|imds)\//.test(path),
    );
  expect(wrong(ways)).toEqual([]);
  const laptops = ({ outside }: Bundle) => outside.filter((path) => path === "@aws-sdk/credential-providers");
  expect(wrong(laptops)).toEqual([]); // left out by stacks/bundling.ts, so nothing may still ask for it
});

it("is measured against the client that we use", () => {
  const version = (path: string) => (json(path)["dependencies"] as Record<string, string>)["@aws-sdk/client-dynamodb"];
  expect(version("bench/package.json")).toBe(version("packages/functions/package.json"));
});

it("what is fetched for the bench comes from no host of ours, and runs nothing at install", () => {
  const locked = Object.entries(json("bench/package-lock.json")["packages"] as Record<string, Record<string, unknown>>);
  for (const [path, { integrity, resolved, hasInstallScript }] of locked.filter(([at]) => at !== "")) {
    expect.soft(integrity, path).toMatch(/^sha512-/);
    expect.soft(resolved, path).toBeUndefined();
    expect.soft(hasInstallScript, path).toBeUndefined();
  }
});

it("the bench is red only where a whole interval misses its bar, and for what does not load", () => {
  const around = (middle: number, by: number) => Array.from({ length: 15 }, (_, n) => middle + ((n - 7) * by) / 7);
  const one = (ratios: readonly number[], bytes = 1): Timed => ({
    ...{
      bundle: { name: "wait", file: "", bytes, gzip: 1, exports: [], inputs: {}, outside: [] },
      millis: ratios,
      ratios,
    },
    broken: undefined,
  });
  const failures = (timed: Timed) => judged([timed]).failures.length;
  expect(failures(one(around(MOST_RATIO - 0.01, 0.5)))).toBe(0);
  expect(failures(one(around(MOST_RATIO + 0.01, 0.5)))).toBe(0); // noise reaches over the bar from both sides
  expect(failures(one(around(MOST_RATIO + 0.1, 0.01)))).toBe(1);
  expect(failures(one(around(1, 0.01), MOST_BYTES))).toBe(0);
  expect(failures(one(around(1, 0.01), MOST_BYTES + 1))).toBe(1);
  expect(failures({ ...one([]), broken: "TypeError" })).toBe(1);
  const spread = interval(around(1, 0.5));
  expect(spread.median).toBe(1);
  expect([spread.low < 1, spread.high > 1, spread.low > 0.5, spread.high < 1.5]).toEqual([true, true, true, true]);
});
