import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROOT } from "./tree.ts";

const DENY = fileURLToPath(new URL("../support/deny-outbound.ts", import.meta.url));
const DEMO = fileURLToPath(new URL("../support/demo-child.ts", import.meta.url));

/** What a person who works with the real systems has in their shell. */
const AMBIENT = {
  AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
  AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  AWS_SESSION_TOKEN: "FwoGZXIvYXdzEXAMPLE",
  AWS_PROFILE: "production",
  AWS_REGION: "eu-west-1",
  AWS_ROLE_ARN: "arn:aws:iam::111122223333:role/example",
  AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://192.0.2.1/credentials",
  AWS_ENDPOINT_URL: "http://192.0.2.1",
  OKTA_CLIENT_ORGURL: "https://example.okta.com",
  OKTA_CLIENT_TOKEN: "example-token",
  OKTA_API_TOKEN: "example-token",
  SLACK_BOT_TOKEN: "xoxb-example",
  SLACK_SIGNING_SECRET: "example",
  JIRA_API_TOKEN: "example",
  ATLASSIAN_TOKEN: "example",
  HTTPS_PROXY: "http://192.0.2.1:8080",
};

const child = (...args: readonly string[]) =>
  spawnSync(process.execPath, ["--import", DENY, ...args], {
    ...{ cwd: ROOT, encoding: "utf8", timeout: 100_000 },
    env: { ...process.env, ...AMBIENT },
  });

describe("the demo, with the credentials of real systems around it", () => {
  const home = mkdtempSync(join(tmpdir(), "leasehold-outbound-"));
  afterAll(() => rmSync(home, { recursive: true }));
  let ran: ReturnType<typeof child>;
  beforeAll(() => {
    ran = child(DEMO, home);
  }, 120_000);

  it("opens no connection, asks no name and starts no program", () => {
    expect(ran.stderr).not.toContain("outbound:");
    expect(ran.status).toBe(0);
  });

  it("and has done its whole job: the case was opened, people were asked, keys are off and verified", () => {
    const told = ran.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(told.map(({ line, exit }) => [line, exit])).toEqual([
      ["replay history.json", 0],
      ["sweep", 0],
      ["deliver sue.json", 0],
      ["clock --advance 80h", 0],
      ["finding list", 0],
    ]);
    for (const said of ["case opened", "question asked", "wind-down descended", "verdict=confirmed"])
      expect(ran.stderr).toContain(said);
  });

  it("says none of them anywhere", () => {
    for (const value of ["wJalrXUtnFEMI", "FwoGZXIvYXdz", "xoxb-example", "example-token"])
      expect(ran.stdout + ran.stderr).not.toContain(value);
  });
});

describe("the shut doors", () => {
  it.each([
    ["global.fetch", "fetch('http://192.0.2.1/')"],
    ["global.WebSocket", "new WebSocket('ws://192.0.2.1/')"],
    ["net.connect", "(await import('node:net')).connect(80, '192.0.2.1')"],
    ["net.Socket.connect", "new (await import('node:net')).Socket().connect(80, '192.0.2.1')"],
    ["tls.connect", "(await import('node:tls')).connect(443, '192.0.2.1')"],
    ["http.get", "const { get } = await import('node:http'); get('http://192.0.2.1/')"],
    ["https.request", "const { request } = await import('node:https'); request('https://192.0.2.1/')"],
    ["http2.connect", "(await import('node:http2')).connect('https://192.0.2.1/')"],
    ["dns.lookup", "(await import('node:dns')).lookup('example.com', () => {})"],
    ["dns.promises.resolve4", "await (await import('node:dns/promises')).resolve4('example.com')"],
    ["dgram.createSocket", "(await import('node:dgram')).createSocket('udp4')"],
    ["child_process.spawn", "const { spawn } = await import('node:child_process'); spawn('true')"],
  ])("%s ends whoever tries it", (door, code) => {
    const { status, stderr } = child("--input-type=module", "-e", `try { ${code} } catch {}`);
    expect([status, stderr]).toEqual([97, expect.stringContaining(`outbound: ${door}\n`)]);
  });
});
