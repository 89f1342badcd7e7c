import { connectors } from "@leasehold/connectors";
import { accessKey, lookupEvents } from "@leasehold/connectors/kit";
import type { Instant } from "@leasehold/core/kernel";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Answer, awsServer, type Came, KEYS } from "../../../../test/support/aws-server.ts";
import { memoryWorld } from "../../../../test/support/memory-world.ts";
import { keyOf, trailRecord } from "../../../../test/support/trail-record.ts";
import { importLookup, type LookupImport } from "./index.ts";

const heard = [await connectors["aws-iam"]()];
const NOON = "2026-10-03T12:00:00.000Z" as Instant;

let server: Awaited<ReturnType<typeof awsServer>>;
let before: (came: Came) => Answer | undefined;
let time: { now: number; waits: number[]; asked: number[] };
let world = memoryWorld();
let log: Map<string, readonly string[]>; // day: records as text, one to a page
beforeEach(async () => {
  before = () => undefined;
  time = { now: 0, waits: [], asked: [] };
  world = Object.assign(memoryWorld(), { now: NOON });
  log = new Map([
    ["2026-10-03", [record(0)]],
    ["2026-10-02", [record(1), record(2), record(3)]],
    ["2026-10-01", []],
  ]);
  server = await awsServer("cloudtrail", "us-east-1", (came) => {
    time.asked.push(time.now);
    return before(came) ?? answered(came);
  });
});
afterEach(() => server.close());

const record = (n: number, more: object = {}) => JSON.stringify(trailRecord(n, more));
const json = (status: number, body: unknown): Answer => ({ status, body: JSON.stringify(body) });

function answered({ body, headers }: Came): Answer {
  expect(headers).toMatchObject({
    "x-amz-target": "CloudTrail_20131101.LookupEvents",
    "content-type": "application/x-amz-json-1.1",
  });
  const { StartTime, EndTime, MaxResults, NextToken = "0" } = JSON.parse(body);
  expect([EndTime - StartTime, MaxResults]).toEqual([86_399, 50]);
  const pages = log.get(new Date(StartTime * 1000).toISOString().slice(0, 10)) ?? [];
  const at = Number(NextToken);
  const more = at + 1 < pages.length ? { NextToken: String(at + 1) } : {};
  const events = pages.slice(at, at + 1).map((text) => ({ EventId: `e${at}`, CloudTrailEvent: text }));
  return json(200, { Events: events, ...more });
}

const run = (more: Partial<LookupImport> = {}) =>
  importLookup({
    ...{ world, connectors: heard, now: world.now, account: "111122223333", regions: ["us-east-1"], days: 3 },
    pause: {
      millis: () => time.now,
      wait: async (millis) => {
        time.waits.push(millis);
        time.now += millis;
      },
    },
    ask: (asked) => lookupEvents({ keys: async () => KEYS, now: () => new Date(), endpoint: server.url }, asked),
    ...more,
  });
const known = async () => {
  const all = await Promise.all([0, 1, 2, 3].map((n) => world.graph.node(accessKey(keyOf(n)))));
  return all.flatMap((node, n) => (node === undefined ? [] : [n]));
};
const asked = () =>
  server.asked.splice(0).map(({ body }) => JSON.parse(body) as { StartTime: number; NextToken?: string });

describe("CloudTrail's own ninety days", () => {
  it("are read a day at a time, the latest first; days that have settled once, today each time", async () => {
    expect(await run()).toMatchObject({
      files: 3,
      skipped: 0,
      records: 4,
      signals: 4,
      stopped: [],
      faults: { total: 0 },
    });
    expect(await known()).toEqual([0, 1, 2, 3]);
    expect(asked().map(({ NextToken }) => NextToken)).toEqual([undefined, undefined, "1", "2", undefined]);
    expect((await world.graph.pending()).items).toEqual([]);
    expect(await run()).toMatchObject({ files: 1, skipped: 2, writes: 0 });
    expect(asked()).toHaveLength(1);
    expect(await run({ again: true })).toMatchObject({ files: 3, skipped: 0, writes: 0 });
  });

  it("a day is not settled within its last hour", async () => {
    world.now = "2026-10-03T00:30:00.000Z" as Instant;
    await run();
    expect(await run()).toMatchObject({ files: 2, skipped: 1 });
  });

  it("are asked for no more than twice a second, and again where CloudTrail is too busy", async () => {
    let busy = 2;
    before = () => (busy-- > 0 ? json(400, { __type: "ThrottlingException", message: "Rate exceeded" }) : undefined);
    expect(await run()).toMatchObject({ records: 4, stopped: [] });
    const gaps = time.asked.slice(1).map((at, n) => at - (time.asked[n] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(500);
    expect(gaps.slice(0, 2)).toEqual([1_000, 2_000]);
    expect(gaps.slice(2)).toEqual([500, 500, 500, 500]);
  });

  it("go on with the page that they were at", async () => {
    let left = 3;
    before = () => (left-- > 0 ? undefined : json(500, {}));
    expect(await run()).toMatchObject({ records: 3, stopped: [{ region: "us-east-1", because: "Unavailable" }] });
    expect(await known()).toEqual([0, 1, 2]);
    before = () => undefined;
    asked();
    expect(await run()).toMatchObject({ stopped: [] });
    expect(asked().map(({ NextToken }) => NextToken)).toEqual([undefined, "2", undefined]);
    expect(await known()).toEqual([0, 1, 2, 3]);
  });

  it("begin a day again where the page's token has lapsed", async () => {
    let left = 3;
    before = () => (left-- > 0 ? undefined : json(500, {}));
    await run();
    asked();
    let lapsed = 1;
    before = ({ body }) =>
      JSON.parse(body).NextToken === "2" && lapsed-- > 0
        ? json(400, { __type: "InvalidNextTokenException" })
        : undefined;
    expect(await run()).toMatchObject({ stopped: [] });
    expect(asked().map(({ NextToken }) => NextToken)).toEqual([undefined, "2", undefined, "1", "2", undefined]);
    expect(await run()).toMatchObject({ skipped: 2 });
  });

  it("count what cannot be read by its place, and read that day again the next time, also where they were cut off after it", async () => {
    log.set("2026-10-02", [record(1, { eventTime: "soon" }), "{ hunter2", record(3)]);
    let left = 3;
    before = () => (left-- > 0 ? undefined : json(500, {}));
    const first = await run();
    expect(first.faults).toMatchObject({
      total: 2,
      first: [
        { file: "cloudtrail://us-east-1/2026-10-02", line: 1, reason: "malformed: field detail.eventTime" },
        { file: "cloudtrail://us-east-1/2026-10-02", line: 51, reason: "not JSON" },
      ],
    });
    expect(JSON.stringify(first)).not.toContain("hunter2");
    before = () => undefined;
    expect(await run()).toMatchObject({ faults: { total: 0 } });
    expect(await known()).toEqual([0, 3]);
    expect(await run()).toMatchObject({ skipped: 1, files: 2, faults: { total: 2 } });
  });

  it("name the permission where one region refuses, and go on with the next", async () => {
    const regions = ["eu-west-1", "us-east-1"]; // the stand-in knows the signature of the second only
    expect(await run({ regions })).toMatchObject({
      stopped: [{ region: "eu-west-1", because: "PermissionMissing", next: "cloudtrail:LookupEvents" }],
      records: 4,
    });
  });

  it("gather how credentials were used, page by page, of days that have settled", async () => {
    const told: [string, number][] = [];
    const gather = (source: string) => {
      const all: unknown[] = [];
      return { take: (one: unknown) => void all.push(one), end: async () => void told.push([source, all.length]) };
    };
    await run({ gather });
    expect(told).toEqual([
      ["lookup/111122223333/us-east-1/2026-10-02/0", 1],
      ["lookup/111122223333/us-east-1/2026-10-02/1", 1],
      ["lookup/111122223333/us-east-1/2026-10-02/2", 1],
      ["lookup/111122223333/us-east-1/2026-10-01/0", 0],
    ]);
  });
});
