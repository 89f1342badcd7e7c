import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, expect, it } from "vitest";
import { type Input, readHistory } from "./index.ts";
import { readFiles } from "./read.ts";

const home = mkdtempSync(join(tmpdir(), "leasehold-history-"));
afterAll(() => rmSync(home, { recursive: true }));

let files = 0;
function file(content: string | Buffer, name = `${files++}.bin`): string {
  const path = join(home, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, content);
  return path;
}

async function read(paths: readonly string[], stdin?: Input) {
  const found: unknown[] = [];
  for await (const item of readHistory(paths, stdin)) found.push("record" in item ? item.record : item.broken);
  return found;
}

/** Random letters, so that packing does not shorten them much. */
const rows = Array.from({ length: 2_000 }, (_, n) => ({ n, x: (n * 2_654_435_761 * 2 ** 20).toString(36).repeat(9) }));
const packed = gzipSync(JSON.stringify({ Records: rows }));

it("knows gzip by its first bytes, whatever its name", async () => {
  expect(await read([file(packed, "trail.json")])).toEqual(rows);
  expect(await read([file('{"a":1}', "plain.json.gz")])).toEqual([{ a: 1 }]);
  expect(await read([file("")])).toEqual([]);
  expect(await read([file("\x1f")])).toEqual(["not JSON"]);
});

it("reads gzip that was appended to", async () => {
  const [one, two] = ['{"a":1}\n', '{"b":2}\n'].map((line) => gzipSync(line)) as [Buffer, Buffer];
  expect(await read([file(Buffer.concat([one, two]))])).toEqual([{ a: 1 }, { b: 2 }]);
});

it("keeps what stands before the place where gzip ends too early, and says so once", async () => {
  const found = await read([file(packed.subarray(0, packed.length - 9_000)), file('{"a":1}')]);
  const at = found.indexOf("gzip that ends too early");
  expect(at).toBeGreaterThan(100);
  expect(found.slice(0, at)).toEqual(rows.slice(0, at)); // whole records only
  expect(found.slice(at + 1)).toEqual([{ a: 1 }]);
});

it.each<[string, Buffer]>([
  ["has one wrong bit", packed.map((byte, at) => (at === packed.length - 5_000 ? byte ^ 1 : byte)) as Buffer],
  ["does not agree with its checksum", Buffer.concat([packed.subarray(0, -8), Buffer.alloc(4), packed.subarray(-4)])],
])("believes nothing of a file that %s", async (_title, bytes) => {
  expect(await read([file(bytes), file('{"a":1}')])).toEqual(["malformed gzip", { a: 1 }]);
});

it("says that gzip is malformed from its first byte on", async () => {
  expect(await read([file(Buffer.from([0x1f, 0x8b, 1, 2, 3]))])).toEqual(["malformed gzip"]);
});

it("finds the histories of a directory at any depth, in order of their names, and follows no link", async () => {
  for (const name of ["b/2.ndjson", "b/1.json", "a/x/3.log", "c.json.gz", "index.tsv", "types.csv", "c.JSON"])
    file(JSON.stringify({ name }), join("dir", name));
  symlinkSync(join(home, "dir"), join(home, "dir", "again.json"));
  const names = [];
  for await (const { place } of readHistory([join(home, "dir")])) names.push(relative(join(home, "dir"), place.file));
  expect(names).toEqual(["a/x/3.log", "b/1.json", "b/2.ndjson", "c.JSON", "c.json.gz"]);
});

it("reads the standard input where it is named, packed or not", async () => {
  const input = (bytes: Buffer): Input =>
    (async function* () {
      for (const byte of bytes) yield Uint8Array.of(byte);
    })();
  expect(await read(["-"], input(gzipSync('[{"a":1}]')))).toEqual([{ a: 1 }]);
  expect(await read(["-"], input(Buffer.from('{"a":1}\n{"b":2}')))).toEqual([{ a: 1 }, { b: 2 }]);
  await expect(read(["-"])).rejects.toMatchObject({ name: "BadInput" });
});

it("goes on with the next file where one cannot be read", async () => {
  const failing: Input = (async function* () {
    yield Buffer.from('{"a":1}\n{"b":');
    throw new Error("EIO: read");
  })();
  expect(await read(["-", file('{"c":3}')], failing)).toEqual([{ a: 1 }, "cannot be read", { c: 3 }]);
  const gone = { name: "gone.json", path: join(home, "gone.json"), size: 0, regular: true };
  const items = [];
  for await (const item of readFiles([gone])) items.push(item);
  expect(items).toEqual([{ place: { file: "gone.json", line: 1 }, bytes: 0, broken: "cannot be read" }]);
});

it("refuses a name that is nobody's before anything is read", async () => {
  await expect(read([file("{}"), join(home, "nobody.json")])).rejects.toMatchObject({
    name: "BadInput",
    facts: { path: join(home, "nobody.json") },
  });
});

it("says file, line and place", async () => {
  const lines = file('{"a":1}\nx\n');
  const list = file("[{}]");
  const places = [];
  for await (const { place } of readHistory([lines, list])) places.push(place);
  expect(places).toEqual([{ file: lines, line: 1 }, { file: lines, line: 2 }, { file: list, line: 1, index: 0 }]); // biome-ignore format: one row
});
