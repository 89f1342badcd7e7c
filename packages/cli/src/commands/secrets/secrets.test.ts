import { writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { connectors } from "@leasehold/connectors";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { run } from "../../run/index.ts";
import { estate, type Trial } from "../../trial/index.ts";
import { nameIn } from "./name.ts";

const OLD = "old-canary-EXAMPLE-1111";
const NEW = "new-canary-EXAMPLE-2222";
interface Kept {
  readonly tags: unknown;
  versions: { readonly id: string; readonly value: string; stages: string[] }[];
}
type Body = Readonly<Record<string, unknown>>;

let here: Trial;
let server: Server;
let vault: Map<string, Kept>;
let sent: { readonly does: string; readonly body: Body }[];
let fails: ((does: string, body: Body) => { readonly type: string; readonly status?: number } | undefined) | undefined;

/** Secrets Manager, as far as it is asked: what it says of itself, and how it moves the labels of versions. */
function answered(does: string, body: Body): object | string {
  const name = String(body["SecretId"] ?? body["Name"]);
  const kept = vault.get(name);
  if (does === "CreateSecret") return created(name, kept, body);
  if (does === "ListSecrets") return listedFrom(String(body["NextToken"] ?? "0"));
  if (kept === undefined) return "ResourceNotFoundException";
  if (does === "PutSecretValue") return labelled(kept, body);
  if (does === "DescribeSecret")
    return { Name: name, VersionIdsToStages: Object.fromEntries(kept.versions.map(({ id, stages }) => [id, stages])) };
  if (does !== "UpdateSecretVersionStage") return "UnknownOperationException";
  const from = kept.versions.find(({ id }) => id === body["RemoveFromVersionId"]);
  if (from === undefined) return "InvalidParameterException";
  from.stages = from.stages.filter((stage) => stage !== body["VersionStage"]);
  return { Name: name };
}

function created(name: string, kept: Kept | undefined, body: Body) {
  if (kept !== undefined) return "ResourceExistsException";
  const version = {
    id: String(body["ClientRequestToken"]),
    value: String(body["SecretString"]),
    stages: ["AWSCURRENT"],
  };
  vault.set(name, { tags: body["Tags"], versions: [version] });
  return { Name: name };
}

function labelled(kept: Kept, body: Body) {
  for (const version of kept.versions) version.stages = version.stages.includes("AWSCURRENT") ? ["AWSPREVIOUS"] : [];
  const id = String(body["ClientRequestToken"]);
  kept.versions.push({ id, value: String(body["SecretString"]), stages: ["AWSCURRENT"] });
  return { VersionId: id };
}

function listedFrom(token: string) {
  const all = [...vault].map(([Name, { versions }]) => ({
    ...{ Name, CreatedDate: 1_790_000_000, LastChangedDate: 1_791_000_000 },
    SecretVersionsToStages: Object.fromEntries(versions.map(({ id, stages }) => [id, stages])),
  }));
  const at = Number(token);
  return { SecretList: all.slice(at, at + 1), ...(at + 1 < all.length && { NextToken: String(at + 1) }) };
}

beforeEach(async () => {
  here = estate();
  [vault, sent, fails] = [new Map(), [], undefined];
  server = createServer(async (request, response) => {
    const parts: Uint8Array[] = [];
    for await (const part of request) parts.push(part as Uint8Array);
    const does = String(request.headers["x-amz-target"]).split(".").at(-1) ?? "";
    const body = JSON.parse(Buffer.concat(parts).toString()) as Body;
    sent.push({ does, body });
    const failure = fails?.(does, body);
    const said = failure?.type ?? answered(does, body);
    const fault = typeof said === "string";
    // as bad as a service could be: its error quotes all that it was sent
    const told = fault ? { __type: said, message: `${said} for ${JSON.stringify(body)}` } : said;
    response.writeHead(fault ? (failure?.status ?? 400) : 200, { "content-type": "application/x-amz-json-1.1" });
    response.end(JSON.stringify(told));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  vi.stubEnv("AWS_ENDPOINT_URL_SECRETS_MANAGER", `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
  vi.stubEnv("AWS_CONFIG_FILE", "/dev/null");
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
  vi.stubEnv("AWS_PROFILE", undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  here.close();
  server.closeAllConnections();
  server.close();
});

const ON = ["--stage", "prod", "--region", "eu-central-1"];
const set = (name: string, value: string | undefined, ...more: readonly string[]) => {
  if (value !== undefined) here.pipe(value);
  return here.run("secrets", "set", name, ...ON, ...more);
};
const valuesOf = (name: string) =>
  vault.get(`leasehold/prod/${name}`)?.versions.map(({ value, stages }) => [value, ...stages]);

describe("secrets set", () => {
  it("creates it under the stage's prefix, with its tag, and says that it is there", async () => {
    expect(await set("slack.signing", `${OLD}\n`)).toEqual({ exit: 0, out: "slack.signing is there\n", err: "" });
    expect(valuesOf("slack.signing")).toEqual([[OLD, "AWSCURRENT"]]);
    expect(vault.get("leasehold/prod/slack.signing")?.tags).toEqual([{ Key: "leasehold/stage", Value: "prod" }]);
    expect(sent.every(({ body }) => !("KmsKeyId" in body))).toBe(true);
  });

  it("hands a value to where the profile says that asks, not to where another says that the environment names", async () => {
    const at = process.env["AWS_ENDPOINT_URL_SECRETS_MANAGER"];
    const config = join(here.home, "aws-config");
    const keys = "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = none";
    const own = `[profile own]\n${keys}\nendpoint_url = http://127.0.0.1:9`; // nobody
    writeFileSync(config, `${own}\n[profile other]\nendpoint_url = ${at}\n`);
    vi.stubEnv("AWS_ENDPOINT_URL_SECRETS_MANAGER", undefined);
    vi.stubEnv("AWS_CONFIG_FILE", config);
    vi.stubEnv("AWS_PROFILE", "other");
    expect(await set("slack.signing", OLD, "--profile", "own")).toMatchObject({ exit: 3 });
    expect(sent).toEqual([]);
  });

  it("replaces it so that both count, until it is retired", async () => {
    await set("slack.signing", OLD);
    const { out } = await set("slack.signing", NEW);
    expect(out).toContain(
      "both it and the one before it are accepted until `leasehold secrets retire slack.signing --stage prod`",
    );
    expect(valuesOf("slack.signing")).toEqual([
      [OLD, "AWSPREVIOUS"],
      [NEW, "AWSCURRENT"],
    ]);
    expect(await here.run("secrets", "retire", "slack.signing", ...ON)).toMatchObject({ exit: 0 });
    expect(valuesOf("slack.signing")).toEqual([[OLD], [NEW, "AWSCURRENT"]]);
    expect(await here.run("secrets", "retire", "slack.signing", ...ON)).toMatchObject({
      exit: 1,
      out: "nothing to retire\n",
    });
  });

  it("names each write by a token of its own, so that one that is repeated on the way is one", async () => {
    await set("slack.signing", OLD);
    await set("slack.signing", NEW);
    const tokens = sent.filter(({ does }) => does !== "DescribeSecret").map(({ body }) => body["ClientRequestToken"]);
    expect(new Set(tokens).size).toBe(2);
    for (const token of tokens) expect(String(token)).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("keeps all of a value but the end of its last line", async () => {
    await set("okta.key", "-----BEGIN EXAMPLE-----\nabc \n-----END EXAMPLE-----\r\n");
    expect(valuesOf("okta.key")?.[0]?.[0]).toBe("-----BEGIN EXAMPLE-----\nabc \n-----END EXAMPLE-----");
  });

  it("asks where somebody sits there, and shows nothing of what they type", async () => {
    const [out, prompts]: [string[], string[]] = [[], []];
    const exit = await run(["secrets", "set", "okta.key", ...ON], {
      ...{ cwd: here.home, env: {}, stopped: () => new AbortController().signal },
      ...{ stdout: { write: (text) => out.push(text) }, stderr: { write: (text) => out.push(text) } },
      stdin: (async function* () {})(),
      hidden: async (prompt) => {
        prompts.push(prompt);
        return NEW;
      },
    });
    expect([exit, prompts]).toEqual([0, ["Value of okta.key (it is not shown): "]]);
    expect(valuesOf("okta.key")).toEqual([[NEW, "AWSCURRENT"]]);
    expect(out.join("")).not.toContain(NEW);
  });

  it.each([
    ["nothing", undefined, "no value was given"],
    ["an empty line", "\n", "no value was given"],
    ["more than a secret holds", "x".repeat(65_537), "too large"],
    ["more than a secret holds, in letters of two bytes", "é".repeat(32_769), "too large"],
  ])("refuses %s, and asks AWS nothing", async (_, value, says) => {
    expect(await set("okta.key", value)).toMatchObject({ exit: 2, out: "", err: expect.stringContaining(says) });
    expect(sent).toEqual([]);
  });

  it("takes as much as a secret holds", async () => {
    expect(await set("okta.key", `${"x".repeat(65_536)}\n`)).toMatchObject({ exit: 0 });
  });

  it.each([
    "slack",
    "slack.",
    "other.signing",
    "slack.a.b",
    "Slack.signing",
    "slack.signing/../x",
    "../slack.signing",
    "slack.é",
  ])("refuses the name %s", async (name) => {
    expect(await set(name, OLD)).toMatchObject({ exit: 2, err: expect.stringContaining("<connector>.<word>") });
    expect(sent).toEqual([]);
  });

  it("has no argument and no flag for a value", async () => {
    expect(await here.run("secrets", "set", "slack.signing", OLD, ...ON)).toMatchObject({ exit: 2 });
    expect(await here.run("secrets", "set", "slack.signing", "--value", "x", ...ON)).toMatchObject({ exit: 2 });
    expect(sent).toEqual([]);
  });
});

describe("secrets list", () => {
  it("shows names, dates and what still counts, over every page, and only what is the stage's", async () => {
    await set("slack.signing", OLD);
    await set("slack.signing", NEW);
    await set("okta.key", OLD);
    vault.set("leasehold/production/okta.key", { tags: [], versions: [] });
    const { out } = await here.run("secrets", "list", ...ON);
    expect(out).toMatch(/okta.key +2026-09-21 14:13 +2026-10-03 04:00 +no\nslack.signing +.* +yes\n$/);
    const { secrets } = await here.json<{ secrets: readonly { name: string }[] }>("secrets", "list", ...ON);
    expect(secrets.map(({ name }) => name)).toEqual(["okta.key", "slack.signing"]);
    expect(sent.map(({ does }) => does)).not.toContain("GetSecretValue");
  });

  it("of none says so", async () => {
    expect(await here.run("secrets", "list", ...ON)).toMatchObject({ exit: 0, out: "no secret\n" });
  });
});

describe("secrets retire", () => {
  it("knows no other secret", async () => {
    expect(await here.run("secrets", "retire", "okta.key", ...ON)).toMatchObject({
      exit: 2,
      err: expect.stringContaining("the stage has no such secret"),
    });
  });
});

describe("no value is ever said", () => {
  it.each([
    ["AccessDeniedException", 400, 1],
    ["InvalidRequestException", 400, 2],
    ["ExpiredTokenException", 400, 2],
    ["ThrottlingException", 400, 3],
    ["InternalServiceError", 500, 3],
  ])("also where AWS answers %s and quotes it", async (type, status, exit) => {
    fails = () => ({ type, status });
    for (const more of [[], ["--json"]]) {
      const told = await set("slack.signing", NEW, ...more);
      expect(told.exit).toBe(exit);
      expect(told.out + told.err).not.toContain("canary");
      expect(told.out + told.err).not.toContain("wJalrXUtnFEMI");
    }
    expect(JSON.stringify(sent)).toContain(NEW);
  });

  it.each([[[]], [["--json"]]])("by what goes well either %j", async (more) => {
    const told = [
      await set("slack.signing", OLD, ...more),
      await set("slack.signing", NEW, ...more),
      await here.run("secrets", "list", ...ON, ...more),
      await here.run("secrets", "retire", "slack.signing", ...ON, ...more),
    ];
    expect(told.map(({ exit }) => exit)).toEqual([0, 0, 0, 0]);
    expect(JSON.stringify(told)).not.toContain("canary");
  });
});

it("every connector that there is can have a secret, and nothing else", async () => {
  for (const id of Object.keys(connectors)) expect(await nameIn(`${id}.key`)).toBe(`${id}.key`);
  const known = Object.keys(connectors).sort().join(", ");
  await expect(nameIn("jabber.key")).rejects.toMatchObject({ name: "BadInput", facts: { connectors: known } });
});
