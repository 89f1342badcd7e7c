import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { connect, createServer } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";

/** A port of this machine that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      const found = address !== null && typeof address === "object" ? address.port : 0;
      probe.close(() => resolve(found));
    });
  });
}

/** Resolves once the child takes connections; throws a sentence where it ends before, or is not there in time. */
export async function listening(child: ChildProcess, at: number, what: string, seconds = 10): Promise<void> {
  let ended: string | undefined;
  child.once("error", () => {
    ended = `${what} could not be started`;
  });
  child.once("exit", () => {
    ended = `${what} ended by itself`;
  });
  for (let attempt = 0; attempt < seconds * 10; attempt += 1) {
    if (ended !== undefined) throw new Error(ended);
    if (await answers(at)) return;
    await setTimeout(100);
  }
  throw new Error(`${what} did not answer within ${seconds} seconds`);
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

/** Runs vitest with a configuration of ours, and answers with its exit code. */
export function runVitest(config: string, more: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const entry = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");
  const args = [entry, "run", "--config", `vitest.${config}.config.ts`, ...more];
  const run = spawn(process.execPath, args, { stdio: "inherit", env });
  return new Promise((resolve) => run.once("exit", (code) => resolve(code ?? 1)));
}
