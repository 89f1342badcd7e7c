import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { endpointFor, pointedBy } from "./aws-endpoint.ts";

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
