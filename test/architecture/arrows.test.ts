import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const require = createRequire(import.meta.url);
const RULES = (require("../../.dependency-cruiser.cjs") as { forbidden: { name: string }[] }).forbidden;

type Planted = readonly [file: string, imports: string, breaks: readonly string[]];

/** Bad files, each with the rules that it must break. Together they break every rule that there is. */
const PLANTED: readonly Planted[] = [
  ["packages/core/src/kernel/reads-a-disk.ts", "node:fs", ["core-is-pure"]],
  ["packages/core/src/kernel/looks-up.ts", "@leasehold/app/world", ["core-is-pure", "core-stays-in-its-lane"]],
  ["packages/app/src/world/opens-a-socket.ts", "node:net", ["app-has-no-hands"]],
  ["packages/app/src/world/knows-a-store.ts", "../../../store/src/table/index.ts", ["app-stays-in-its-lane"]],
  [
    "packages/connectors/src/okta/reads-slack.ts",
    "../slack/api.ts",
    ["connectors-are-strangers", "front-doors-at-home-too"],
  ],
  ["packages/connectors/src/okta/asks-the-app.ts", "../../../app/src/world/index.ts", ["connectors-stays-in-its-lane"]],
  ["packages/connectors/kit/knows-okta.ts", "../src/okta/index.ts", ["the-kit-knows-no-connector"]],
  ["packages/store/src/table/climbs-in.ts", "../../../app/src/ingest/write.ts", ["front-doors-only"]],
  ["packages/store/src/table/knows-the-bus.ts", "../../../local/src/bus/index.ts", ["store-stays-in-its-lane"]],
  ["packages/store/src/table/next-door.ts", "../sqlite/sqlite.ts", ["front-doors-at-home-too"]],
  ["packages/workflows/src/runs/acts.ts", "../../../app/src/world/index.ts", ["workflows-stays-in-its-lane"]],
  [
    "packages/local/src/bus/leans-on-a-test.ts",
    "../../../../test/support/clock.ts",
    ["local-stays-in-its-lane", "nothing-uses-test"],
  ],
  ["packages/cli/src/words/skips-the-laptop.ts", "@leasehold/store/table", ["cli-stays-in-its-lane"]],
  ["packages/api/src/edge/runs.ts", "../../../store/src/table/index.ts", ["api-stays-in-its-lane"]],
  ["packages/functions/src/starts-a-laptop.ts", "../../local/src/bus/index.ts", ["functions-stays-in-its-lane"]],
  ["packages/mcp/src/tools/reads-a-table.ts", "../../../store/src/table/index.ts", ["mcp-stays-in-its-lane"]],
  ["packages/web/src/page/reads-a-table.ts", "../../../store/src/table/index.ts", ["web-stays-in-its-lane"]],
  ["packages/attic/src/old/uses.ts", "../../../core/src/kernel/index.ts", ["every-room-has-its-arrows"]],
  ["stacks/decides.ts", "../packages/app/src/world/index.ts", ["stacks-name-things"]],
  ["packages/local/src/bus/points-nowhere.ts", "./nowhere.ts", ["nothing-unresolved"]],
  ["packages/local/src/bus/round-a.ts", "./round-b.ts", ["no-circles"]],
  ["packages/local/src/bus/round-b.ts", "./round-a.ts", []], // a circle is told once
  ["packages/local/src/bus/alone.ts", "", ["no-orphans"]],
];

let copy: string;
let found: { rule: { name: string }; from: string }[];

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), "leasehold-arrows-"));
  for (const folder of ["packages", "test", "scripts", "stacks", "bench"])
    cpSync(join(ROOT, folder), join(copy, folder), {
      recursive: true,
      filter: (path) => !/bench.node_modules/.test(path),
    });
  cpSync(join(ROOT, ".dependency-cruiser.cjs"), join(copy, ".dependency-cruiser.cjs"));
  install();
  for (const [file, imports] of PLANTED) plant(file, imports);
  found = cruise();
}, 60_000);
afterAll(() => rmSync(copy, { recursive: true }));

/** What `npm ci` does, with links: our rooms are those of the copy, all else is what is installed. */
function install(): void {
  const [from, to] = [join(ROOT, "node_modules"), join(copy, "node_modules")];
  mkdirSync(join(to, "@leasehold"), { recursive: true });
  for (const name of readdirSync(from))
    if (name !== "@leasehold" && name !== ".bin") symlinkSync(join(from, name), join(to, name), "junction");
  for (const room of readdirSync(join(copy, "packages")))
    symlinkSync(join(copy, "packages", room), join(to, "@leasehold", room), "junction");
}

function plant(file: string, imports: string): void {
  mkdirSync(dirname(join(copy, file)), { recursive: true });
  writeFileSync(join(copy, file), imports === "" ? "export const alone = 1;\n" : `import "${imports}";\n`);
}

function cruise() {
  const command = join(ROOT, "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs");
  const folders = ["packages", "test", "scripts", "stacks"];
  const run = spawnSync(process.execPath, [command, ...folders, "--output-type", "json"], {
    cwd: copy,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  return (JSON.parse(run.stdout) as { summary: { violations: typeof found } }).summary.violations;
}

const brokenBy = (file: string) =>
  [...new Set(found.filter(({ from }) => from === file).map(({ rule }) => rule.name))].sort();

describe("the arrows", () => {
  it.each(PLANTED)("%s uses %j", (file, _, breaks) => {
    expect(brokenBy(file)).toEqual([...breaks].sort());
  });

  it("hold everywhere else", () => {
    const planted = new Set(PLANTED.map(([file]) => file));
    expect(found.filter(({ from }) => !planted.has(from)).map(({ rule, from }) => `${rule.name}: ${from}`)).toEqual([]);
  });

  it("have no rule that nothing can break", () => {
    expect([...new Set(PLANTED.flatMap(([, , breaks]) => breaks))].sort()).toEqual(
      RULES.map(({ name }) => name).sort(),
    );
  });
});
