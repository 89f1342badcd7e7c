import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listObjects } from "@leasehold/connectors/kit";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { overAws } from "./over-aws.ts";

const IDENTITY =
  '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>' +
  "<Arn>arn:aws:iam::111122223333:user/audit</Arn><UserId>AIDACKCEVSQ6C2EXAMPLE</UserId><Account>111122223333</Account>" +
  "</GetCallerIdentityResult></GetCallerIdentityResponse>";

let home: string;
let server: Server;
let asked: string[];
beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    const [, service = "unsigned"] = /\/([a-z0-9]+)\/aws4_request/.exec(request.headers.authorization ?? "") ?? [];
    asked.push(service);
    response.end(service === "s3" ? "<ListBucketResult/>" : service === "sts" ? IDENTITY : '{"Events":[]}');
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  home = mkdtempSync(join(tmpdir(), "leasehold-over-aws-"));
  const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const keys = "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = none";
  writeFileSync(join(home, "config"), `[profile audit]\nendpoint_url = ${at}\n${keys}\n`);
  vi.stubEnv("AWS_CONFIG_FILE", join(home, "config"));
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", join(home, "none"));
  vi.stubEnv("AWS_PROFILE", "another");
  vi.stubEnv("AWS_ENDPOINT_URL", "");
});
afterEach(() => {
  vi.unstubAllEnvs();
  server.close();
  rmSync(home, { recursive: true });
});

it("asks where the profile says, and sends its credentials nowhere else", async () => {
  const place = { account: "111122223333", profile: "audit" };
  const { bucket, ask } = overAws(place, "eu-central-1");
  const none = await listObjects(bucket({ bucket: "trail", region: "eu-central-1" }), "AWSLogs/");
  expect(none).toEqual({ objects: [], next: undefined });
  const span = { from: new Date("2026-11-22T00:00:00Z"), to: new Date("2026-11-22T01:00:00Z"), next: undefined };
  expect(await ask({ region: "eu-central-1", ...span })).toEqual({ events: [], next: undefined });
  expect(asked).toEqual(["sts", "s3", "cloudtrail"]);
});
