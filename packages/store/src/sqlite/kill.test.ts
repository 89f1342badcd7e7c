import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { openFile } from "../file/index.ts";
import { sqliteTable } from "./sqlite.ts";

/** Writes pairs, four at a time, and says each that was acknowledged. */
const WRITER = `
  import { openFile } from "@leasehold/store/file";
  import { sqliteTable } from "@leasehold/store/sqlite";
  import { put } from "@leasehold/store/table";
  const table = sqliteTable(openFile(process.argv[1]));
  const row = (sk) => put({ pk: "p", sk, v: 1, data: {} }, "absent");
  for (let n = 0; ; n += 4)
    await Promise.all([0, 1, 2, 3].map(async (k) => {
      await table.write([row("a" + (n + k)), row("b" + (n + k))]);
      console.log(n + k);
    }));
`;

it("has every write that was acknowledged, and none by half, after kill -9", async () => {
  const home = mkdtempSync(join(tmpdir(), "leasehold-kill-"));
  const path = join(home, "store.db");
  const cwd = fileURLToPath(new URL("../../", import.meta.url));
  const writer = spawn(process.execPath, ["--input-type=module", "-e", WRITER, path], {
    cwd,
    stdio: ["ignore", "pipe", "ignore"],
  });
  const said: string[] = [];
  for await (const line of createInterface(writer.stdout)) {
    said.push(line);
    if (said.length === 60) writer.kill("SIGKILL");
  }
  if (writer.exitCode === null && writer.signalCode === null) await once(writer, "exit");

  const file = openFile(path);
  const { items } = await sqliteTable(file).query({ pk: "p", limit: 99_999 });
  file.close();
  rmSync(home, { recursive: true });
  const there = new Set(items.map(({ sk }) => sk));
  expect(said.length).toBeGreaterThanOrEqual(60);
  for (const n of said) expect(there.has(`a${n}`)).toBe(true);
  for (const sk of there) expect(there.has(`${sk.startsWith("a") ? "b" : "a"}${sk.slice(1)}`)).toBe(true);
});
