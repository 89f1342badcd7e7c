import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Runs test/infra: the real stacks under Pulumi's mocks. `--update` writes docs/deploy-policy.json. */
if (!existsSync(".sst/platform/node_modules/@pulumi/aws")) {
  console.error("not run: SST's platform is not installed; `npm run infra:install` does it");
  process.exit(1);
}

const update = process.argv.includes("--update");
const given = process.argv.slice(2).filter((one) => one !== "--update");
const entry = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");
const run = spawn(process.execPath, [entry, "run", "--config", "vitest.infra.config.ts", ...given], {
  stdio: "inherit",
  env: { ...process.env, ...(update && { LEASEHOLD_UPDATE: "1" }) },
});
run.once("exit", (code) => {
  process.exitCode = code ?? 1;
});
