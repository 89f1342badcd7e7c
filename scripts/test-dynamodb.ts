import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { connect, createServer } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";

/** Runs test/units, or with `functions` the stories behind the functions' handlers, against a DynamoDB in memory, on loopback, that ends with the run. */
const binary = dynoxide();
if (binary === undefined) {
  console.error("not run: the package @dynoxide/linux-x64 is not installed; it exists for Linux x64 alone");
  process.exit(1);
}

const port = await freePort();
const server = spawn(binary, ["serve", "--host", "127.0.0.1", "--port", String(port)], { stdio: "ignore" });
try {
  await listening(server, port);
  process.exitCode = await vitest(`http://127.0.0.1:${port}`);
} catch (error) {
  console.error(`not run: ${(error as Error).message}`);
  process.exitCode = 1;
} finally {
  server.kill();
}

function dynoxide(): string | undefined {
  try {
    const home = dirname(createRequire(import.meta.url).resolve("@dynoxide/linux-x64/package.json"));
    const path = join(home, "dynoxide");
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      const found = address !== null && typeof address === "object" ? address.port : 0;
      probe.close(() => resolve(found));
    });
  });
}

async function listening(child: ChildProcess, at: number): Promise<void> {
  let ended: string | undefined;
  child.once("error", () => {
    ended = "the DynamoDB in memory could not be started";
  });
  child.once("exit", () => {
    ended = "the DynamoDB in memory ended by itself";
  });
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (ended !== undefined) throw new Error(ended);
    if (await answers(at)) return;
    await setTimeout(100);
  }
  throw new Error("the DynamoDB in memory did not answer within ten seconds");
}

function answers(at: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(at, "127.0.0.1");
    const said = (yes: boolean) => {
      socket.destroy();
      resolve(yes);
    };
    socket.once("connect", () => said(true));
    socket.once("error", () => said(false));
  });
}

function vitest(endpoint: string): Promise<number> {
  const require = createRequire(import.meta.url);
  const entry = join(dirname(require.resolve("vitest/package.json")), "vitest.mjs");
  const [config = "units", ...more] = process.argv.slice(2);
  const args = [entry, "run", "--config", `vitest.${config}.config.ts`, ...more];
  const run = spawn(process.execPath, args, {
    stdio: "inherit",
    env: { ...process.env, LEASEHOLD_DYNAMODB: endpoint },
  });
  return new Promise((resolve) => run.once("exit", (code) => resolve(code ?? 1)));
}
