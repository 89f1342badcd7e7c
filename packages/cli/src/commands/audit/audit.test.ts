import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { append, beginning, type Entry } from "@leasehold/core/trail";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { corp, type Trial } from "../../trial/index.ts";

let here: Trial;
const store = () => join(here.home, ".leasehold", "demo.db");
const ROOTS = ".leasehold/demo.db.roots.jsonl";
interface Verdict {
  readonly whole: boolean;
  readonly comparedWith: number;
  readonly trails: readonly { readonly trail: string; readonly broken?: string }[];
}

beforeEach(async () => {
  here = await corp();
  await here.run("deliver", "sue.json");
});
afterEach(() => here.close());

function inStore(use: (db: DatabaseSync) => void): void {
  const db = new DatabaseSync(store());
  use(db);
  db.close();
}

/** Somebody with the store and our code writes one wind-down's trail anew, hashes and end included. */
function forge(): string {
  let forged = "";
  inStore((db) => {
    const rows = db
      .prepare("SELECT pk, sk, data FROM rows WHERE sk LIKE 'entry#%' AND pk LIKE 'wdc_%' ORDER BY pk, sk")
      .all();
    forged = String(rows[0]?.["pk"]);
    let head = beginning(forged);
    for (const { pk, sk, data } of rows.filter((row) => row["pk"] === forged)) {
      const { did, facts, at } = JSON.parse(String(data)) as Entry;
      const entry = append(forged, head, { did, by: "acc_mallory", facts }, at);
      db.prepare("UPDATE rows SET data = ? WHERE pk = ? AND sk = ?").run(
        JSON.stringify(entry),
        pk as string,
        sk as string,
      );
      head = { n: entry.n, hash: entry.hash };
    }
    db.prepare("UPDATE rows SET data = json_set(data, '$.head.hash', ?) WHERE pk = ? AND sk = 'story'").run(
      head.hash,
      forged,
    );
  });
  return forged;
}

describe("audit export", () => {
  it("is lines that verify without the store, and of which a changed one is found", async () => {
    const { out } = await here.run("audit", "export", "--all", "--out", "all.jsonl");
    expect(out).toMatch(/^6 trails, \d+ entries written to all[.]jsonl\n/);
    const verdict = await here.json<Verdict>("audit", "verify", "--file", "all.jsonl");
    expect(verdict).toMatchObject({ whole: true });
    expect(verdict.trails).toHaveLength(6);

    const text = readFileSync(join(here.home, "all.jsonl"), "utf8");
    const entry = text.split("\n").find((line) => line.includes('"wind-down.opened"')) ?? "";
    const { trail, n } = JSON.parse(entry) as Entry;
    here.write(
      "changed.jsonl",
      text.replace(entry, entry.replace("flagged", "x").replace('"by":"leasehold"', '"by":"x"')),
    );
    expect(await here.run("audit", "verify", "--file", "changed.jsonl")).toMatchObject({
      exit: 1,
      out: expect.stringContaining(`BROKEN ${trail}: entry ${n} was changed\n`),
    });
  });

  it("goes to the terminal of one case, or since an instant, and writes over nobody's file", async () => {
    const { cases } = await here.json<{ cases: readonly { id: string }[] }>("case", "list");
    const { out } = await here.run("audit", "export", cases[0]?.id ?? "");
    here.write("case.jsonl", out);
    expect(await here.json("audit", "verify", "--file", "case.jsonl")).toMatchObject({ whole: true });
    expect((await here.run("audit", "export", "--all", "--since", "2099-01-01T00:00:00Z")).out).toBe("");
    expect(await here.run("audit", "export", "--all", "--out", "case.jsonl")).toMatchObject({ exit: 2 });
    expect(readFileSync(join(here.home, "case.jsonl"), "utf8")).toBe(out);
  });

  it.each([
    [[], "say which: a case, or every trail with --all"],
    [["cas_1", "--all"], "say which: a case, or every trail with --all"],
    [["cas_1"], "there is no such trail"],
    [["--all", "--since", "soon"], "this is neither a span of time nor an instant"],
    [["--all", "--out", "no/such/dir.jsonl"], "this file cannot be written"],
  ])("%j: %s", async (argv, says) => {
    expect(await here.run("audit", "export", ...argv)).toMatchObject({ exit: 2, err: expect.stringContaining(says) });
  });
});

describe("the roots that are kept", () => {
  it("lie beside the store, one line for each day on which a trail moved, and each trail still passes through them", async () => {
    await here.run("clock", "--advance", "2d");
    const lines = readFileSync(join(here.home, ROOTS), "utf8").split("\n").filter(Boolean);
    expect(lines.length).toBeGreaterThan(0);
    expect(await here.json("audit", "verify")).toMatchObject({ whole: true });
    expect((await here.json<Verdict>("audit", "verify")).comparedWith).toBeGreaterThanOrEqual(6);
    await here.run("clock", "--advance", "4d");
    expect(await here.json("audit", "verify")).toMatchObject({ whole: true });
  });

  it("find a trail that was written anew with its end, which the store itself cannot show", async () => {
    await here.run("clock", "--advance", "26h");
    await here.run("audit", "export", "--all", "--out", "before.jsonl");
    const forged = forge();
    const { exit, out } = await here.run("audit", "verify");
    expect([exit, out]).toEqual([
      1,
      expect.stringMatching(new RegExp(`BROKEN ${forged}: entry \\d+ is not the one that the root kept at`)),
    ]);
    await here.run("audit", "export", "--all", "--out", "after.jsonl");
    expect(await here.run("audit", "verify", "--file", "after.jsonl", "--roots", ROOTS)).toMatchObject({ exit: 1 });
    expect(await here.run("audit", "verify", "--file", "after.jsonl")).toMatchObject({ exit: 0 });
    expect(await here.run("audit", "verify", "--file", "before.jsonl", "--roots", ".leasehold")).toMatchObject({
      exit: 0,
    });
  });

  it("find a case that was taken away whole", async () => {
    await here.run("clock", "--advance", "26h");
    const { cases } = await here.json<{ cases: readonly { id: string }[] }>("case", "list");
    const gone = cases[0]?.id ?? "";
    inStore((db) => db.prepare("DELETE FROM rows WHERE pk = ?").run(gone));
    const { exit, out } = await here.run("audit", "verify");
    expect([exit, out]).toEqual([
      1,
      expect.stringMatching(new RegExp(`BROKEN ${gone}: all \\d+ entries are missing, and the root kept at`)),
    ]);
  });

  it("go on after a line that was cut off, which is said", async () => {
    await here.run("clock", "--advance", "26h");
    here.write(ROOTS, `${readFileSync(join(here.home, ROOTS), "utf8")}{"at":"2026`);
    await here.run("clock", "--advance", "3d");
    const { exit, err } = await here.run("audit", "verify");
    expect([exit, err]).toEqual([0, expect.stringContaining("1 of the kept roots' lines cannot be read")]);
  });

  it.each([
    [["--roots", "nowhere"], "there is no such file or folder"],
    [["--roots", "sue.json"], "no kept root stands there"],
    [["--file", "nowhere.jsonl"], "this file cannot be read"],
    [["--file", "sue.json"], "this line is neither an entry nor where a trail ends"],
    [["--file", "cut.jsonl"], "this file holds no trail, so it proves nothing"],
    [["cas_1", "--file", "sue.json"], "an export is verified whole"],
    [["--partly"], "--partly is about an export"],
  ])("%j: %s", async (argv, says) => {
    here.write("cut.jsonl", "\n");
    expect(await here.run("audit", "verify", ...argv)).toMatchObject({ exit: 2, err: expect.stringContaining(says) });
  });

  it("of an earlier telling go with it", async () => {
    await here.run("clock", "--advance", "26h");
    expect(existsSync(join(here.home, ROOTS))).toBe(true);
    await here.run("start", "--once", "--quiet");
    expect(await here.json("audit", "verify")).toMatchObject({ whole: true });
  });
});
