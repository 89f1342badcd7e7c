import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type File, LAYOUT, openFile } from "../file/index.ts";
import { put, type Table } from "../table/index.ts";
import { sqliteTable } from "./sqlite.ts";

let home: string;
let path: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "leasehold-sqlite-"));
  path = join(home, "store.db");
});
afterEach(() => rmSync(home, { recursive: true }));

const row = (sk: string, data: unknown = {}) => ({ pk: "p", sk, v: 1, data });
const rowsOf = async (table: Table) => (await table.query({ pk: "p", limit: 9_999 })).items.map(({ sk }) => sk);

/** How often the file was synced: once for each transaction. */
function counted(file: File) {
  let transactions = 0;
  const counting: File = {
    ...file,
    transaction: (run) => {
      transactions += 1;
      return file.transaction(run);
    },
  };
  return { file: counting, transactions: () => transactions };
}

describe("group commit", () => {
  it("writes what is asked for in one turn under one sync, and answers each by itself", async () => {
    const { file, transactions } = counted(openFile(path));
    const table = sqliteTable(file);
    const writes = ["a", "b", "a", "c"].map((sk) => table.write([put(row(sk), "absent")]));
    const answers = await Promise.allSettled(writes);
    expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected", "fulfilled"]);
    expect(transactions()).toBe(1);
    expect(await rowsOf(table)).toEqual(["a", "b", "c"]);
    file.close();
  });

  it("does not let one that cannot be written take the others with it", async () => {
    const file = openFile(path);
    const table = sqliteTable(file);
    await table.write([put(row("seed"))]);
    file.db.exec(`PRAGMA max_page_count=${Number(file.db.prepare("PRAGMA page_count").get()?.["page_count"]) + 2}`);
    const huge = put(row("huge", "x".repeat(1_000_000)));
    const answers = await Promise.allSettled([
      table.write([put(row("a"))]),
      table.write([huge]),
      table.write([put(row("b"))]),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(await rowsOf(table)).toEqual(["a", "b", "seed"]);
    file.close();
  });
});

it("writes nothing of a write that the disk has no room for, and goes on when there is", async () => {
  const file = openFile(path);
  const table = sqliteTable(file);
  await table.write([put(row("seed"))]);
  const pages = Number(file.db.prepare("PRAGMA page_count").get()?.["page_count"]);
  file.db.exec(`PRAGMA max_page_count=${pages + 1}`);
  const ops = [put(row("small")), put(row("large", "x".repeat(100_000)))];
  await expect(table.write(ops)).rejects.toMatchObject({ name: "StoreFull", remedy: "free-space" });
  expect(await rowsOf(table)).toEqual(["seed"]);
  file.db.exec("PRAGMA max_page_count=100000");
  await table.write(ops);
  expect(await rowsOf(table)).toEqual(["large", "seed", "small"]);
  file.close();
});

it("has everything when it is opened again", async () => {
  const file = openFile(path);
  await sqliteTable(file).write([put(row("a"))]);
  file.close();
  const again = openFile(path);
  expect(await rowsOf(sqliteTable(again))).toEqual(["a"]);
  again.close();
});

describe("refuses", () => {
  const bad = (words: RegExp) => expect.objectContaining({ name: "BadInput", message: expect.stringMatching(words) });

  it("a file of a later layout, and leaves it as it is", () => {
    openFile(path).close();
    const db = new DatabaseSync(path);
    db.exec(`PRAGMA user_version=${LAYOUT + 1}`);
    db.close();
    const before = readFileSync(path);
    expect(() => openFile(path)).toThrow(bad(/later version/));
    expect(readFileSync(path)).toEqual(before);
  });

  it("somebody else's database, and leaves it as it is", () => {
    const db = new DatabaseSync(path);
    db.exec("CREATE TABLE notes (text)");
    db.close();
    const before = readFileSync(path);
    expect(() => openFile(path)).toThrow(bad(/not a Leasehold store/));
    expect(readFileSync(path)).toEqual(before);
  });

  it("what is no database", () => {
    writeFileSync(path, "dear diary, ".repeat(500));
    expect(() => openFile(path)).toThrow(bad(/not a Leasehold store/));
  });

  it("a file that cannot be written", () => {
    openFile(path).close();
    const bytes = readFileSync(path);
    bytes[18] = 3; // the format's write version: one that SQLite reads and does not write
    writeFileSync(path, bytes);
    expect(() => openFile(path)).toThrow(bad(/cannot be written: look at its permissions/));
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  it("a path that cannot be opened", () => {
    expect(() => openFile(join(home, "no", "such", "folder.db"))).toThrow(bad(/cannot be opened/));
  });

  it("a file that was cut short", async () => {
    const file = openFile(path);
    const table = sqliteTable(file);
    for (let n = 0; n < 50; n += 1) await table.write([put(row(`r${n}`, "x".repeat(2_000)))]);
    file.close();
    truncateSync(path, 20_000);
    expect(() => sqliteTable(openFile(path))).toThrow(bad(/damaged/));
  });

  it("to read rows out of a file whose middle was overwritten", async () => {
    const file = openFile(path);
    const table = sqliteTable(file);
    for (let n = 0; n < 50; n += 1) await table.write([put(row(`r${n}`, "x".repeat(2_000)))]);
    file.close();
    const bytes = readFileSync(path);
    writeFileSync(path, Buffer.concat([bytes.subarray(0, 8192), Buffer.alloc(bytes.length - 8192, 0xee)]));
    const damaged = openFile(path);
    await expect(sqliteTable(damaged).query({ pk: "p", limit: 99 })).rejects.toMatchObject(bad(/damaged/));
    damaged.close();
  });
});
