import { instantOf } from "@leasehold/core/kernel";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { listeners, receiver } from "../../packages/functions/src/listeners/index.ts";
import type { redriver } from "../../packages/functions/src/redrive/index.ts";
import type { partnersOf, pulseTaker, rootKeeper } from "../../packages/functions/src/watch/index.ts";
import type { Host } from "../../packages/functions/src/world/index.ts";
import { boardOf } from "../../stacks/tables/board.ts";
import { checkGiven } from "../../stacks/tables/given.ts";
import { lambdasOf, stageOf } from "../../stacks/tables/lambdas.ts";
import { routingOf } from "../../stacks/tables/routing.ts";
import { watchedOn } from "../../stacks/tables/watched.ts";
import { story } from "../support/story.ts";
import hub from "./stages/hub.config.ts";

/** What the functions really write, against what is watched: a number that one of the two calls otherwise is found here. */
const given = await checkGiven("hub", hub);
const routing = routingOf(given);
const stage = stageOf(given, routing);
const lambdas = lambdasOf(given, stage);

interface Emf {
  readonly CloudWatchMetrics: readonly {
    readonly Namespace: string;
    readonly Dimensions: readonly (readonly string[])[];
    readonly Metrics: readonly { readonly Name: string }[];
  }[];
}
const spelt = (namespace: string, name: string, dimensions: Readonly<Record<string, unknown>>) =>
  `${namespace} ${name} ${Object.entries(dimensions)
    .map(([key, value]) => `${key}=${String(value)}`)
    .sort()
    .join(" ")}`;

function numbersIn(line: string): readonly string[] {
  const said = JSON.parse(line) as Record<string, unknown>;
  const emf = said["_aws"] as Emf | undefined;
  return (emf?.CloudWatchMetrics ?? []).flatMap(({ Namespace, Dimensions, Metrics }) =>
    Metrics.filter(({ Name }) => typeof said[Name] === "number").flatMap(({ Name }) =>
      Dimensions.map((keys) => spelt(Namespace, Name, Object.fromEntries(keys.map((key) => [key, said[key]])))),
    ),
  );
}

const context = { awsRequestId: "1", functionName: "leasehold-hub-example" } as never;
const emitted = new Set<string>();
const levels = new Set<unknown>();

beforeAll(async () => {
  vi.stubEnv("LEASEHOLD_STAGE", "hub");
  vi.resetModules();
  const lines: string[] = [];
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, "write").mockImplementation((text) => Boolean(lines.push(...String(text).trim().split("\n"))));
  const [watch, listeners, redrive] = [
    await import("../../packages/functions/src/watch/index.ts"),
    await import("../../packages/functions/src/listeners/index.ts"),
    await import("../../packages/functions/src/redrive/index.ts"),
  ];
  await everyNumber(watch, listeners, redrive);
  vi.restoreAllMocks();
  for (const line of lines) {
    for (const one of numbersIn(line)) emitted.add(one);
    if (numbersIn(line).length > 0) levels.add((JSON.parse(line) as { level?: unknown }).level);
  }
});
afterAll(() => vi.unstubAllEnvs());

type Watch = { pulseTaker: typeof pulseTaker; partnersOf: typeof partnersOf; rootKeeper: typeof rootKeeper };

type Ears = { listeners: typeof listeners; receiver: typeof receiver };

/** The handlers of every function that counts something, as deployed, but for what they stand on. */
async function everyNumber(watch: Watch, ears: Ears, raw: { redriver: typeof redriver }) {
  const { world } = await story();
  const log = () => {};
  const ids = given.linked.map(({ id }) => id);
  const configured = { ...world, config: { ...world.config, connectors: given.config.connectors } };
  await watch.pulseTaker(() => world, {
    declared: () => given.linked.map(({ declared }) => declared),
    partners: () => watch.partnersOf({ describe: async () => "ACTIVE", log }, given.aws.partners),
  })({}, context);
  await watch.rootKeeper(
    () => world,
    async () => {},
  )({}, context);
  const deployed = () => ({ stage: "hub", config: given.config, declared: [] });
  const host = { deployed, env: () => "hub", clock: () => instantOf(0), log } as unknown as Host;
  await raw.redriver(host, () => [], { signals: async () => {} })({}, context);
  const receive = ears.receiver(ears.listeners, () => configured, { signals: async () => {} });
  for (const connector of ids) await receive({ connector, event: { unheard: "of" } }, context).catch(() => {});
}

const ours = <M extends { namespace: string; name: string; dimensions: Readonly<Record<string, string>> }>(
  all: readonly M[],
) =>
  all.filter(({ namespace }) => namespace === "Leasehold").map((one) => spelt(one.namespace, one.name, one.dimensions));
const watched = () => ours(watchedOn(stage, routing, lambdas).flatMap(({ metrics }) => metrics));
const shown = () => {
  const { widgets } = JSON.parse(boardOf(stage, lambdas)) as {
    widgets: { properties: { metrics: string[][] } }[];
  };
  return widgets
    .flatMap(({ properties }) => properties.metrics)
    .filter(([namespace]) => namespace === "Leasehold")
    .map(([namespace = "", name = "", ...pairs]) =>
      spelt(namespace, name, Object.fromEntries(pairs.flatMap((key, n) => (n % 2 === 0 ? [[key, pairs[n + 1]]] : [])))),
    );
};

describe("the numbers that functions write", () => {
  it("are found at all, of this stage", () => {
    expect([...emitted]).toContain("Leasehold StuckCases service=hub");
    expect([...emitted]).toContain("Leasehold PartnerDown connector=okta service=hub");
  });

  it("are those that alarms watch, by name and by dimension", () => {
    expect(watched().length).toBeGreaterThan(9);
    expect(watched().filter((one) => !emitted.has(one))).toEqual([]);
  });

  it("are those that the board shows", () => {
    // written where the table cannot be reached: only its name is held against the others
    const rare = /^Leasehold SignalsQueued connector=/;
    expect(shown().filter((one) => !emitted.has(one) && !rare.test(one))).toEqual([]);
  });

  it("are each watched or shown", () => {
    const names = new Set([...watched(), ...shown()].map((one) => one.split(" ")[1]));
    expect([...emitted].filter((one) => !names.has(one.split(" ")[1]))).toEqual([]);
  });

  it("are lines of a level that Lambda lets through", () => {
    expect([...levels]).toEqual(["INFO"]);
  });
});
