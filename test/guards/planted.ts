import { spawn } from "node:child_process";
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Fault, Guard } from "./model.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const SOURCES = [
  "packages",
  "scripts",
  "test",
  "docs",
  "package.json",
  "tsconfig.json",
  "vitest.config.ts",
  "vitest.kills.config.ts",
];
const OWN = "@leasehold";
const REPORT = "report.json";

/** What came of one guard's test without the guard: each a few words. */
export interface Tried {
  readonly outcome: "red" | "green" | "nothing was run" | "could not be run";
  readonly said: string; // what the first red test said, or why it could not be run
}

/** Where the text stands more or less than once, the entry is stale: it is to be mended, and nothing is tried. */
export function stale({ file, from, to }: Fault): string | undefined {
  if (!existsSync(join(ROOT, file))) return `there is no ${file}`;
  const found = readFileSync(join(ROOT, file), "utf8").split(from).length - 1;
  if (found !== 1) return `${file} has it ${found} times: ${from}`;
  return from === to ? `${file} would stay as it is: ${from}` : undefined;
}

export const faultsOf = ({ file, from, to, also = [] }: Guard): readonly Fault[] => [{ file, from, to }, ...also];

/** Copies of the sources in a folder, so that nothing here is ever touched: as many as are tried at once, each used again and again. */
export function copiesIn(folder: string): (guard: Guard) => Promise<Tried> {
  const free: string[] = [];
  let made = 0;
  const another = () => {
    const home = join(folder, String(made++));
    copyTo(home);
    return home;
  };
  return async (guard) => {
    const home = free.pop() ?? another();
    const files = [...new Set(faultsOf(guard).map(({ file }) => file))];
    try {
      for (const { file, from, to } of faultsOf(guard)) replaceIn(join(home, file), from, to);
      return await run(guard, home);
    } finally {
      for (const file of files) copyFileSync(join(ROOT, file), join(home, file));
      rmSync(join(home, REPORT), { force: true });
      free.push(home);
    }
  };
}

const replaceIn = (path: string, from: string, to: string) =>
  writeFileSync(
    path,
    readFileSync(path, "utf8").replace(from, () => to),
  );

/** What is installed stays where it is; our own packages are those of the copy. */
function copyTo(home: string): void {
  mkdirSync(home, { recursive: true });
  const isSource = (path: string) => !path.endsWith("/node_modules");
  for (const name of SOURCES) cpSync(join(ROOT, name), join(home, name), { recursive: true, filter: isSource });
  for (const at of ["", ...readdirSync(join(ROOT, "packages")).map((one) => join("packages", one))])
    if (existsSync(join(ROOT, at, "node_modules")))
      linked(join(ROOT, at, "node_modules"), join(home, at, "node_modules"));
  mkdirSync(join(home, "node_modules", OWN));
  for (const name of readdirSync(join(ROOT, "node_modules", OWN)))
    symlinkSync(join(home, "packages", name), join(home, "node_modules", OWN, name));
}

function linked(from: string, to: string): void {
  mkdirSync(to);
  for (const name of readdirSync(from))
    if (name !== OWN && name !== ".vite") symlinkSync(join(from, name), join(to, name));
}

interface Report {
  readonly numTotalTests: number;
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly message?: string;
    readonly assertionResults: readonly { readonly status: string; readonly failureMessages?: readonly string[] }[];
  }[];
}

async function run({ test, filter, config = "vitest.config.ts" }: Guard, home: string): Promise<Tried> {
  const report = join(home, REPORT);
  const entry = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");
  const named = filter === undefined ? [] : ["-t", filter];
  const how = ["--reporter=json", `--outputFile=${report}`, "--maxWorkers=1", "--bail=1"];
  const said = await ended([entry, "run", test, "--config", config, ...named, ...how], home);
  return existsSync(report) ? judged(JSON.parse(readFileSync(report, "utf8"))) : { outcome: "could not be run", said };
}

/** Red is a test that ran and saw something else than it expects; a file that cannot be loaded shows nothing. */
function judged({ testResults, numPassedTests }: Report): Tried {
  const failed = testResults.flatMap(({ assertionResults }) =>
    assertionResults.filter((one) => one.status === "failed"),
  );
  const said = failed.flatMap(({ failureMessages = [] }) => failureMessages);
  const seen = said.find((one) => /^AssertionError|^Error: Property failed/.test(one));
  if (seen !== undefined) return { outcome: "red", said: firstLines(seen) };
  if (failed.length > 0) return { outcome: "could not be run", said: firstLines(said[0] ?? "") };
  if (numPassedTests > 0) return { outcome: "green", said: "" };
  const broken = testResults.find(({ message = "" }) => message !== "")?.message;
  return broken === undefined
    ? { outcome: "nothing was run", said: "" }
    : { outcome: "could not be run", said: firstLines(broken) };
}

const firstLines = (text: string) => text.split("\n").slice(0, 3).join("\n");

function ended(args: readonly string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { VITEST: _, ...env } = process.env;
    const child = spawn(process.execPath, args, { cwd, env, stdio: ["ignore", "ignore", "pipe"] });
    const said: Buffer[] = [];
    child.stderr.on("data", (part: Buffer) => void said.push(part));
    child.once("error", reject);
    child.once("exit", () => resolve(firstLines(Buffer.concat(said).toString("utf8"))));
  });
}
