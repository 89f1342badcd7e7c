import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeDocs } from "./generate-docs.ts";

const HELP = `Rewrites what others read: the generated pages, and the file snapshots of tests.

  npm run golden [-- --check]

  --check   a change is a failure; what was out of date is rewritten even so, and named
  --help    this

Exit codes: 0 fine, 1 a test failed, or with --check something was out of date, 2 the input is wrong.`;

const strange = process.argv.slice(2).find((one) => !["--check", "--help"].includes(one));
if (strange !== undefined) console.error(`there is no ${strange}; --help says what there is`);
if (process.argv.includes("--help")) console.log(HELP);
if (strange !== undefined || process.argv.includes("--help")) process.exit(strange === undefined ? 0 : 2);

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const checks = process.argv.includes("--check");

const before = digests();
await writeDocs(new URL("../", import.meta.url));
const failed = !rewriteSnapshots();
const changed = [...digests()].filter(([path, digest]) => before.get(path) !== digest).map(([path]) => path);

for (const path of changed) console.log(`${checks ? "was out of date" : "wrote"}: ${path}`);
if (changed.length === 0) console.log("nothing changed");
if (failed || (checks && changed.length > 0)) process.exitCode = 1;

/** Which of the files that people review have which content. */
function digests(): Map<string, string> {
  return new Map(
    files().map((path) => [
      path,
      createHash("sha256")
        .update(readFileSync(join(ROOT, path)))
        .digest("hex"),
    ]),
  );
}

function files(): string[] {
  return ["docs", "packages", "test"].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes("node_modules"))
      .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length).replaceAll("\\", "/")),
  );
}

function rewriteSnapshots(): boolean {
  const tests = files().filter(
    (path) => path.endsWith(".test.ts") && readFileSync(join(ROOT, path), "utf8").includes(".toMatchFileSnapshot("),
  );
  if (tests.length === 0) return true;
  const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");
  const args = [vitest, "run", ...tests, "--update"]; // last: it would take a path for its value, and run everything
  return spawnSync(process.execPath, args, { cwd: ROOT, stdio: "inherit" }).status === 0;
}
