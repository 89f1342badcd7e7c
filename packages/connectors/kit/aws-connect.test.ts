import { createHash, createHmac } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";
import { expect, it } from "vitest";
import * as z from "zod/mini";
import { awsPlace, hosted, placeAgrees } from "./aws-connect.ts";

const Place = z.strictObject(awsPlace).check(z.superRefine(placeAgrees));
const PLACE = { account: "111122223333", role: "arn:aws:iam::111122223333:role/leasehold-read", profile: "security" };
const paths = (given: object) => Place.safeParse(given).error?.issues.map(({ path }) => path.join("."));

it("takes a role of the account, and a profile to start from", () => {
  expect(Place.parse(PLACE)).toEqual(PLACE);
});

it("takes the host's own role only where that is said", () => {
  const { profile: _, ...rest } = PLACE;
  expect(paths(rest)).toEqual(["profile"]);
  expect(paths({ ...rest, source: "host" })).toBeUndefined();
  expect(paths({ ...PLACE, source: "host" })).toEqual(["profile"]);
});

it("takes no role where the host has its own, and nowhere else", () => {
  expect(paths({ account: PLACE.account, source: "host" })).toBeUndefined();
  expect(paths({ account: PLACE.account, profile: "security" })).toEqual(["role"]);
});

it("refuses a role of another account", () => {
  expect(paths({ ...PLACE, role: "arn:aws:iam::444455556666:role/leasehold-read" })).toEqual(["role"]);
});

const KEYS = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "EXAMPLE-SECRET", sessionToken: "EXAMPLE" };
const own = async () => KEYS;

function sts(...answers: readonly (readonly [status: number, xml: string])[]) {
  const sent: { url: string; init: RequestInit }[] = [];
  const left = [...answers];
  const fetch = async (url: string, init: RequestInit) => {
    sent.push({ url, init });
    const [status, xml] = left.shift() ?? [500, ""];
    return new Response(xml, { status });
  };
  return { sent, parts: { region: "eu-central-1", fetch, now: () => new Date("2026-01-05T09:00:00.000Z") } };
}
const identityOf = (account: string) =>
  `<GetCallerIdentityResult><Account>${account}</Account></GetCallerIdentityResult>`;

it("gives the host's own credentials once AWS has said that they are of the account named", async () => {
  const { sent, parts } = sts([503, ""], [200, identityOf("111122223333")]);
  const provider = hosted({ account: "111122223333", source: "host" }, own, parts);
  await expect(provider()).rejects.toMatchObject({ name: "Unavailable" });
  expect(await provider()).toEqual(KEYS);
  expect(await provider()).toEqual(KEYS);
  expect(sent).toHaveLength(2); // asked again after it failed, and not after it agreed
  expect(JSON.stringify(sent)).not.toContain("EXAMPLE-SECRET");
});

it.each([
  ["eu-central-1", "https://sts.eu-central-1.amazonaws.com/"],
  ["us-gov-west-1", "https://sts.us-gov-west-1.amazonaws.com/"],
  ["cn-north-1", "https://sts.cn-north-1.amazonaws.com.cn/"],
])("asks in %s where STS of that partition answers", async (region, at) => {
  const { sent, parts } = sts([200, identityOf("111122223333")]);
  await hosted({ account: "111122223333", source: "host" }, own, { ...parts, region })();
  expect(sent.map(({ url }) => url)).toEqual([at]);
});

it("refuses credentials of another account, each time", async () => {
  const { parts } = sts([200, identityOf("444455556666")], [200, identityOf("444455556666")], [200, "<html>CANARY"]);
  const provider = hosted({ account: "111122223333", source: "host" }, own, parts);
  for (const _ of [1, 2])
    await expect(provider()).rejects.toMatchObject({ name: "BadInput", facts: { found: "444455556666" } });
  await expect(provider()).rejects.toMatchObject({ name: "BadInput", facts: { where: "Account" } });
});

it("assumes the role where one is named, with its external id, and names a refusal", async () => {
  const answer =
    "<AccessKeyId>ASIAIOSFODNN7EXAMPLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2026-01-05T10:00:00Z</Expiration>";
  const { sent, parts } = sts([200, answer], [403, "CANARY"]);
  const role = "arn:aws:iam::111122223333:role/leasehold-read";
  const provider = hosted({ account: "111122223333", role, externalId: "x/1", source: "host" }, own, parts);
  expect(await provider()).toEqual({
    ...{ accessKeyId: "ASIAIOSFODNN7EXAMPLE", secretAccessKey: "s", sessionToken: "t" },
    expiration: new Date("2026-01-05T10:00:00.000Z"),
  });
  expect(Object.fromEntries(new URLSearchParams(String(sent[0]?.init.body)))).toEqual({
    ...{ Action: "AssumeRole", RoleArn: role, RoleSessionName: "leasehold", ExternalId: "x/1", Version: "2011-06-15" },
  });
  await expect(provider()).rejects.toMatchObject({
    name: "PermissionMissing",
    facts: { permission: "sts:AssumeRole" },
  });
});

it("signs as AWS's own library signs", async () => {
  const { sent, parts } = sts([200, identityOf("111122223333")]);
  await hosted({ account: "111122223333", source: "host" }, own, parts)();
  const { authorization, ...headers } = sent[0]!.init.headers as Record<string, string>;
  const signer = new SignatureV4({
    ...{ service: "sts", region: "eu-central-1", credentials: KEYS, applyChecksum: false },
    sha256: Hash as never,
  });
  const again = await signer.sign(
    {
      ...{ method: "POST", protocol: "https:", hostname: "sts.eu-central-1.amazonaws.com", path: "/", query: {} },
      ...{ headers, body: sent[0]?.init.body },
    },
    { signingDate: parts.now() },
  );
  expect(authorization).toBe(again.headers["authorization"]);
});

function Hash(secret?: string | Uint8Array) {
  const hash = secret === undefined ? createHash("sha256") : createHmac("sha256", secret);
  return { update: (data: string) => void hash.update(data), digest: async () => new Uint8Array(hash.digest()) };
}
