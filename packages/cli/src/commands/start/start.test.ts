import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { run } from "../../run/index.ts";
import { estate, type Trial } from "../../trial/index.ts";

let here: Trial;
beforeEach(() => {
  here = estate();
});
afterEach(() => here.close());

const github = (laptop = "") =>
  here.write(
    "leasehold.config.ts",
    `export default { fallback: { email: "fay@example.com" }, ${laptop}
      connectors: { github: { settings: { signingName: "github.webhook" } } } };`,
  );

/** Starts it as at a terminal, and stops it once it has said where it listens, or has ended by itself. */
async function started(env: Record<string, string>, ...argv: readonly string[]) {
  const stop = new AbortController();
  const [out, err]: [string[], string[]] = [[], []];
  let inside = async (_at: string) => {};
  let seen: Promise<void> = Promise.resolve();
  const io = {
    ...{ cwd: here.home, env, stopped: () => stop.signal, stdin: (async function* () {})() },
    stdout: { write: (text: string) => out.push(text) },
    stderr: {
      write: (text: string) => {
        err.push(text);
        if (!text.startsWith("running;")) return;
        const at = /http:\/\/\S+:\d+/.exec(out.join(""))?.[0] ?? "";
        seen = inside(at).finally(() => stop.abort());
      },
    },
  };
  return {
    meanwhile: async (does: (at: string) => Promise<void>) => {
      inside = does;
      const exit = await run(["start", "--config", "leasehold.config.ts", ...argv], io);
      await seen;
      return { exit, out: out.join(""), err: err.join("") };
    },
  };
}
const SECRET = { LEASEHOLD_SECRET_GITHUB_WEBHOOK: "whsec" };

it("tells the demo's story to its proof, and ends with what to try next, which can be tried", async () => {
  const { exit, out } = await here.run("start", "--once", "--store", "a.db");
  const next = [...out.slice(out.indexOf("\nNext\n")).matchAll(/^ {2}npx leasehold (.+?) {2}/gm)].map(
    ([, argv]) => argv,
  );
  expect([exit, next.length]).toEqual([0, 5]);
  for (const argv of next.filter((one) => one?.includes("--store")))
    expect(await here.run(...(argv ?? "").split(" "))).toMatchObject({ exit: 0 });
});

describe("a real estate's one port", () => {
  it("is opened with the ways in that the configuration names, is said with their addresses, and closed at the end", async () => {
    github('laptop: { url: "https://leasehold.example.com" },');
    let at = "";
    const { exit, out } = await (await started(SECRET, "--port", "0")).meanwhile(async (there) => {
      at = there;
      expect((await fetch(`${at}/in/github`, { method: "POST", body: "{}" })).status).toBe(401);
      expect((await fetch(`${at}/in/slack`, { method: "POST", body: "{}" })).status).toBe(404);
    });
    expect(exit).toBe(0);
    expect(out).toMatch(/^listening on http:\/\/127\.0\.0\.1:\d+, for this machine alone\n/);
    expect(out).toContain("let a tunnel or a reverse proxy with TLS hand on these addresses");
    expect(out).toContain("  GitHub: https://leasehold.example.com/in/github\n");
    expect(out).not.toContain("whsec");
    await expect(fetch(`${at}/in/github`)).rejects.toThrow();
  });

  it("that is taken is said before anything is listed", async () => {
    github();
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const { port } = other.address() as AddressInfo;
    const { exit, err } = await (await started(SECRET, "--port", String(port))).meanwhile(async () => {});
    expect([exit, err]).toEqual([2, expect.stringContaining("this port is taken")]);
    other.close();
  });

  it("is not opened where its secret is not given: the variable is named", async () => {
    github();
    const { exit, err } = await (await started({}, "--port", "0")).meanwhile(async () => {});
    expect([exit, err]).toEqual([2, expect.stringContaining("LEASEHOLD_SECRET_GITHUB_WEBHOOK")]);
  });

  it("is none where nobody has anything to say, and then --port is refused", async () => {
    here.write("leasehold.config.ts", 'export default { fallback: { email: "fay@example.com" } };');
    const quiet = await (await started({})).meanwhile(async () => {});
    expect([quiet.exit, quiet.out]).toEqual([0, expect.not.stringContaining("listening")]);
    const { exit, err } = await (await started({}, "--port", "0")).meanwhile(async () => {});
    expect([exit, err]).toEqual([2, expect.stringContaining("nothing would be listened to")]);
  });

  it("leaves out whom no signature could prove, and says so", async () => {
    here.write(
      "leasehold.config.ts",
      `export default { fallback: { email: "fay@example.com" }, connectors: { slack: { settings: { tokenName: "slack.token" } } } };`,
    );
    const { exit, err } = await (await started({})).meanwhile(async () => {});
    expect([exit, err]).toEqual([
      0,
      expect.stringContaining("Slack is not listened to: connectors.slack.settings names no signing secret"),
    ]);
  });

  it.each(["-1", "65536", "http", "1.5", " 80", ""])("is no port: %j", async (port) => {
    github();
    const { exit, err } = await (await started(SECRET, `--port=${port}`)).meanwhile(async () => {});
    expect([exit, err]).toEqual([2, expect.stringContaining("--port")]);
  });

  it.each([
    ["laptop: { port: 0 },", "laptop.port"],
    ["laptop: { port: 70000 },", "laptop.port"],
    ['laptop: { host: "two words" },', "laptop.host"],
    ['laptop: { url: "http://leasehold.example.com" },', "laptop.url"],
    ['laptop: { url: "https://leasehold.example.com/x" },', "laptop.url"],
    ["laptop: { tls: true },", "tls"],
  ])("is refused by name in the configuration: %s", async (laptop, where) => {
    github(laptop);
    const { exit, err } = await (await started(SECRET)).meanwhile(async () => {});
    expect([exit, err]).toEqual([2, expect.stringContaining(where)]);
  });

  it("is not the demo's", async () => {
    expect(await here.run("start", "--once", "--port", "8720")).toMatchObject({
      exit: 2,
      err: expect.stringContaining("the demo opens no connection"),
    });
  });
});
