import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openFile } from "@leasehold/store/file";
import { afterEach, beforeEach, expect, it } from "vitest";
import { lifeOf } from "./life.ts";

let home: string;
let path: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "life-"));
  path = join(home, "store.db");
});
afterEach(() => rmSync(home, { recursive: true }));

/** Opens the file, does something or other as often, and closes it. */
function lived(times: number): boolean {
  const isNew = !existsSync(path);
  const file = openFile(path);
  const life = lifeOf(file, path, isNew);
  const restored = life.restored();
  for (let n = 0; n < times; n += 1) life.goOn();
  expect(life.restored()).toBe(restored && times === 0);
  file.close();
  return restored;
}

it("a file that goes on is no restore, however often it is opened", () => {
  expect([lived(1), lived(0), lived(3), lived(1)]).toEqual([false, false, false, false]);
});

it("an older copy of it is one, and is one once", () => {
  lived(1);
  copyFileSync(path, `${path}.old`);
  lived(1);
  copyFileSync(`${path}.old`, path);
  expect(lived(1)).toBe(true);
  expect(lived(1)).toBe(false);
});

it("until it is said to go on, every opening says so: a crash before the brake is on loses nothing", () => {
  lived(1);
  copyFileSync(path, `${path}.old`);
  lived(1);
  copyFileSync(`${path}.old`, path);
  expect([lived(0), lived(0), lived(1), lived(0)]).toEqual([true, true, true, false]);
});

it("while nothing is done nothing is written", () => {
  const file = openFile(path);
  const life = lifeOf(file, path, true);
  life.goOn();
  const before = readFileSync(`${path}.life`, "utf8");
  life.goOn();
  expect(readFileSync(`${path}.life`, "utf8")).toBe(before);
  file.db.exec("CREATE TABLE done (one INTEGER); INSERT INTO done VALUES (1)");
  life.goOn();
  expect(readFileSync(`${path}.life`, "utf8")).not.toBe(before);
  file.close();
});

it("another store in its place is one; a new one is none", () => {
  lived(3);
  rmSync(path);
  expect(lived(1)).toBe(false);
  copyFileSync(path, join(home, "other.db"));
  rmSync(path);
  rmSync(`${path}.life`);
  lived(1);
  copyFileSync(join(home, "other.db"), path);
  expect(lived(1)).toBe(true);
});
