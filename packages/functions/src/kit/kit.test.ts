import { step } from "@leasehold/app/steps";
import type { World } from "@leasehold/app/world";
import { Fault } from "@leasehold/core/kernel";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as z from "zod/mini";
import { inTurn, measure, mention, queue, task, told } from "./index.ts";

const lines: string[] = [];
beforeEach(() => {
  lines.length = 0;
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, "write").mockImplementation((text) => Boolean(lines.push(String(text))));
});
afterEach(() => vi.restoreAllMocks());

const context = {
  ...{ functionName: "leasehold-dev-example", invokedFunctionArn: "arn", awsRequestId: "1" },
  getRemainingTimeInMillis: () => 60_000,
} as never;
const world = () => ({}) as World;
const echo = step(z.strictObject({ n: z.number() }), async (_world, { n }) => {
  if (n === 13) throw new Fault("Unavailable", "the provider could not answer", { provider: "x" }, new Error("CANARY"));
  if (n === 14) throw new TypeError("CANARY");
  return { n };
});

describe("a task", () => {
  const run = (event: unknown) => task(echo, world)(event, context);
  const failed = (event: unknown): Promise<Fault> =>
    run(event).then(
      () => Promise.reject(new Error("it did not fail")),
      (error: Fault) => error,
    );

  it("is its step, and says in one line that it ended", async () => {
    expect(await run({ n: 1 })).toEqual({ n: 1 });
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0]!)).toMatchObject({ level: "INFO", message: "function done" });
  });

  it("says nothing in it that is paid for and helps nobody, and nothing of the run before", async () => {
    vi.stubEnv("_X_AMZN_TRACE_ID", "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1");
    mention({ connector: "of the run before" });
    await run({ n: 1 });
    vi.unstubAllEnvs();
    const said = { level: "INFO", message: "function done", service: "none", requestId: "1" };
    expect(JSON.parse(lines[0]!)).toEqual({ ...said, timestamp: expect.stringMatching(/^\d{4}-.*Z$/) });
  });

  it("throws its fault without the cause, under the name that workflows match on", async () => {
    const fault = await failed({ n: 13 });
    expect(fault).toMatchObject({ name: "Unavailable", facts: { provider: "x" }, cause: undefined });
    expect(JSON.parse(lines[0]!)).toMatchObject({ level: "ERROR", fault: "Unavailable", remedy: "retry" });
    expect(lines.join()).not.toContain("CANARY");
  });

  it("throws of a surprise the class alone", async () => {
    const fault = await failed({ n: 14 });
    expect(fault).toMatchObject({ name: "Unexpected", facts: { was: "TypeError" }, cause: undefined });
    expect(JSON.stringify([fault, fault.message, lines])).not.toContain("CANARY");
  });

  it("names bad input by where it is", async () => {
    const fault = await failed({ n: "CANARY", CANARY: 1 });
    expect(fault).toMatchObject({ name: "BadInput", facts: { where: expect.stringContaining("n") } });
    expect(JSON.stringify([fault, fault.message, lines])).not.toContain("CANARY");
  });
});

describe("a queue whose messages are done in turn", () => {
  const batch = { Records: ["a", "CANARY", "b"].map((body, n) => ({ messageId: `m${n}`, body })) };
  const left = { getRemainingTimeInMillis: () => 60_000 };

  it("hands each on as it is, one after the other, and names the failed one alone", async () => {
    const order: string[] = [];
    const one = async (_world: World, body: string) => {
      order.push(`begin ${body}`);
      await new Promise((done) => setTimeout(done, 5));
      if (body === "CANARY") throw new TypeError("CANARY");
      order.push(`end ${body}`);
    };
    expect(await inTurn(one, world)(batch, { ...(context as object), ...left } as never)).toEqual({
      batchItemFailures: [{ itemIdentifier: "m1" }],
    });
    expect(order).toEqual(["begin a", "end a", "begin CANARY", "begin b", "end b"]);
    expect(lines.join()).not.toContain("CANARY");
  });

  it("names one that hangs before Lambda ends the function, and what could not begin for it", async () => {
    const ends = Date.now() + 100;
    const hanging = { getRemainingTimeInMillis: () => Math.max(0, ends - Date.now()) };
    const one = (_world: World, body: string) => (body === "a" ? Promise.resolve() : new Promise<void>(() => {}));
    expect(await inTurn(one, world)(batch, { ...(context as object), ...hanging } as never)).toEqual({
      batchItemFailures: [{ itemIdentifier: "m1" }, { itemIdentifier: "m2" }],
    });
  });
});

describe("a queue", () => {
  const batch = (...bodies: readonly string[]) => ({
    Records: bodies.map((body, n) => ({ messageId: `m${n}`, body, attributes: {} })),
  });
  const run = (event: unknown) => queue(echo, world)(event, context);

  it("names the failed ones alone, and goes on after each", async () => {
    const bodies = ['{"n":1}', '{"n":13}', "CANARY{", '{"n":"CANARY"}', '{"n":14}', '{"n":2}'];
    expect(await run(batch(...bodies))).toEqual({
      batchItemFailures: ["m1", "m2", "m3", "m4"].map((itemIdentifier) => ({ itemIdentifier })),
    });
    const warned = lines.map((line) => JSON.parse(line)).filter(({ level }) => level === "WARN");
    expect(warned.map(({ messageId, fault, facts }) => [messageId, fault, facts["where"]]).sort()).toEqual([
      ["m1", "Unavailable", undefined],
      ["m2", "BadInput", "body"],
      ["m3", "BadInput", "n"],
      ["m4", "Unexpected", undefined],
    ]);
    expect(lines.join()).not.toContain("CANARY");
  });

  it("of an event that is no batch fails as a whole, so that nothing is taken for done", async () => {
    await expect(run({ Records: [{ body: "{}" }] })).rejects.toMatchObject({ name: "BadInput" });
    expect(await run(batch())).toEqual({ batchItemFailures: [] });
  });
});

describe("a number", () => {
  const embedded = () => {
    const { _aws, ...keys } = JSON.parse(lines[0]!);
    return { ..._aws.CloudWatchMetrics[0], time: _aws.Timestamp, keys };
  };

  it("is a line that CloudWatch reads: every dimension and the number itself are keys of it", () => {
    measure("BrakeTripped", 1);
    const { Namespace, Dimensions, Metrics, time, keys } = embedded();
    expect({ Namespace, Dimensions, Metrics }).toEqual({
      ...{ Namespace: "Leasehold", Dimensions: [["service"]], Metrics: [{ Name: "BrakeTripped", Unit: "Count" }] },
    });
    expect(keys).toMatchObject({ level: "INFO", service: "none", BrakeTripped: 1 });
    expect(Math.abs(Date.now() - time)).toBeLessThan(60_000);
  });

  it("of one connector is a number of its own", () => {
    measure("SourceSilentHours", 12.5, { connector: "okta" });
    const { Dimensions, Metrics, keys } = embedded();
    expect({ Dimensions, Metrics }).toEqual({
      Dimensions: [["service", "connector"]],
      Metrics: [{ Name: "SourceSilentHours", Unit: "None" }],
    });
    expect(keys).toMatchObject({ service: "none", connector: "okta", SourceSilentHours: 12.5 });
  });
});

it("what is no error at all is named by its type", () => {
  expect(told("CANARY")).toMatchObject({ name: "Unexpected", facts: { was: "string" } });
});
