import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { instantOf } from "@leasehold/core/kernel";
import { demoHistory, KEYS } from "@leasehold/local/demo";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { corp, estate, type Trial } from "../../trial/index.ts";

let here: Trial;
beforeEach(async () => {
  here = await corp();
});
afterEach(() => here.close());

function inStore(sql: string): void {
  const db = new DatabaseSync(join(here.home, ".leasehold/demo.db"));
  db.exec(sql);
  db.close();
}
const LOSES_EVIDENCE = `UPDATE rows SET data = json_set(data, '$.subject.evidence', json('[]')) WHERE sk = 'node' AND pk = '${KEYS.support.credential}'`;
const HAS_UNHEARD = `INSERT INTO rows (pk, sk, v, data) SELECT 'crd_unheard', sk, v, json_set(data, '$.subject.id', 'crd_unheard') FROM rows WHERE sk = 'node' AND pk = '${KEYS.support.credential}'`;

describe("rebuild", () => {
  it.each([[], ["--check"]])("says that the demo's graph is what its archive makes of it: %s", async (...flags) => {
    const { exit, out } = await here.run("rebuild", ...flags);
    expect([exit, out]).toEqual([
      0,
      expect.stringMatching(/^\d+ signals make \d+ subjects and \d+ edges\nthe graph is the same, bit for bit\n$/),
    ]);
    expect(await here.json("rebuild")).toMatchObject({ equal: true, outdated: 0, written: 0, wrote: false });
  });

  it("also after a departure, its case and its acts", async () => {
    await here.run("deliver", "sue.json");
    await here.run("clock", "--advance", "10d");
    expect(await here.json("rebuild")).toMatchObject({ equal: true });
    const cases = await here.json("case", "list", "--all");
    expect(await here.json("rebuild", "--write")).toMatchObject({ equal: true });
    expect(await here.json("case", "list", "--all")).toEqual(cases);
  });

  it("names what differs and changes nothing; --write makes it so, opens no case, and tells nobody", async () => {
    inStore(LOSES_EVIDENCE);
    const { exit, out } = await here.run("rebuild", "--check");
    expect(exit).toBe(1);
    expect(out).toMatch(
      new RegExp(`the graph is not the same: 1 difference\\n {2}${KEYS.support.credential} {2}evidence\\n`),
    );
    expect(out).toContain("`leasehold rebuild --write` writes it");
    expect((await here.run("rebuild")).exit).toBe(1);
    expect(await here.json("rebuild", "--write")).toMatchObject({
      equal: false,
      differences: { total: 1, left: 0 },
      written: 1,
    });
    expect((await here.run("rebuild")).exit).toBe(0);
    expect(await here.json("case", "list", "--all")).toEqual({ cases: [] });
    expect(await here.json("who", KEYS.support.accessKeyId)).toMatchObject({ owner: { word: "certain" } });
  });

  it("leaves what the archive does not speak of, and says so by its end", async () => {
    inStore(HAS_UNHEARD);
    const { exit, out } = await here.run("rebuild", "--write");
    expect([exit, out]).toEqual([1, expect.stringContaining("crd_unheard  not in the archive")]);
    expect(out).toContain("0 writes; 1 left as they are");
    expect((await here.run("rebuild")).exit).toBe(1);
  });

  it("writes under no other process", async () => {
    inStore(`INSERT OR REPLACE INTO runner (one, pid) VALUES (1, ${process.ppid})`);
    const { exit, err } = await here.run("rebuild", "--write");
    expect([exit, err]).toEqual([3, expect.stringContaining("another process runs this store")]);
    expect((await here.run("rebuild")).exit).toBe(0);
  });

  it.each([
    [["--check", "--write"], "give --check or --write, not both"],
    [["--stage", "prod"], "a rebuild reads the whole archive"],
  ])("refuses %j", async (flags, says) => {
    expect(await here.run("rebuild", ...flags)).toMatchObject({ exit: 2, out: "", err: expect.stringContaining(says) });
  });

  it("says how far it is", async () => {
    const [signal] = JSON.parse(firstBatch());
    const many = Array.from({ length: 10_000 }, (_, n) => {
      const source = { ...signal.source, eventId: `e${n}` };
      return JSON.stringify({ ...signal, source });
    });
    inStore(
      `INSERT INTO archive (at, signals) VALUES ('2026-01-01T00:00:00.000Z', '[${many.join(",").replaceAll("'", "''")}]')`,
    );
    expect((await here.run("rebuild")).err).toMatch(/^read 10\d{3} signals\nread 20\d{3} signals\n/);
  });
});

function firstBatch(): string {
  const db = new DatabaseSync(join(here.home, ".leasehold/demo.db"));
  const row = db.prepare("SELECT signals FROM archive ORDER BY n LIMIT 1").get();
  db.close();
  return String(row?.["signals"]);
}

describe("the past", () => {
  const now = () => instantOf(Date.now());

  it("is asked with --at, and says as of when", async () => {
    const { exit, out } = await here.run("who", KEYS.support.accessKeyId, "--at", now());
    expect(exit).toBe(0);
    expect(out).toMatch(/^as of 20\d\d-.*\ncredential {2}/);
    expect(out).toContain("owner: Sue Park <sue@example.com>, certain, active");
    expect(out).toContain("Which lists were whole at that instant: it is not archived.");
    expect(await here.run("explain", KEYS.support.accessKeyId, "--at", now())).toMatchObject({
      ...{ exit: 0, out: expect.stringMatching(/^Sue Park, certain:/) },
    });
  });

  it.each([
    [["--at", "yesterday"], "this is not an instant: write 2026-11-02T09:00:00Z"],
    [["--at", "2999-01-01T00:00:00Z"], "this instant has not come yet"],
    [["--at", "2001-01-01T00:00:00Z"], "the archive begins later"],
    [["--known-by", "2026-01-01T00:00:00Z"], "--known-by goes with --at"],
    [["--at", "2026-01-01T00:00:00Z", "--known-by", "2001-01-01T00:00:00Z"], "nothing was recorded by then"],
    [["--at", "2026-01-01T00:00:00Z", "--stage", "prod"], "a stage's archive is longer than one request may read"],
  ])("refuses %j", async (flags, says) => {
    for (const words of ["who", "explain"])
      expect(await here.run(words, KEYS.support.accessKeyId, ...flags)).toMatchObject({
        ...{ exit: 2, out: "", err: expect.stringContaining(says) },
      });
  });

  it("of a store that has only history is the same", async () => {
    const fresh = estate();
    fresh.write("past.json", JSON.stringify(demoHistory(now())));
    await fresh.run("replay", "past.json");
    const then = await fresh.json<{ owner: object }>("who", KEYS.support.accessKeyId, "--at", now());
    const today = await fresh.json<{ owner: object }>("who", KEYS.support.accessKeyId);
    expect(then).toMatchObject({ owner: { account: (today.owner as { account: string }).account } });
    fresh.close();
  });
});
