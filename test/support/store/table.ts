import { check, put, type Row, remove } from "@leasehold/store/table";
import fc from "fast-check";
import { expect, it } from "vitest";
import { type Bench, walk } from "../store-contract.ts";

const row = (sk: string, v = 1, more: Partial<Row> = {}): Row => ({ pk: "p", sk, v, data: { v }, ...more });

/** What every table must do, below all that is a decision. */
export function tablePart(bench: () => Bench): void {
  it("gives back what was put, and nothing of what was not", async () => {
    const { table } = bench();
    const full = row("a", 7, {
      data: { text: "ünïcödé\u{1f511}", list: [1, 0.97, null], deep: { empty: "" } },
      g1: ["x", "y"],
    });
    await table.write([put(full)]);
    expect(await table.get(full)).toEqual(full);
    expect(await table.get({ pk: "p", sk: "b" })).toBeUndefined();
    expect(await table.get({ pk: "q", sk: "a" })).toBeUndefined();
  });

  it("writes any JSON, of any size, and reads the same", async () => {
    const { table } = bench();
    const json = fc.jsonValue({ maxDepth: 3 }).filter((value) => !JSON.stringify(value).includes('"__proto__"'));
    await fc.assert(
      fc.asyncProperty(json, fc.nat({ max: 3000 }), async (value, length) => {
        const data = JSON.parse(JSON.stringify({ value, filler: "x".repeat(length) }));
        await table.write([put(row("any", 1, { data }))]);
        expect((await table.get({ pk: "p", sk: "any" }))?.data).toEqual(data);
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ["a put where something is", [put(row("a", 2), "absent")]],
    ["a put over another version", [put(row("a", 3), { version: 2 })]],
    ["a put over nothing", [put(row("b", 2), { version: 1 })]],
    ["a delete of another version", [remove(row("a"), { version: 2 })]],
    ["a check of another version, with a put", [check(row("a"), { version: 2 }), put(row("b"))]],
    ["a check of what is missing, with a put", [check(row("c"), { version: 1 }), put(row("b"))]],
    ["a check that nothing is there, with a put", [check(row("a"), "absent"), put(row("b"))]],
    ["one condition of three", [put(row("b")), put(row("c")), put(row("a", 2), "absent")]],
  ])("refuses %s, and changes nothing", async (_title, ops) => {
    const { table } = bench();
    await table.write([put(row("a"))]);
    await expect(table.write(ops)).rejects.toMatchObject({ name: "Conflict", remedy: "retry" });
    const { items } = await table.query({ pk: "p", limit: 10 });
    expect(items).toEqual([row("a")]);
  });

  it("writes several rows as one", async () => {
    const { table } = bench();
    await table.write([put(row("a")), put(row("b"))]);
    await table.write([put(row("a", 2), { version: 1 }), remove(row("b"), { version: 1 }), put(row("c"), "absent")]);
    const { items } = await table.query({ pk: "p", limit: 10 });
    expect(items).toEqual([row("a", 2), row("c")]);
  });

  it("refuses a write of nothing, of too much, and of one row twice", async () => {
    const { table } = bench();
    const many = Array.from({ length: 101 }, (_, n) => put(row(`r${n}`)));
    for (const ops of [[], many, [put(row("a")), remove(row("a"))]])
      await expect(table.write(ops)).rejects.toMatchObject({ name: "BadInput" });
    expect((await table.query({ pk: "p", limit: 10 })).items).toEqual([]);
  });

  it("keeps every increment of twenty writers who race", async () => {
    const { table } = bench();
    await table.write([put(row("n", 0, { data: 0 }))]);
    const increment = async (): Promise<void> => {
      const found = await table.get({ pk: "p", sk: "n" });
      const next = row("n", (found?.v ?? 0) + 1, { data: Number(found?.data) + 1 });
      await table.write([put(next, { version: found?.v ?? 0 })]).catch((fault) => {
        expect(fault).toMatchObject({ name: "Conflict" });
        return increment();
      });
    };
    const writer = async () => {
      for (let n = 0; n < 10; n += 1) await increment();
    };
    await Promise.all(Array.from({ length: 20 }, writer));
    expect(await table.get({ pk: "p", sk: "n" })).toMatchObject({ v: 200, data: 200 });
  });

  it("reads a partition in the order of its keys, and parts of it", async () => {
    const { table } = bench();
    const rows = ["a#1", "a#2", "b#1", "b#2", "c#1"].map((sk) => row(sk));
    await table.write([...rows.toReversed().map((one) => put(one)), put({ ...row("a#0"), pk: "p2" })]);
    const keys = async (part: object) =>
      (await walk((cursor) => table.query({ pk: "p", limit: 2, ...part, cursor }))).items.map(({ sk }) => sk);
    expect(await keys({})).toEqual(["a#1", "a#2", "b#1", "b#2", "c#1"]);
    expect(await keys({ prefix: "b#" })).toEqual(["b#1", "b#2"]);
    expect(await keys({ from: "b#1" })).toEqual(["b#1", "b#2", "c#1"]);
    expect(await keys({ to: "b#1" })).toEqual(["a#1", "a#2", "b#1"]);
  });

  it("keeps an index of only what names a place in it", async () => {
    const { table } = bench();
    const placed = (pk: string, place?: readonly [string, string]) => put({ pk, sk: "s", v: 1, data: {}, g2: place });
    await table.write([
      placed("1", ["list", "b"]),
      placed("2"),
      placed("3", ["list", "a"]),
      placed("4", ["other", "a"]),
    ]);
    await table.write([placed("5", ["list", "b"])]); // the same place twice
    const walked = (part: object = {}) =>
      walk((cursor) => table.index("g2", { pk: "list", limit: 1, ...part, cursor }));
    const { items } = await walked();
    expect(items[0]).toEqual({ pk: "3", sk: "s" });
    expect(new Set(items.map(({ pk }) => pk))).toEqual(new Set(["3", "1", "5"]));
    expect((await walked({ to: "a" })).items).toEqual([{ pk: "3", sk: "s" }]);
    await table.write([placed("3"), remove({ pk: "1", sk: "s" })]);
    expect((await walked()).items).toEqual([{ pk: "5", sk: "s" }]);
  });

  it("scans the partitions that begin alike, each once, in pages of one", async () => {
    const { table } = bench();
    const one = (pk: string, sk: string) => put({ pk, sk, v: 1, data: {} });
    await table.write([
      one("a_1", "n"),
      one("a_2", "n"),
      one("a_2", "other"),
      one("a_3", "n"),
      one("b_1", "n"),
      one("A_1", "n"),
    ]);
    const { items } = await walk((cursor) => table.scan({ prefix: "a_", sk: "n", limit: 1, cursor }));
    expect(items.map(({ pk }) => pk).sort()).toEqual(["a_1", "a_2", "a_3"]);
  });

  it("refuses a cursor that is junk, or another list's", async () => {
    const { table } = bench();
    await table.write(["a", "b", "c"].map((sk) => put(row(sk, 1, { g1: ["p", sk] }))));
    const { next } = await table.query({ pk: "p", limit: 1 });
    const junk = [
      next,
      "",
      "%%%",
      "e30",
      Buffer.from('["rows p"]').toString("base64url"),
      Buffer.from("[1]").toString("base64url"),
    ];
    for (const cursor of junk) {
      await expect(table.index("g1", { pk: "p", limit: 1, cursor })).rejects.toMatchObject({ name: "BadInput" });
      await expect(table.scan({ prefix: "p", sk: "a", limit: 1, cursor })).rejects.toMatchObject({ name: "BadInput" });
      await expect(table.query({ pk: "q", limit: 1, cursor })).rejects.toMatchObject({ name: "BadInput" });
    }
    const short = Buffer.from('["rows p"]').toString("base64url");
    await expect(table.query({ pk: "p", limit: 1, cursor: short })).rejects.toMatchObject({ name: "BadInput" });
  });
}
