import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { awsServer, KEYS } from "../../../../test/support/aws-server.ts";
import type { Place } from "../aws/index.ts";
import { bucketObjects } from "./index.ts";

const BUCKET = { bucket: "example-logs", region: "eu-west-1", account: "444455556666" };
const packed = gzipSync("x".repeat(100_000));
let asked: { url: URL; headers: Readonly<Record<string, unknown>> }[] = [];
let answer: (url: URL) => { status?: number; headers?: Record<string, string>; body?: Uint8Array; cut?: boolean };

/** As S3 answers: with the encoding that the object bears, unless it is asked to say another. */
const server = createServer(({ url = "", headers }, response) => {
  const at = new URL(url, "http://127.0.0.1");
  asked.push({ url: at, headers });
  const { status = 200, headers: more = {}, body = packed, cut = false } = answer(at);
  const encoding = at.searchParams.get("response-content-encoding") ?? "gzip";
  response.writeHead(status, { "content-encoding": encoding, ...more });
  if (!cut) return void response.end(body);
  response.write(body.subarray(0, 10), () => response.destroy());
});
let sentTo: string[] = [];
const place = (): Place => ({
  region: () => "eu-central-1",
  credentials: () => ({ accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "CANARY-KEY", sessionToken: "EXAMPLE" }),
  fetch: (url, init) => {
    const { host, pathname, search } = new URL(url);
    sentTo.push(host + pathname);
    return fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${pathname}${search}`, init);
  },
});
beforeEach(async () => {
  [asked, sentTo, answer] = [[], [], () => ({})];
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
});
afterEach(() => {
  server.closeAllConnections();
  return new Promise((done) => server.close(done));
});

async function read(key: string, bucket: Partial<typeof BUCKET> = {}, most?: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of bucketObjects(place(), { ...BUCKET, ...bucket }, most)(key)) parts.push(part);
  return Buffer.concat(parts);
}

describe("an object", () => {
  it("comes as it lies there, packed, signed for its bucket's own Region, of the named account alone", async () => {
    expect(await read("AWSLogs/a b+(1)'é.json.gz")).toEqual(packed);
    expect(sentTo).toEqual(["example-logs.s3.eu-west-1.amazonaws.com/AWSLogs/a%20b%2B%281%29%27%C3%A9.json.gz"]);
    const [{ headers }] = asked as [(typeof asked)[number]];
    expect(headers["authorization"]).toContain("/eu-west-1/s3/aws4_request");
    expect(headers["authorization"]).toContain("x-amz-expected-bucket-owner");
    expect(headers["x-amz-expected-bucket-owner"]).toBe("444455556666");
    expect(headers["x-amz-content-sha256"]).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(asked)).not.toContain("CANARY-KEY");
  });

  it("is signed as AWS asks, query and all", async () => {
    const aws = await awsServer("s3", "eu-west-1", () => ({ status: 200, body: packed }));
    const asWho = { ...KEYS, sessionToken: "EXAMPLE" };
    const { port } = new URL(aws.url);
    const here: Place = {
      ...{ region: () => "eu-central-1", credentials: () => asWho },
      // by hand: `fetch` would send the address of this machine as the host
      fetch: (url, { headers }) =>
        new Promise((done) => {
          const { pathname, search } = new URL(url);
          const at = { host: "127.0.0.1", port, path: pathname + search, headers: headers as Record<string, string> };
          request(at, (came) =>
            done(new Response(Readable.toWeb(came) as never, { status: came.statusCode ?? 0 })),
          ).end();
        }),
    };
    const parts = bucketObjects(here, BUCKET)("AWSLogs/a b+(1)'é.json.gz");
    for await (const part of parts) expect(part.length).toBeGreaterThan(0);
    expect(aws.asked.map(({ query }) => query.get("response-content-encoding"))).toEqual(["identity"]);
    await aws.close();
  });

  it("of a bucket with dots stands in the path", async () => {
    await read("a.json.gz", { bucket: "logs.example.com" });
    expect(sentTo).toEqual(["s3.eu-west-1.amazonaws.com/logs.example.com/a.json.gz"]);
  });

  it("is taken up to its limit, in bytes as it lies there", async () => {
    expect(await read("a", {}, packed.length)).toEqual(packed);
  });

  it.each([
    ["as it says", {}],
    ["though it does not say so", { headers: { "transfer-encoding": "chunked" } }],
  ])("that is larger is refused, %s", async (_title, said) => {
    answer = () => said;
    const fault = await read("a", {}, packed.length - 1).catch((error: unknown) => error);
    expect(fault).toMatchObject({ name: "BadInput", message: "larger than any file that is read" });
  });

  it.each([
    [403, "PermissionMissing"],
    [500, "Unavailable"],
    [503, "Unavailable"],
    [429, "Throttled"],
    [404, "Unexpected"],
    [301, "Unexpected"],
  ])("that is answered with %d comes again: %s", async (status, name) => {
    answer = () => ({ status, body: Buffer.from("<Error><Message>CANARY</Message></Error>") });
    const fault = await read("a").catch((error: unknown) => error);
    expect(fault).toMatchObject({ name });
    expect(JSON.stringify([fault, String(fault)])).not.toContain("CANARY");
  });

  it("that is cut off on the way comes again", async () => {
    answer = () => ({ cut: true });
    await expect(read("a")).rejects.toMatchObject({ name: "Unavailable", cause: undefined });
  });
});
