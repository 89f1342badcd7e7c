import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { connectors } from "@leasehold/connectors";
import { accessKey } from "@leasehold/connectors/kit";
import { later } from "@leasehold/core/kernel";
import { openFile } from "@leasehold/store/file";
import { sqliteStore } from "@leasehold/store/sqlite";
import { afterAll, expect, it } from "vitest";
import { MONDAY } from "../../../../test/support/clock.ts";
import { type Progress, replay } from "./index.ts";

const [awsIam, okta] = [await connectors["aws-iam"](), await connectors.okta()];
const home = mkdtempSync(join(tmpdir(), "leasehold-replay-"));
afterAll(() => rmSync(home, { recursive: true }));
let files = 0;
function file(content: string): string {
  const path = join(home, `${files++}.json`);
  writeFileSync(path, content);
  return path;
}

const keyId = (n: number) => `AKIA${String(n).padStart(12, "0")}TEST`;
const created = (n: number, more: object = {}) => ({
  ...{ eventVersion: "1.08", eventSource: "iam.amazonaws.com", eventName: "CreateAccessKey", eventID: `made-${n}` },
  ...{ eventTime: "2026-10-01T10:00:00Z", eventType: "AwsApiCall", recipientAccountId: "111122223333" },
  userIdentity: { type: "IAMUser", arn: "arn:aws:iam::111122223333:user/ada", userName: "ada" },
  requestParameters: { userName: "deploy" },
  responseElements: { accessKey: { accessKeyId: keyId(n), userName: "deploy", status: "Active" } },
  ...more,
});
const left = {
  ...{ uuid: "left-1", published: "2026-10-02T10:00:00.000Z", eventType: "user.lifecycle.deactivate" },
  ...{ outcome: { result: "SUCCESS" }, actor: { id: "00uadmin", type: "User" } },
  target: [{ id: "00uada", type: "User" }],
};

function world() {
  const store = sqliteStore(openFile(":memory:"), () => MONDAY);
  const run = (paths: readonly string[], onProgress?: (progress: Progress) => void) =>
    replay({ world: store, connectors: [awsIam, okta], paths, now: MONDAY, ...(onProgress && { onProgress }) });
  const keys = async (count: number) => {
    const all = await Promise.all(Array.from({ length: count }, (_, n) => store.graph.node(accessKey(keyId(n)))));
    return all.map((node) => node !== undefined);
  };
  return { store, run, keys };
}

it("tells what it understood, what it ignored and why, and what is broken and where", async () => {
  const { run, keys } = world();
  const path = file(
    [created(0), { ...created(1), eventTime: "soon" }, "x", left, { ...created(2), eventName: "ListUsers" }, created(3)]
      .map((one) => (one === "x" ? "x{" : JSON.stringify(one)))
      .join("\r\n"),
  );
  const summary = await run([path]);
  expect(summary).toMatchObject({
    ...{ files: 1, records: 6, signals: 3, aside: 0 },
    understood: { "aws-iam": { "credential.issued": 2 }, okta: { "person.left": 1 } },
    ignored: [
      { reason: "no connector listens to iam.amazonaws.com/ListUsers", count: 1, first: [{ file: path, line: 5 }] },
    ],
    faults: {
      total: 2,
      first: [
        { file: path, line: 2, reason: "malformed: field detail.eventTime" },
        { file: path, line: 3, reason: "not JSON" },
      ],
    },
  });
  expect(await keys(4)).toEqual([true, false, false, true]);
});

it("opens no case and tells nobody, however lately somebody left", async () => {
  const { store, run } = world();
  await store.ledger.installed(later(MONDAY, -24 * 90));
  const summary = await run([file(JSON.stringify([created(0), left]))]);
  expect(summary.understood).toMatchObject({ okta: { "person.left": 1 } });
  expect((await store.cases.list("open")).items).toEqual([]);
  expect((await store.graph.pending()).items).toEqual([]);
});

it("changes nothing the second time, nor by a duplicate", async () => {
  const { run } = world();
  const path = file(JSON.stringify({ Records: [created(0), created(1), created(0), left] }));
  const first = await run([path]);
  expect(first).toMatchObject({ signals: 4, faults: { total: 0 } });
  expect(first.writes).toBeGreaterThan(0);
  expect(await run([path, path])).toMatchObject({ signals: 8, subjects: first.subjects, writes: 0 });
});

it("keeps what stands before a cut, and nothing of the record that was cut", async () => {
  const { run, keys } = world();
  const whole = JSON.stringify({ Records: [created(0), created(1), created(2)] });
  const summary = await run([file(whole.slice(0, -40))]);
  expect(summary.faults).toMatchObject({ total: 1, first: [{ line: 1, index: 2, reason: "truncated" }] });
  expect(await keys(3)).toEqual([true, true, false]);
});

it("applies nothing of a record of which a part cannot be read", async () => {
  const { store } = world();
  const broken = { ...left, uuid: "left-2" };
  const two = [left, broken].map((detail, n) => ({
    source: "aws.partner/okta.com/example/1",
    "detail-type": "x",
    detail,
    n,
  }));
  const choosy = {
    ...okta,
    listens: { ...okta.listens, envelope: () => [two[0], { ...two[1], detail: { ...broken, uuid: 7 } }] },
  };
  const summary = await replay({
    world: store,
    connectors: [choosy as typeof okta],
    paths: [file('{"a":1}')],
    now: MONDAY,
  });
  expect(summary).toMatchObject({ signals: 0, faults: { total: 1 }, understood: {} });
});

it("keeps aside what is dated in the future", async () => {
  const { run, keys, store } = world();
  const summary = await run([file(JSON.stringify([created(0), created(1, { eventTime: "2099-01-01T00:00:00Z" })]))]);
  expect(summary).toMatchObject({ signals: 2, aside: 1 });
  expect(await keys(2)).toEqual([true, false]);
  expect(await store.later.due(later(MONDAY, 24 * 366 * 80))).toHaveLength(1);
});

it("counts any number of reasons and faults in bounded room", async () => {
  const { run } = world();
  const calls = Array.from({ length: 1_100 }, (_, n) => JSON.stringify({ ...created(n), eventName: `Call${n}` }));
  const summary = await run([file([...calls, ...Array(150).fill("junk")].join("\n"))]);
  expect(summary.faults.total).toBe(150);
  expect(summary.faults.first).toHaveLength(100);
  expect(summary.ignored).toHaveLength(1_001);
  expect(summary.ignored[0]).toMatchObject({ reason: "for one of many other reasons", count: 100 });
});

it("reads a large file in bounded memory, and says how far it is", { timeout: 60_000 }, async () => {
  const path = join(home, "large.json");
  const size = await large(path, 30_000_000);
  const before = held();
  const seen: number[] = [];
  const told: Progress[] = [];
  const { run } = world();
  const summary = await run([path], (progress) => {
    told.push(progress);
    if (told.length % 5 === 0) seen.push(held());
  });
  expect(summary).toMatchObject({ faults: { total: 0 }, understood: { "aws-iam": { "credential.issued": 10 } } });
  expect(seen.length).toBeGreaterThan(3);
  expect(Math.max(...seen) - before).toBeLessThan(12_000_000);
  expect(told.at(-1)).toEqual({ records: summary.records, bytes: size, total: size });
  expect(told.map(({ bytes }) => bytes)).toEqual(told.map(({ bytes }) => bytes).toSorted((a, b) => a - b));
  expect(told[0]?.bytes).toBeLessThan(size / 10);
});

it("lets go of a record that does not end", async () => {
  const before = held();
  const seen: number[] = [];
  const stdin = (async function* () {
    yield Buffer.from('[{"a":"');
    for (let n = 1; n <= 600; n += 1) {
      yield Buffer.alloc(65_536, "x");
      if (n % 150 === 0) seen.push(held());
    }
    yield Buffer.from(`"},${JSON.stringify(created(0))}]`);
  })();
  const { store } = world();
  const summary = await replay({ world: store, connectors: [awsIam], paths: ["-"], stdin, now: MONDAY });
  expect(summary).toMatchObject({ records: 2, signals: 1, faults: { first: [{ file: "-", reason: "too large" }] } });
  expect(Math.max(...seen) - before).toBeLessThan(12_000_000);
});

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** What is really held, not what waits to be swept up. */
function held(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** A trail's file on one line, nearly all of it calls that nobody listens to. */
async function large(path: string, size: number): Promise<number> {
  const handle = await open(path, "w");
  const other = JSON.stringify({ ...created(0), eventName: "GetUser", additional: "z".repeat(800) });
  const ours = [...Array(10).keys()].map((n) => JSON.stringify(created(n)));
  await handle.write('{"Records":[');
  for (let written = 0; written < size; written += other.length * 500)
    await handle.write(`${Array(500).fill(other).join(",")},${written === 0 ? `${ours.join(",")},` : ""}`);
  await handle.write(`${other}]}`);
  const { size: real } = await handle.stat();
  await handle.close();
  return real;
}
