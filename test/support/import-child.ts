import { DatabaseSync } from "node:sqlite";
import { run } from "../../packages/cli/src/run/index.ts";

// Runs one command until its nth durable write, and dies there: before the write or right after it.
const [nth = "0", when = "after", cwd = "", ...argv] = process.argv.slice(2);
let writes = 0;
const exec = DatabaseSync.prototype.exec;
DatabaseSync.prototype.exec = function (this: DatabaseSync, sql: string) {
  const counts = sql === "COMMIT" && ++writes === Number(nth);
  if (counts && when === "before") process.kill(process.pid, "SIGKILL");
  exec.call(this, sql);
  if (counts) process.kill(process.pid, "SIGKILL");
};

const nowhere = { write: () => true };
const exit = await run(argv, {
  ...{ cwd, env: {}, stdout: process.stdout, stderr: nowhere, stopped: () => new AbortController().signal },
  stdin: (async function* () {})(),
});
process.stderr.write(`${writes}\n`);
process.exitCode = exit;
