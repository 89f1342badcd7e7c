import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Takes each guard away, one at a time, in a copy of the sources, and fails where the test that tells of it stays green. */
const HELP = `npm run test:guards -- [--only <words of a name>] [--laws] [vitest's own flags]

Each entry of test/guards names a guard in the sources, what stands there without it, and the test that must then fail.
It is planted in a copy in the folder for temporary files, never here. An entry whose text is not found exactly once is a failure.
With --laws it is the guards of test/laws/wind-downs/faults.ts, which random histories must miss: a thousand are tried for each.
`;

const LAWS = { LEASEHOLD_GUARDS: "laws", LEASEHOLD_HISTORIES: "200000", LEASEHOLD_SEED: "5" };

const given = process.argv.slice(2);
const { args, only } = argsOf(given);
if (given.includes("--help")) console.log(HELP);
else if (only === "") {
  console.error("--only needs some words of a name; --help says more");
  process.exitCode = 2;
} else run();

function argsOf(given: readonly string[]): { readonly args: readonly string[]; readonly only?: string } {
  const args = given.filter((one) => one !== "--laws");
  const at = args.indexOf("--only");
  if (at < 0) return { args };
  const only = (args[at + 1] ?? "").replaceAll(/[^\w ]/g, ".");
  return { args: [...args.slice(0, at), "-t", only, ...args.slice(at + 2)], only };
}

function run(): void {
  const entry = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");
  const child = spawn(process.execPath, [entry, "run", "--config", "vitest.guards.config.ts", ...args], {
    stdio: "inherit",
    env: { ...process.env, ...(given.includes("--laws") && LAWS), ...(only && { LEASEHOLD_GUARDS_ONLY: only }) },
  });
  child.once("exit", (code) => {
    process.exitCode = code ?? 1;
  });
}
