import { readConfig } from "@leasehold/app/config";
import { usedBetween } from "@leasehold/app/usage";
import { later, unavailable } from "@leasehold/core/kernel";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { fixturesOf } from "../../../../test/support/connectors.ts";
import { memoryWorld } from "../../../../test/support/memory-world.ts";
import { together } from "../kit/index.ts";
import { counterStep, usage } from "./index.ts";

const lines: string[] = [];
beforeEach(() => {
  lines.length = 0;
  vi.spyOn(process.stdout, "write").mockImplementation((text) => Boolean(lines.push(String(text))));
});
afterEach(() => void vi.restoreAllMocks());

const CONNECTOR = "aws-cloudtrail";
const fixtures = fixturesOf(CONNECTOR);
const counted = fixtures.flatMap(({ uses = [] }) => uses);
const [first] = counted;
const context = { awsRequestId: "0f8a7c1e-5b1d-4f0a-9c3e-2d6b7a8c9e0f" } as never;
const messages = (...bodies: readonly unknown[]) => ({
  Records: bodies.map((body, n) => ({
    messageId: `m${n}`,
    body: typeof body === "string" ? body : JSON.stringify(body),
  })),
});

function here() {
  const world = memoryWorld();
  const now = later(fixtures.map(({ event }) => (event as { time: never }).time).sort()[0]!, 1);
  Object.assign(world, {
    now,
    config: readConfig({ fallback: { email: "last@example.com" }, connectors: { [CONNECTOR]: {} } }),
  });
  const run = (event: unknown) => together(counterStep(usage), () => world)(event, context);
  const known = async () =>
    (await usedBetween(world, first!.credential, later(now, -3), now)).reduce((sum, { count }) => sum + count, 0);
  return { world, run, known };
}
const mine = counted.filter(({ credential }) => credential === first!.credential).length;
const events = fixtures.map(({ event }) => ({ connector: CONNECTOR, event }));

it("counts a batch as one source object, whole: the same batch again changes nothing", async () => {
  const { world, run, known } = here();
  expect(await run(messages(...events))).toEqual({ batchItemFailures: [] });
  expect(await known()).toBe(mine);
  await run(messages(...[...events].reverse()));
  expect(await known()).toBe(mine);
  expect(world.calls.filter((call) => call === "usage.put")).toHaveLength(2);
});

it("keeps that something came of the source, as of any other feed; of what says nothing or cannot be read, nothing", async () => {
  const { world, run } = here();
  await run(messages({ connector: CONNECTOR, event: { CANARY: 1 } }, { connector: "CANARY nobody", event: {} }));
  expect(await world.ledger.heartbeats()).toEqual([]);
  await run(messages(...events));
  expect(await world.ledger.heartbeats()).toMatchObject([{ connector: CONNECTOR, last: world.now }]);
});

it("leaves what cannot be read, says so by a number and never by its words, and counts the rest", async () => {
  const { run, known } = here();
  const bad = [
    "CANARY{",
    { connector: CONNECTOR, event: { CANARY: 1 } },
    { connector: "CANARY nobody", event: {} },
    { CANARY: "CANARY" },
  ];
  expect(await run(messages(...bad.slice(0, 2), ...events, ...bad.slice(2)))).toEqual({ batchItemFailures: [] });
  expect(await known()).toBe(mine);
  const numbers = lines.map((line) => JSON.parse(line)["EventsNotUnderstood"]).filter((n) => n !== undefined);
  expect(numbers.reduce((sum, n) => sum + n, 0)).toBe(3);
  expect(lines.join()).not.toContain("CANARY{");
});

it("comes again as a whole where it could not be written", async () => {
  const { world, run, known } = here();
  world.hook = (call) => {
    if (call === "usage.put") throw unavailable("dynamodb");
  };
  await expect(run(messages(...events))).rejects.toMatchObject({ name: "Unavailable" });
  world.hook = () => {};
  await run(messages(...events));
  expect(await known()).toBe(mine);
});

it("refuses what is no batch", async () => {
  await expect(here().run({ events })).rejects.toMatchObject({ name: "BadInput", facts: { where: "Records" } });
});
