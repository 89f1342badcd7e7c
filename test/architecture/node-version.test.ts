import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const { canRun } = createRequire(import.meta.url)("../../packages/cli/bin/find-node.cjs") as {
  canRun: (version: string) => boolean;
};
const MAIN = `
import { setTimeout } from "node:timers";
const [word, code]: string[] = process.argv.slice(2);
if (word === "wait") {
  process.once("SIGTERM", () => process.exit(Number(code)));
  setTimeout(() => {}, 60_000);
}
console.log(JSON.stringify({ version: process.version, args: process.argv.slice(2) }));
if (word === "exit") process.exit(Number(code));
if (word === "die") process.kill(process.pid, "SIGKILL");
`;

let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "leasehold-node-")); // outside the tree, whose own node_modules would be found
  for (const folder of ["packages/cli/bin", "scripts"]) mkdirSync(join(home, folder), { recursive: true });
  cpSync(join(ROOT, "packages/cli/bin"), join(home, "packages/cli/bin"), { recursive: true });
  cpSync(join(ROOT, "scripts/node-version.cjs"), join(home, "scripts/node-version.cjs"));
  mkdirSync(join(home, "packages/cli/src"));
  writeFileSync(join(home, "packages/cli/package.json"), `{ "type": "module" }`);
  writeFileSync(join(home, "packages/cli/src/main.ts"), MAIN);
  writeFileSync(join(home, "old.cjs"), `Object.defineProperty(process, "version", { value: "v20.11.1" });`);
});
afterAll(() => rmSync(home, { recursive: true }));

/** The platform's own package, as `npm ci` puts it down: ours under another version. */
function bring(version: string): void {
  const system = `${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  const to = join(home, "node_modules", `node-${system}`);
  rmSync(join(home, "node_modules"), { recursive: true, force: true });
  mkdirSync(join(to, "bin"), { recursive: true });
  writeFileSync(join(to, "package.json"), JSON.stringify({ version }));
  symlinkSync(process.execPath, join(to, "bin", process.platform === "win32" ? "node.exe" : "node"));
}
const bringNone = () => rmSync(join(home, "node_modules"), { recursive: true, force: true });

const SHIM = "packages/cli/bin/leasehold.cjs";
const CHECK = "scripts/node-version.cjs";
const argsOf = (script: string, old: boolean, args: readonly string[]) => [
  ...(old ? ["--require", join(home, "old.cjs")] : []),
  join(home, script),
  ...args,
];
const run = (script: string, old: boolean, ...args: string[]) =>
  spawnSync(process.execPath, argsOf(script, old, args), { encoding: "utf8" });

it.each([
  ["v20.20.2", false],
  ["v22.17.9", false],
  ["v22.18.0", true],
  ["v23.5.0", false],
  ["v23.6.0", true],
  ["v24.0.0", true],
  ["v30.1.0", true],
])("%s can run us: %s", (version, can) => {
  expect(canRun(version)).toBe(can);
});

it("asks npm for the same floor", () => {
  const { engines } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  expect(engines).toEqual({ node: ">=22.18" });
});

describe.each([CHECK, SHIM])("%s on an old Node", (script) => {
  it.each([
    ["with none beside it", bringNone],
    ["with one beside it that is too old itself", () => bring("22.17.0")],
  ])("%s says one sentence and ends with 1", (_, prepare) => {
    prepare();
    const { status, stdout, stderr } = run(script, true);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(/^Leasehold needs Node 22[.]18 or later and this is v20[.]11[.]1: [^\n]+[.]\n$/);
  });
});

it("the check is content with the Node that npm brings along, and with a new one", () => {
  bring("24.21.0");
  expect(run(CHECK, true)).toMatchObject({ status: 0, stderr: "" });
  bringNone();
  expect(run(CHECK, false)).toMatchObject({ status: 0, stderr: "" });
});

describe.each([
  ["itself", false],
  ["the Node beside it", true],
])("the command, run by %s", (_, old) => {
  it("passes its arguments on, and the exit code back", () => {
    bring("24.21.0");
    const { status, stdout, stderr } = run(SHIM, old, "exit", "7", "--a flag");
    expect({ status, stderr }).toEqual({ status: 7, stderr: "" });
    expect(JSON.parse(stdout)).toEqual({ version: process.version, args: ["exit", "7", "--a flag"] });
  });

  it("dies of what killed it", () => {
    bring("24.21.0");
    expect(run(SHIM, old, "die")).toMatchObject({ status: null, signal: "SIGKILL" });
  });

  it("hands a signal down", async () => {
    bring("24.21.0");
    const child = spawn(process.execPath, argsOf(SHIM, old, ["wait", "9"]), { stdio: ["ignore", "pipe", "inherit"] });
    child.stdout.once("data", () => child.kill("SIGTERM"));
    expect(await new Promise((resolve) => child.once("exit", resolve))).toBe(9);
  });
});

it("does not even need to be able to read import()", () => {
  for (const file of ["leasehold.cjs", "find-node.cjs"])
    expect(readFileSync(join(ROOT, "packages/cli/bin", file), "utf8")).not.toMatch(
      /\bimport\(|[?][.]|[?][?]|"node:|\bcatch \{|\basync\b/,
    );
});
