import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { freePort, listening, runVitest } from "./serving.ts";

/** Runs test/units, or with `functions` the stories behind the functions' handlers, against a DynamoDB in memory, on loopback, that ends with the run. */
const binary = dynoxide();
if (binary === undefined) {
  console.error("not run: the package @dynoxide/linux-x64 is not installed; it exists for Linux x64 alone");
  process.exit(1);
}

const port = await freePort();
const server = spawn(binary, ["serve", "--host", "127.0.0.1", "--port", String(port)], { stdio: "ignore" });
try {
  await listening(server, port, "the DynamoDB in memory");
  const [config = "units", ...more] = process.argv.slice(2);
  process.exitCode = await runVitest(config, more, {
    ...process.env,
    LEASEHOLD_DYNAMODB: `http://127.0.0.1:${port}`,
  });
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
