import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { every } from "@leasehold/app/world";
import { later } from "@leasehold/core/kernel";
import type { Used } from "@leasehold/core/usage";
import { filesOf, generate } from "@leasehold/local/estates";
import { openFile } from "@leasehold/store/file";
import { sqliteStore } from "@leasehold/store/sqlite";
import { afterAll, beforeAll, expect, it } from "vitest";
import { MONDAY } from "../support/clock.ts";

const CHILD = fileURLToPath(new URL("../support/import-child.ts", import.meta.url));
const KILLS = Number(process.env["LEASEHOLD_KILLS"] ?? 4);
let home = "";
let writes = 0;
let whole = "";

/** One life of an import; of the nth durable write it dies. */
const live = (store: string, nth = 0, when = "after") =>
  spawnSync(
    process.execPath,
    [CHILD, String(nth), when, home, "import", "cloudtrail", "trail", "--store", store, "--json"],
    {
      ...{ encoding: "utf8", timeout: 300_000 },
    },
  );

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "leasehold-import-kill-"));
  mkdirSync(join(home, "trail"));
  for (const [name, text] of Object.entries(filesOf(generate({ people: 8, seed: 2 }))))
    if (name.startsWith("cloudtrail/"))
      writeFileSync(join(home, name.replace("cloudtrail", "trail").concat(".gz")), gzipSync(text));
  const { status, stderr } = live("whole.db");
  expect(status).toBe(0);
  writes = Number(stderr.trim().split("\n").at(-1));
  expect(writes).toBeGreaterThan(20);
});
afterAll(() => rmSync(home, { recursive: true }));

it(`an import that is killed ${KILLS} times, at any write, goes on where it was and ends in the same state`, {
  timeout: 3_600_000,
}, async () => {
  whole = await stateOf("whole.db");
  let died = 0;
  for (let nth = 0; nth < KILLS; nth += 1) {
    const at = 1 + Math.floor(Math.random() * (writes - 1) * (1 / (1 + (nth % 2)))); // the second life has less to do
    if (live("killed.db", at, nth % 2 === 0 ? "after" : "before").signal === "SIGKILL") died += 1;
  }
  expect(died).toBeGreaterThan(0);
  const { status, stdout } = live("killed.db");
  expect(status).toBe(0);
  const { files, skipped, faults } = JSON.parse(stdout).imported;
  expect([files + skipped, faults.total]).toEqual([JSON.parse(live("whole.db").stdout).imported.skipped, 0]);
  expect(await stateOf("killed.db")).toBe(whole);
  expect(JSON.parse(live("killed.db").stdout).imported).toMatchObject({ files: 0, writes: 0 });
});

async function stateOf(name: string): Promise<string> {
  const file = openFile(join(home, name));
  const { graph, usage } = sqliteStore(file, () => MONDAY);
  const kinds = await Promise.all(
    (["account", "identity", "credential", "session"] as const).map((kind) =>
      every((cursor) => graph.list(kind, cursor)),
    ),
  );
  const nodes = kinds.flat().map(({ value }) => value.subject);
  const edges = await Promise.all(nodes.flatMap(({ id }) => [graph.edges(id, "holds"), graph.edges(id, "made")]));
  const credentials = nodes.flatMap(({ id }) => (id.startsWith("crd_") || id.startsWith("ses_") ? [id as Used] : []));
  const calls = await Promise.all(
    credentials.map((id) =>
      every((cursor) => usage.of(id, later(MONDAY, -24 * 1_000), later(MONDAY, 24 * 1_000), cursor)),
    ),
  );
  expect(calls.flat().length).toBeGreaterThan(0);
  const pending = await graph.pending();
  file.close();
  expect(pending.items).toEqual([]);
  return JSON.stringify([
    nodes.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    edges
      .flat()
      .map((one) => JSON.stringify(one))
      .sort(),
    calls.flat(),
  ]);
}
