import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { instantOf } from "@leasehold/core/kernel";
import { demoEvents, demoHistory } from "@leasehold/local/demo";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { estate, type Trial } from "../../trial/index.ts";
import { progressTo } from "./progress.ts";

let here: Trial;
beforeEach(() => {
  here = estate();
});
afterEach(() => here.close());

const now = () => instantOf(Date.now());
const history = () => JSON.stringify(demoHistory(now()));

describe("replay", () => {
  it("changes the graph, and neither opens a case nor tells anybody, also of a departure", async () => {
    here.write("past.json", JSON.stringify([...demoHistory(now()), demoEvents.sueLeaves(now())]));
    const told = await here.json("replay", "past.json");
    expect(told).toMatchObject({
      ...{ files: 1, records: 16, signals: 17, aside: 0, faults: { total: 0, first: [] }, ignored: [] },
      understood: { "aws-iam": { "credential.issued": 7 }, okta: { "person.left": 1, "grant.created": 3 } },
    });
    expect(await here.json("case", "list", "--all")).toEqual({ cases: [] });
    expect(await here.json("who", "AKIAIOSFODNN7EXAMPLE")).toMatchObject({ owner: { word: "likely" } });
  });

  it("again writes nothing", async () => {
    here.write("past.json", history());
    const first = await here.json<{ writes: number }>("replay", "past.json");
    expect(first.writes).toBeGreaterThan(10);
    expect(await here.json("replay", "past.json")).toMatchObject({ writes: 0, signals: 16 });
  });

  it("reads a directory, packed files in it, and the standard input", async () => {
    mkdirSync(join(here.home, "logs/deep"), { recursive: true });
    writeFileSync(join(here.home, "logs/deep/a.json.gz"), gzipSync(history()));
    writeFileSync(join(here.home, "logs/notes.txt"), "not a log");
    expect(await here.json("replay", "logs")).toMatchObject({ files: 1, records: 15 });
    here.pipe(history());
    expect(await here.json("replay", "-")).toMatchObject({ files: 1, records: 15 });
  });

  it("is told where a directory has no file that it would read", async () => {
    mkdirSync(join(here.home, "notes"), { recursive: true });
    writeFileSync(join(here.home, "notes/a.txt"), history());
    here.write("past.json", history());
    for (const argv of [
      ["replay", "past.json", "notes"],
      ["import", "cloudtrail", "notes"],
    ])
      expect(await here.run(...argv)).toMatchObject({ exit: 2, err: expect.stringContaining("name the files") });
    expect(await here.json("replay", "notes/a.txt")).toMatchObject({ files: 1, records: 15 });
  });

  it("counts what cannot be read by file and line, applies the rest, and says so by its end", async () => {
    const lines = demoHistory(now()).map((event) => JSON.stringify(event));
    here.write("bad.ndjson", [lines[0], "hunter2 {", '{"a":1}', ...lines.slice(1)].join("\n"));
    const { exit, out, err } = await here.run("replay", "bad.ndjson");
    expect(exit).toBe(1);
    expect(out).toContain("bad.ndjson:2: not JSON");
    expect(out).toMatch(/1 {2}not an event that we know +first at bad.ndjson:3/);
    expect(out).toContain("16 signals");
    expect(out + err).not.toContain("hunter2");
    expect(err).toContain("read 100 %, 17 records");
    expect(await here.json("replay", "bad.ndjson")).toMatchObject({
      ignored: [{ count: 1, first: ["bad.ndjson:3"] }],
      faults: { total: 1, first: [{ at: "bad.ndjson:2", reason: "not JSON" }] },
    });
  });

  it("shows twenty reasons, and says that there are more", async () => {
    here.write("many.ndjson", Array(25).fill("{").join("\n"));
    const { out } = await here.run("replay", "many.ndjson");
    expect(out.match(/many.ndjson:\d+: /g)).toHaveLength(20);
    expect(out).toContain("… and 5 more");
  });

  it("refuses what is not there, before it makes anything of it", async () => {
    const { exit, err } = await here.run("replay", "nope");
    expect([exit, err]).toEqual([2, expect.stringContaining("there is no file or directory of this name")]);
  });
});

describe("progress", () => {
  const told = (steps: readonly (readonly [number, number])[], total: number) => {
    const lines: string[] = [];
    const tell = progressTo({ note: (line) => void lines.push(line) });
    for (const [records, bytes] of steps) tell({ records, bytes, total });
    return lines;
  };

  it("is a line for each tenth that is passed", () => {
    expect(
      told(
        [
          [1, 5],
          [2, 12],
          [3, 19],
          [4, 55],
          [5, 56],
          [6, 100],
        ],
        100,
      ),
    ).toEqual(["read 12 %, 2 records", "read 55 %, 4 records", "read 100 %, 6 records"]);
  });

  it("is a line for each ten thousand, where nobody knows how much there is", () => {
    expect(
      told(
        [
          [1_000, 1],
          [10_000, 2],
          [11_000, 3],
          [20_000, 4],
        ],
        0,
      ),
    ).toEqual(["read 10000 records", "read 20000 records"]);
  });
});
