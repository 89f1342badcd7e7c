import { spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Runs the laws of order and repetition on many histories, from another seed each time: it is said, so that the same run can be had again. LEASEHOLD_COVERAGE=1 prints how often what was met. */
const { LEASEHOLD_HISTORIES: many = "10000", LEASEHOLD_SEED: seed = String(randomInt(1_000_000_000)) } = process.env;
console.log(
  `${many} histories; the same again: LEASEHOLD_SEED=${seed} LEASEHOLD_HISTORIES=${many} npm run test:histories`,
);

const entry = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");
const given = process.argv.slice(2);
const run = spawn(process.execPath, [entry, "run", "--config", "vitest.histories.config.ts", ...given], {
  stdio: "inherit",
  env: { ...process.env, LEASEHOLD_HISTORIES: many, LEASEHOLD_SEED: seed },
});
run.once("exit", (code) => {
  process.exitCode = code ?? 1;
});
