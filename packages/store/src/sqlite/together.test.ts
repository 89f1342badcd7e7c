import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Fault } from "@leasehold/core/kernel";
import fc from "fast-check";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type File, openFile } from "../file/index.ts";
import { type Op, type Page, put, type Row, remove, type Table, under } from "../table/index.ts";
import { sqliteTable } from "./sqlite.ts";
import { type Over, together } from "./together.ts";

let home: string;
let file: File;
let commits: number;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "leasehold-together-"));
  file = openFile(join(home, "store.db"));
  commits = 0;
});
afterEach(() => {
  file.close();
  rmSync(home, { recursive: true });
});

const counting = (): File => ({
  ...file,
  transaction: (run) => {
    commits += 1;
    return file.transaction(run);
  },
});
const row = (sk: string, data: unknown = {}, v = 1): Row => ({ pk: "p", sk, v, data });
const namesIn = async (table: Table) => (await table.query({ pk: "p", limit: 99 })).items.map(({ sk }) => sk);
const all = () => namesIn(sqliteTable(file));

function here() {
  const [direct, counted] = [sqliteTable(file), counting()];
  const run = together<Table>(counted, direct, ({ table }: Over) => table);
  return { direct, run };
}

it("is one transaction, whatever waits for what in it; who writes sees it at once, and everybody else at the end", async () => {
  const { direct, run } = here();
  await direct.write([put(row("a"))]);
  await run(async (table) => {
    await table.write([put(row("b"), "absent")]);
    await table.write([put(row("b", { more: 1 }, 2), under(1)), remove({ pk: "p", sk: "a" }, under(1))]);
    expect(await namesIn(table)).toEqual(["b"]);
    expect(await table.get({ pk: "p", sk: "b" })).toEqual(row("b", { more: 1 }, 2));
    expect(await table.get({ pk: "p", sk: "a" })).toBeUndefined();
    expect(await all()).toEqual(["a"]);
    expect(commits).toBe(0);
  });
  expect(commits).toBe(1);
  expect(await all()).toEqual(["b"]);
});

it("of two writes at once under one version, one is refused", async () => {
  const { run } = here();
  const answers = await run((table) =>
    Promise.allSettled([1, 2].map((n) => table.write([put(row("a", { n }), "absent")]))),
  );
  expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
});

it("leaves nothing of what fails", async () => {
  const { run } = here();
  const failing = run(async (table) => {
    await table.write([put(row("a"))]);
    throw new Fault("Unavailable", "on the way");
  });
  await expect(failing).rejects.toMatchObject({ name: "Unavailable" });
  expect(await all()).toEqual([]);
});

it.each<[who: string, other: () => File]>([
  ["this process", () => file],
  ["another one", () => openFile(join(home, "store.db"))],
])("is done once more, write by write, where %s wrote meanwhile to what was only read", async (_who, other) => {
  const { direct, run } = here();
  await direct.write([put(row("read", { n: 1 }))]);
  let runs = 0;
  await run(async (table) => {
    runs += 1;
    const seen = await table.get({ pk: "p", sk: "read" });
    if (runs === 1) await sqliteTable(other()).write([put(row("read", { n: 2 }, 2))]);
    await table.write([put(row("written", seen?.data))]);
  });
  expect(runs).toBe(2);
  expect(await direct.get({ pk: "p", sk: "written" })).toMatchObject({ data: { n: 2 } });
});

it("remembers nothing that somebody else has changed since", async () => {
  const { direct, run } = here();
  const look = () => run((table) => table.get({ pk: "p", sk: "a" }));
  expect(await look()).toBeUndefined();
  await direct.write([put(row("a", { n: 1 }))]);
  expect(await look()).toMatchObject({ data: { n: 1 } });
  await sqliteTable(openFile(join(home, "store.db"))).write([put(row("a", { n: 2 }, 2))]);
  expect(await look()).toMatchObject({ data: { n: 2 } });
});

it("does not hold up a second one that begins before the first has ended", async () => {
  const { run } = here();
  const add = (sk: string) => run((table) => table.write([put(row(sk))]));
  await Promise.all(["a", "b", "c"].map(add));
  expect(await all()).toEqual(["a", "b", "c"]);
});

const name = fc.constantFrom("a", "a1", "a2", "b", "c");
const when = fc.constantFrom<Op["when"]>(undefined, "absent", { version: 1 }, { version: 2 });
const anyWrite = fc.oneof(
  fc.record({ sk: name, v: fc.nat({ max: 2 }), when }).map(({ sk, v, when: so }) => put(row(sk, { v }, v), so)),
  fc.record({ sk: name }).map(({ sk }) => remove({ pk: "p", sk })),
);
const anyRange = fc.oneof(
  fc.record({ prefix: name }),
  fc.record({ from: name, to: name }),
  fc.constant<{ readonly prefix?: string }>({}),
);

it("reads like a table to which everything is written at once", async () => {
  const step = fc.record({ write: anyWrite, range: anyRange, limit: fc.integer({ min: 1, max: 3 }), read: name });
  await fc.assert(
    fc.asyncProperty(fc.array(anyWrite, { maxLength: 4 }), fc.array(step, { maxLength: 8 }), async (before, steps) => {
      const [plain, mine] = [openFile(":memory:"), openFile(":memory:")];
      const both = [sqliteTable(plain), sqliteTable(mine)];
      for (const op of before) for (const table of both) await answerTo(table.write([op]));
      const at = together<Table>(mine, sqliteTable(mine), ({ table }) => table);
      await at(async (table) => {
        for (const { write, range, limit, read } of steps) {
          expect(await answerTo(table.write([write]))).toBe(await answerTo(sqliteTable(plain).write([write])));
          const asked = { pk: "p", ...range, limit };
          expect(await whole(table, asked)).toEqual(await whole(sqliteTable(plain), asked));
          expect(await table.get({ pk: "p", sk: read })).toEqual(await sqliteTable(plain).get({ pk: "p", sk: read }));
        }
      });
      const asked = { pk: "p", limit: 99 };
      expect(await whole(sqliteTable(mine), asked)).toEqual(await whole(sqliteTable(plain), asked));
      for (const one of [plain, mine]) one.close();
    }),
  );
});

const answerTo = (write: Promise<void>): Promise<string> =>
  write.then(
    () => "written",
    ({ name: fault }: Error) => fault,
  );

async function whole(table: Table, range: Parameters<Table["query"]>[0]): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let page: Page<Row> | undefined;
  do {
    page = await table.query({ ...range, cursor: page?.next });
    rows.push(...page.items);
  } while (page.next !== undefined);
  return rows;
}
