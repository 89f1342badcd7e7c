import { gzipSync } from "node:zlib";
import { connectors } from "@leasehold/connectors";
import { accessKey, type Bucket } from "@leasehold/connectors/kit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Answer, awsServer, type Came, KEYS } from "../../../../test/support/aws-server.ts";
import { memoryWorld } from "../../../../test/support/memory-world.ts";
import { keyOf, trailRecord } from "../../../../test/support/trail-record.ts";
import { bucketIn, importTrail, trailBucket } from "./index.ts";

const heard = [await connectors["aws-iam"]()];
const packed = (n: number) => gzipSync(JSON.stringify({ Records: [trailRecord(n)] }));
const PREFIX = "AWSLogs/111122223333/CloudTrail/";

let server: Awaited<ReturnType<typeof awsServer>>;
let objects: Map<string, Uint8Array>;
let before: (came: Came) => Answer | undefined;
let waits: number[];
let world = memoryWorld();
beforeEach(async () => {
  objects = new Map();
  before = () => undefined;
  waits = [];
  world = memoryWorld();
  server = await awsServer("s3", "eu-central-1", (came) => before(came) ?? answered(came));
});
afterEach(() => server.close());

/** Two keys to a page, as ListObjectsV2 answers with encoding-type=url. */
function answered({ path, query }: Came): Answer {
  if (query.get("list-type") !== "2") {
    const body = objects.get(decodeURIComponent(path).replace("/logs/", ""));
    return body === undefined ? { status: 404, body: "<Error/>" } : { status: 200, body };
  }
  const from = Number(query.get("continuation-token")?.replace("page=", "") ?? 0);
  const keys = [...objects.keys()].filter((key) => key.startsWith(query.get("prefix") ?? "")).sort();
  const page = keys.slice(from, from + 2).map((key) => {
    const bytes = objects.get(key) ?? new Uint8Array();
    const name = encodeURIComponent(key).replaceAll("%2F", "/").replaceAll("%20", "+");
    return `<Contents><Key>${name}</Key><ETag>&quot;${bytes.length}-${bytes.at(-9)}&quot;</ETag><Size>${bytes.length}</Size></Contents>`;
  });
  const more = from + 2 < keys.length ? `<NextContinuationToken>page=${from + 2}</NextContinuationToken>` : "";
  const body = `<ListBucketResult><IsTruncated>${more !== ""}</IsTruncated>${more}${page.join("")}</ListBucketResult>`;
  return { status: 200, body };
}

const bucketWith = (more: Partial<Bucket> = {}): Bucket => ({
  ...{ bucket: "logs", region: "eu-central-1", endpoint: server.url, now: () => new Date(), keys: async () => KEYS },
  ...more,
});
const run = (bucket = bucketWith()) =>
  importTrail({
    ...{ world, connectors: heard, now: world.now },
    objects: trailBucket(bucket, PREFIX, { millis: () => 0, wait: async (millis) => void waits.push(millis) }),
  });
const gets = () => server.asked.splice(0).filter(({ query }) => query.get("list-type") === null).length;

describe("a bucket of a trail's files", () => {
  it("is read page for page, signed, and each object once", async () => {
    for (const n of [1, 2, 3]) objects.set(`${PREFIX}us-east-1/a b+(${n})'é.json.gz`, packed(n));
    objects.set("elsewhere/x.json.gz", packed(9));
    objects.set(`${PREFIX}us-east-1/readme.txt`, packed(9));
    objects.set("AWSLogs/111122223333/CloudTrail-Digest/x.json.gz", packed(9));
    expect(await run()).toMatchObject({ files: 3, signals: 3, faults: { total: 0 } });
    expect(await world.graph.node(accessKey(keyOf(3)))).toBeDefined();
    expect(await world.graph.node(accessKey(keyOf(9)))).toBeUndefined();
    expect(gets()).toBe(3);
    expect(await run()).toMatchObject({ files: 0, skipped: 3 });
    expect(gets()).toBe(0);
    objects.set(`${PREFIX}us-east-1/a b+(2)'é.json.gz`, packed(200));
    expect(await run()).toMatchObject({ files: 1, skipped: 2 });
  });

  it("goes on with the others where one object may not be read, was cut or is gone", async () => {
    for (const n of [1, 2, 3, 4]) objects.set(`${PREFIX}${n}.json.gz`, packed(n));
    objects.set(`${PREFIX}2.json.gz`, packed(2).subarray(0, 60));
    before = ({ path }) => {
      if (path.endsWith("/1.json.gz")) return { status: 403, body: "<Error/>" };
      return path.endsWith("/3.json.gz") ? { status: 404 } : undefined;
    };
    const { faults, signals } = await run();
    expect(faults.first.map(({ file, reason }) => [file, reason])).toEqual([
      [`s3://logs/${PREFIX}1.json.gz`, "cannot be read"],
      [`s3://logs/${PREFIX}2.json.gz`, "gzip that ends too early"],
      [`s3://logs/${PREFIX}3.json.gz`, "cannot be read"],
    ]);
    expect(signals).toBe(1);
    before = () => undefined;
    objects.set(`${PREFIX}2.json.gz`, packed(2));
    expect(await run()).toMatchObject({ files: 3, skipped: 1, faults: { total: 0 } });
  });

  it("is unpacked here and not on the way, so that what is damaged is said and not tried again", async () => {
    const encoded = (came: Came): Answer => {
      const encoding = came.query.get("response-content-encoding") ?? "gzip"; // CloudTrail's own objects bear it
      return { ...answered(came), headers: { "content-encoding": encoding } };
    };
    before = (came) => (came.query.get("list-type") === null ? encoded(came) : undefined);
    objects.set(`${PREFIX}1.json.gz`, packed(1));
    objects.set(`${PREFIX}2.json.gz`, packed(2).subarray(0, 60));
    const { signals, faults } = await run();
    expect([signals, faults.first.map(({ reason }) => reason), waits]).toEqual([1, ["gzip that ends too early"], []]);
  });

  it("waits longer each time where S3 is too busy, and loses nothing", async () => {
    objects.set(`${PREFIX}1.json.gz`, packed(1));
    let busy = 3;
    before = () => (busy-- > 0 ? { status: 503, body: "<Error><Code>SlowDown</Code></Error>" } : undefined);
    expect(await run()).toMatchObject({ files: 1, signals: 1 });
    expect(waits).toEqual([1_000, 2_000, 4_000]);
  });

  it.each<[string, Answer, object]>([
    ["the list is refused", { status: 403 }, { name: "PermissionMissing", facts: { provider: "aws", permission: "s3:ListBucket" } }],
    ["the bucket lives elsewhere", { status: 301, headers: { "x-amz-bucket-region": "us-west-2" } }, { name: "BadInput", facts: { bucket: "logs", region: "us-west-2" } }],
    ["there is none", { status: 404 }, { name: "BadInput" }],
    ["it never answers", { status: 500 }, { name: "Unavailable" }],
    ["what answers is no bucket", { status: 200, body: "<html/>" }, { name: "BadInput" }],
    ["its list is cut", { status: 200, body: "<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>" }, { name: "BadInput" }],
  ])("ends where %s", async (_title, answer, fault) => {
    before = () => answer;
    await expect(run()).rejects.toMatchObject(fault);
  }); // biome-ignore format: rows

  it("is refused under another secret, and the secret stands nowhere", async () => {
    objects.set(`${PREFIX}1.json.gz`, packed(1));
    const wrong = bucketWith({ keys: async () => ({ ...KEYS, secretAccessKey: "hunter2" }) });
    const fault = await run(wrong).catch((error: unknown) => error);
    expect(fault).toMatchObject({ name: "PermissionMissing" });
    expect(JSON.stringify([server.asked, fault])).not.toContain("hunter2");
  });
});

describe("a place in S3", () => {
  it.each([
    ["s3://logs", { bucket: "logs", prefix: "" }],
    ["s3://my.logs-1/AWSLogs/o-1/", { bucket: "my.logs-1", prefix: "AWSLogs/o-1/" }],
    ["logs/s3", undefined],
  ])("%s", (text, place) => {
    expect(bucketIn(text)).toEqual(place);
  });
  it.each(["s3://", "s3:///x", "s3://Logs/x", "s3://a@b/x"])("%s is none", (text) => {
    expect(() => bucketIn(text)).toThrow(expect.objectContaining({ name: "BadInput" }));
  });
});
