import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { instantOf } from "@leasehold/core/kernel";
import { demoEvents, demoHistory } from "@leasehold/local/demo";
import { run } from "../../packages/cli/src/run/index.ts";

// The demo as a person at the terminal lives through it, in a directory that is given: everything of it that ends in a call.
const [cwd = ""] = process.argv.slice(2);
const now = instantOf(Date.now());
writeFileSync(join(cwd, "history.json"), JSON.stringify(demoHistory(now)));
writeFileSync(join(cwd, "sue.json"), JSON.stringify(demoEvents.sueLeaves(now)));

for (const line of ["replay history.json", "sweep", "deliver sue.json", "clock --advance 80h", "finding list"]) {
  const out: string[] = [];
  const exit = await run([...line.split(" "), "--json"], {
    ...{ cwd, env: process.env, stopped: () => new AbortController().signal },
    stdout: { write: (text) => out.push(text) },
    stderr: process.stderr,
    stdin: (async function* () {})(),
  });
  process.stdout.write(`${JSON.stringify({ line, exit, told: JSON.parse(out.join("")) })}\n`);
}
