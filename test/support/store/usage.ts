import type { Told, UsageRecord } from "@leasehold/core/usage";
import { expect, it } from "vitest";
import { type Bench, dying, walk } from "../store-contract.ts";
import { at, credential, names } from "../store-fixtures.ts";

const ID = credential("used");
const OTHER = credential("other");
const FILE = { id: "trail/2026/11/02/a.json.gz etag-1", approximate: false };
const caller = { name: "arn:aws:iam::111122223333:user/bot", via: "iam-user", account: "acc_bot" } as const;

const record = (hours: number, more: Partial<UsageRecord> = {}): UsageRecord => ({
  ...{ credential: ID, caller, service: "s3", action: "PutObject", hour: at(hours), count: 3, refused: 1 },
  ...{ last: at(hours + 0.5), lastDone: at(hours + 0.25), eventId: "0f8a7c1e-5b1d-4f0a-9c3e-2d6b7a8c9e0f", ...more },
});

export function usagePart(bench: () => Bench): void {
  const all = async (from = at(-24 * 100), to = at(240), id = ID) => {
    const { items } = await walk<Told>((cursor) => bench().tiny.usage.of(id, from, to, cursor));
    return items;
  };

  it("gives back what a source object said, and whether it is exact", async () => {
    const { usage } = bench().store;
    const never = record(1, { action: "GetObject", count: 2, refused: 2, lastDone: undefined });
    await usage.put(FILE, [record(0), never], at(5));
    await usage.put({ id: "batch", approximate: true }, [record(0, { count: 9 })], at(5));
    const told = await all();
    expect(told).toHaveLength(3);
    expect(told).toContainEqual({ ...record(0), approximate: false });
    expect(told).toContainEqual({ ...never, approximate: false });
    expect(told).toContainEqual({ ...record(0, { count: 9 }), approximate: true });
  });

  it("gives back what was refused, and of live sources alone whom that was said of, by the day it was heard", async () => {
    const { usage } = bench().store;
    const refusals = [{ resource: "arn:aws:s3:::x", policy: "none allows it", at: at(0.5), eventId: "e" }];
    const refused = record(0, { refusals });
    await usage.put({ ...FILE, live: true }, [record(1), refused, record(2, { credential: OTHER })], at(5));
    await usage.put({ id: "a file", approximate: false }, [{ ...refused, credential: OTHER }], at(5));
    expect((await all()).map((one) => one.refusals)).toContainEqual(refusals);
    const heard = async (hours: number) =>
      (await walk((cursor) => bench().tiny.usage.refusedOn(at(hours), cursor))).items;
    expect(await heard(5)).toEqual([ID]);
    expect(await heard(5 + 24)).toEqual([]);
  });

  it("keeps the same object once, however often it is told, and others beside it", async () => {
    const { usage } = bench().store;
    const records = [record(0), record(1), record(30), record(0, { credential: OTHER })];
    for (let n = 0; n < 3; n += 1) await usage.put(FILE, records, at(40 + n));
    expect(await all()).toHaveLength(3);
    expect(await all(at(-24), at(240), OTHER)).toHaveLength(1);
    await usage.put({ ...FILE, id: "another etag" }, records, at(40));
    expect(await all()).toHaveLength(6);
  });

  it("gives whole days, the oldest first, in tiny pages", async () => {
    const { usage } = bench().store;
    const days = [0, 1, 2, 3, 4];
    for (const day of [...days].reverse()) await usage.put({ ...FILE, id: `of ${day}` }, [record(day * 24)], at(120));
    expect((await all()).map(({ hour }) => hour)).toEqual(days.map((day) => at(day * 24)));
    expect((await all(at(24), at(48))).map(({ hour }) => hour)).toEqual([at(24), at(48)]);
    expect((await all(at(24.5), at(48.2))).map(({ hour }) => hour)).toEqual([at(24), at(48)]);
  });

  it("takes an object with more than a row holds", async () => {
    const { usage } = bench().store;
    const many = names(100).map((name) => record(0, { action: name }));
    await usage.put(FILE, many, at(5));
    await usage.put(FILE, many, at(6));
    expect(new Set((await all()).map(({ action }) => action)).size).toBe(100);
    expect(await all()).toHaveLength(100);
  });

  it("knows between when its records lie: of all, and of one credential", async () => {
    const { usage } = bench().store;
    expect([await usage.span(), await usage.span(ID)]).toEqual([undefined, undefined]);
    await usage.put(FILE, [record(5)], at(9));
    await usage.put({ ...FILE, id: "older" }, [record(2, { credential: OTHER })], at(9));
    await usage.put({ ...FILE, id: "same" }, [record(4)], at(9));
    expect(await usage.span()).toEqual({ first: at(2), last: at(5) });
    expect((await usage.span(ID))?.first).toBe(at(4));
  });

  it("is made whole by the same object again, wherever it was killed before", async () => {
    const { table, store, over } = bench();
    const records = names(5).map((name, n) => record(n * 24, { action: name }));
    for (let before = 0; before < 9; before += 1) {
      const dead = over(dying(table, before)).usage.put(FILE, records, at(130));
      await dead.catch((error: Error) => expect(error.message).toBe("killed"));
    }
    await store.usage.put(FILE, records, at(131));
    expect((await all()).map(({ action, count }) => [action, count])).toEqual(names(5).map((name) => [name, 3]));
  });

  it("keeps ninety days, and forgets what is older where the table does not do it by itself", async () => {
    const { store, over, table } = bench();
    const { forgets: _, ...plain } = table;
    const lasting = over({ ...plain }).usage;
    const now = at(24 * 200);
    await store.usage.put({ ...FILE, id: "old" }, [record(24 * 100)], at(24 * 100));
    await store.usage.put({ ...FILE, id: "of ninety days ago" }, [record(24 * 110)], at(24 * 110));
    await lasting.put({ ...FILE, id: "new" }, [record(24 * 199)], now);
    expect((await all(at(0), now)).map(({ hour }) => hour)).toEqual([at(24 * 110), at(24 * 199)]);
  });
}
