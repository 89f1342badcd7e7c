import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { corp, estate, type Trial } from "../../trial/index.ts";

let home = "";
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "leasehold-scan-"));
  const past = "2020-01-01T00:00:00Z";
  writeFileSync(
    join(home, "config"),
    [
      "[profile ended]\nsso_session = work\nsso_account_id = 111122223333\nsso_role_name = Audit\nregion = eu-west-1",
      `[sso-session work]\nsso_region = eu-west-1\nsso_start_url = https://example.awsapps.com/start`,
      "[profile nowhere]\nregion = frankfurt",
      `# ${past}`,
    ].join("\n"),
  );
  vi.stubEnv("AWS_CONFIG_FILE", join(home, "config"));
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", join(home, "none"));
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIAI44QH8DHBEXAMPLE"); // what lies around
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "hunter2");
  vi.stubEnv("AWS_REGION", "");
  vi.stubEnv("AWS_DEFAULT_REGION", "");
  vi.stubEnv("HOME", home);
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true });
});

async function inTrial<T>(use: (here: Trial) => Promise<T>): Promise<T> {
  const here = estate();
  try {
    return await use(here);
  } finally {
    here.close();
  }
}

describe("scan", () => {
  it.each<[string, readonly string[], RegExp]>([
    ["no profile", [], /name the AWS profile that asks/],
    ["an account that is none", ["--profile", "audit", "--account", "12"], /12 digits/],
    ["a Region that is none", ["--profile", "audit", "--region", "Frankfurt"], /name Regions/],
    ["a Region of the profile that is none", ["--profile", "nowhere"], /name Regions.*found: frankfurt/s],
    ["a store", ["--profile", "audit", "--store", "x.db"], /keeps nothing/],
    ["a configuration", ["--profile", "audit", "--config", "x.ts"], /reads no configuration/],
    ["a stage", ["--stage", "prod"], /first look --stage/],
    ["a profile that is not there", ["--profile", "nobody"], /no AWS profile of this name/],
    ["a profile whose SSO session has ended", ["--profile", "ended"], /aws sso login/],
  ])("refuses %s, and does nothing", async (_title, argv, says) => {
    await inTrial(async (here) => {
      const { exit, out, err } = await here.run("scan", ...argv);
      expect([exit, out]).toEqual([2, ""]);
      expect(err).toMatch(says);
      expect(existsSync(join(here.home, ".leasehold"))).toBe(false);
    });
  });
});

/** Says whose account it is, refuses all the rest, and notes which service was asked, by the signature's scope. */
async function refusing() {
  const asked = new Set<string>();
  const server = createServer((request, response) => {
    const [, service = "unsigned"] =
      /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(request.headers.authorization ?? "") ?? [];
    asked.add(service);
    const type = "AccessDeniedException";
    request.resume().on("end", () => {
      if (service === "sts") response.end("<Account>111122223333</Account>");
      else response.writeHead(403, { "x-amzn-errortype": type }).end(JSON.stringify({ __type: type }));
    });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { asked, url, close: () => server.close() };
}

it("asks where the profile says, and never where the profile of the environment does", async () => {
  const [own, other] = [await refusing(), await refusing()];
  try {
    writeFileSync(
      join(home, "two"),
      `[profile own]\nregion = eu-central-1\nendpoint_url = ${own.url}\n[profile other]\nendpoint_url = ${other.url}\n`,
    );
    writeFileSync(
      join(home, "keys"),
      "[own]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = none\n",
    );
    vi.stubEnv("AWS_CONFIG_FILE", join(home, "two"));
    vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", join(home, "keys"));
    vi.stubEnv("AWS_PROFILE", "other");
    await inTrial(async (here) => {
      expect(await here.json("scan", "--profile", "own")).toMatchObject({ regions: ["eu-central-1"] });
      expect(await here.run("scan", "--profile", "own")).toMatchObject({ exit: 1 });
    });
    expect([...other.asked]).toEqual([]);
    expect([...own.asked].sort()).toEqual([
      ...["access-analyzer", "bedrock", "bedrock-agentcore", "cloudtrail", "iam", "organizations"],
      ...["secretsmanager", "sts"],
    ]);
  } finally {
    own.close();
    other.close();
  }
});

describe("first look", () => {
  it("shows of the demo what a scan shows of an account, and what was not seen", async () => {
    const here = await corp();
    try {
      const { exit, out } = await here.run("first", "look");
      expect(exit).toBe(1);
      expect(out).toMatch(/Credentials with no living owner: \d+/);
      expect(await here.json("first", "look")).toMatchObject({
        credentials: expect.any(Number),
        ownerless: expect.any(Array),
      });
    } finally {
      here.close();
    }
  });
});
