import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { attributionFitJob } from "../bench/attribution/fit/index.ts";
import { attributionJob } from "../bench/attribution/index.ts";
import { bundleJob } from "../bench/bundle/index.ts";
import { ingestJob } from "../bench/ingest/index.ts";
import type { Job } from "../bench/kit/index.ts";
import { rebuildJob } from "../bench/rebuild/index.ts";
import { windDownJob } from "../bench/winddown/index.ts";
import { ROOT } from "./bundles.ts";

/** Ours and the peer in one run, interleaved, with spread. Fails only where a whole interval misses its bar. */
const jobs: Readonly<Record<string, Job>> = {
  attribution: attributionJob,
  "attribution-fit": attributionFitJob,
  bundle: bundleJob,
  ingest: ingestJob,
  rebuild: rebuildJob,
  winddown: windDownJob,
};

const [name = "--help", ...rest] = process.argv.slice(2);
const job = Object.hasOwn(jobs, name) ? jobs[name] : undefined;
try {
  if (name === "--help") console.log(usage());
  else if (job === undefined) throw new Error(`there is no job of this name: ${Object.keys(jobs).join(", ")}`);
  else await measure(job);
} catch (error) {
  console.error(`not run: ${(error as Error).message}`);
  process.exitCode = 1;
}

async function measure({ run, about, options, alone }: Job): Promise<void> {
  const known = { ...options, json: { type: "boolean" }, help: { type: "boolean" } } as const;
  const { json, help, ...given } = parseArgs({ args: rest, options: known, strict: true }).values;
  if (help) return console.log([`npm run bench -- ${name}: ${about}`, ...optionLines({ options })].join("\n"));
  if (!alone) installed();
  const outcome = await run(given as Parameters<typeof run>[0]);
  console.log(json ? JSON.stringify(outcome.json, undefined, 2) : outcome.lines.join("\n"));
  if (!outcome.passed) process.exitCode = 1;
}

/** The peers are nobody's dependency but the bench's: they are fetched when somebody first measures. */
function installed(): void {
  if (existsSync(join(ROOT, "bench/node_modules"))) return;
  console.error("fetching what we are measured against: npm ci --prefix bench");
  const { status } = spawnSync("npm", ["ci", "--prefix", "bench", "--ignore-scripts"], {
    ...{ cwd: ROOT, stdio: ["ignore", "ignore", "inherit"], shell: process.platform === "win32" },
  });
  if (status !== 0) throw new Error("the peers could not be fetched: npm ci --prefix bench");
}

function usage(): string {
  const each = Object.entries(jobs).flatMap(([of, job]) => [`  ${of.padEnd(15)} ${job.about}`, ...optionLines(job)]);
  return ["npm run bench -- <job> [options]", "", ...each].join("\n");
}

function optionLines({ options }: Pick<Job, "options">): readonly string[] {
  const told = { ...options, json: { about: "the numbers for a program" }, help: { about: "this" } };
  return Object.entries(told).map(([option, { about }]) => `    --${option.padEnd(10)} ${about}`);
}
