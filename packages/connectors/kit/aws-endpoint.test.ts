import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { roleCredentials } from "./aws-connect.ts";
import { endpointFor, pointedBy, regionFor } from "./aws-endpoint.ts";

let files: Readonly<Record<string, string>> = {};
let home = "";
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "leasehold-endpoint-"));
  const [config, credentials] = [join(home, "config"), join(home, "credentials")];
  writeFileSync(
    config,
    [
      "[default]\nregion = eu-west-1",
      "[audit]\nendpoint_url = http://none.example",
      "[profile audit]\nregion = eu-west-1\ns3 =\n  endpoint_url = http://s3.example\nendpoint_url = http://audit.example # ours",
      '[ profile "two words" ]\nendpoint_url=http://two.example',
      "[services audit]\nendpoint_url = http://services.example",
      "[profile bare]\nregion = eu-west-1",
    ].join("\n"),
  );
  writeFileSync(
    credentials,
    "[audit]\nendpoint_url = http://second.example\n[bare]\nendpoint_url = http://bare.example",
  );
  files = { AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: credentials, AWS_PROFILE: "other" };
});
afterAll(() => rmSync(home, { recursive: true }));

describe("where a client with a profile's credentials asks", () => {
  it.each<[title: string, profile: string, env: Readonly<Record<string, string>>, endpoint: string | undefined]>([
    ["where the profile says", "audit", {}, "http://audit.example"],
    ["where a profile of two words says", "two words", {}, "http://two.example"],
    ["where the other file says", "bare", {}, "http://bare.example"],
    ["at AWS, where nobody says another place", "default", {}, undefined],
    ["at AWS, where the profile is in neither file", "nobody", {}, undefined],
    ["where the environment says", "audit", { AWS_ENDPOINT_URL: "http://all.example" }, "http://all.example"],
    [
      "where the environment says of this service",
      "audit",
      { AWS_ENDPOINT_URL: "http://all.example", AWS_ENDPOINT_URL_IAM: "http://iam.example" },
      "http://iam.example",
    ],
    [
      "not where it says of another service",
      "bare",
      { AWS_ENDPOINT_URL_STS: "http://sts.example" },
      "http://bare.example",
    ],
    ["at AWS, where no such word counts", "audit", { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true" }, undefined],
  ])("is %s", (_title, profile, env, endpoint) => {
    expect(endpointFor("IAM", profile, { ...files, ...env })).toBe(endpoint);
    expect(pointedBy(profile, "IAM", { ...files, ...env })).toEqual({
      ...{ ignoreConfiguredEndpointUrls: true },
      ...(endpoint && { endpoint }),
    });
  });

  it.each<[title: string, profile: string | undefined, named: string]>([
    ["no profile", undefined, "other"],
    ["the profile that the environment names, of which it takes more than this", "audit", "audit"],
    ["the one that is taken where none is named", "default", ""],
  ])("is left to the SDK with %s", (_title, profile, named) => {
    expect(pointedBy(profile, "IAM", { ...files, AWS_PROFILE: named })).toEqual({});
  });
});

it.each<[title: string, profile: string, env: Readonly<Record<string, string>>, region: string | undefined]>([
  ["the profile's own", "audit", {}, "eu-west-1"],
  ["that of the profile that is taken where none is named", "default", {}, "eu-west-1"],
  ["the environment's first", "audit", { AWS_REGION: "ap-east-1", AWS_DEFAULT_REGION: "us-west-2" }, "ap-east-1"],
  ["the environment's, by its older name", "audit", { AWS_DEFAULT_REGION: "us-west-2" }, "us-west-2"],
  ["nobody's, where the profile says none", "two words", {}, undefined],
])("the Region that is taken is %s", (_title, profile, env, region) => {
  expect(regionFor(profile, { ...files, ...env })).toBe(region);
});

/** Takes nobody's word, and counts who came. */
async function refusing() {
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    request.resume().on("end", () => response.writeHead(403).end("<Error><Code>AccessDenied</Code></Error>"));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { asked: () => asked, url, close: () => server.close() };
}

describe("a role is taken on", () => {
  afterEach(() => vi.unstubAllEnvs());

  it.each<[title: string, profile: string]>([
    ["from a profile with keys", "own"],
    ["from one that is a role of another profile's itself", "hop"],
  ])("%s where that profile says, and never where the profile of the environment does", async (_title, profile) => {
    const [own, other] = [await refusing(), await refusing()];
    try {
      const keys = "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = none";
      const role = "arn:aws:iam::111122223333:role/leasehold-read";
      const at = (url: string) => `endpoint_url = ${url}\nregion = us-east-1`;
      const config = join(home, "two");
      writeFileSync(
        config,
        [
          `[profile own]\n${keys}\n${at(own.url)}`,
          `[profile hop]\nsource_profile = own\nrole_arn = ${role}\n${at(own.url)}`,
          `[profile other]\n${at(other.url)}`,
        ].join("\n"),
      );
      vi.stubEnv("AWS_CONFIG_FILE", config);
      vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", join(home, "none"));
      vi.stubEnv("AWS_PROFILE", "other");
      const credentials = roleCredentials({ account: "111122223333", role, profile }, "us-east-1");
      await expect((credentials as () => Promise<unknown>)()).rejects.toThrow();
      expect([own.asked() > 0, other.asked()]).toEqual([true, 0]);
    } finally {
      own.close();
      other.close();
    }
  });
});
