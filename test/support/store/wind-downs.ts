import type { Store, Stored } from "@leasehold/app/world";
import { broken } from "@leasehold/core/trail";
import { record } from "@leasehold/core/winddown";
import { type Op, put } from "@leasehold/store/table";
import { expect, it } from "vitest";
import { type Bench, walk } from "../store-contract.ts";
import { aCredential, anIntent, aReceipt, at, aWindDown, credential, draft, names, WDC } from "../store-fixtures.ts";

const ID = credential("key");

/** A credential with an open wind-down. */
async function begun(
  { graph, windDowns }: Store,
  id: typeof WDC | `wdc_${string}` = WDC,
  name = "key",
): Promise<Stored> {
  if (!(await graph.node(credential(name)))) await graph.put(aCredential(name), 0);
  const node = await graph.node(credential(name));
  if (node) await windDowns.open(aWindDown(id, name), node, draft("wind-down.opened"));
  return stored(await windDowns.get(id));
}

function stored(it: Stored | undefined): Stored {
  if (it === undefined) throw new Error("not there");
  return it;
}

async function whole({ trails, windDowns }: Store): Promise<number> {
  const { head } = stored(await windDowns.get(WDC));
  const entries = await trails.entries(WDC);
  expect(broken(WDC, entries, head)).toBeUndefined();
  return entries.length;
}

export function windDownsPart(bench: () => Bench): void {
  it("lives a whole life, with a whole trail, and leaves its credential free", async () => {
    const { store } = bench();
    const { windDowns, graph, ledger } = store;
    const opened = await begun(store);
    expect(opened).toMatchObject({ version: 1, head: { n: 1 } });
    expect(opened.windDown).toEqual(aWindDown(WDC, "key"));
    expect((await graph.node(ID))?.value.windDown).toBe(WDC);

    const window = { value: { buckets: [{ from: at(72), credentials: 1 }] }, version: 0 };
    const intended = await windDowns.intend(opened, anIntent(ID), draft("intent.opened"), window);
    expect(intended.open).toMatchObject({ key: `${WDC}/2/disabled`, version: 2 });
    expect(await windDowns.get(WDC)).toEqual(intended);
    expect(await ledger.brake()).toEqual({ value: window.value, version: 1 });

    const done = record(intended.windDown, { kind: "descended", to: "disabled", receipt: aReceipt(ID), at: at(72) });
    const acted = await windDowns.close(intended, done, draft("credential.disabled"));
    expect(acted).toMatchObject({ version: 3, open: undefined, windDown: { rung: "disabled" } });

    const node = await graph.node(ID);
    const closed = { ...acted.windDown, closed: { as: "bottom", at: at(99) } } as const;
    await windDowns.change(acted, closed, draft("wind-down.closed"), node && { node });
    expect(await graph.node(ID)).toMatchObject({ version: 3 });
    expect((await graph.node(ID))?.value.windDown).toBeUndefined();
    expect((await windDowns.listOpen()).items).toEqual([]);
    expect(await whole(store)).toBe(4);
    await begun(store, "wdc_second");
    expect((await graph.node(ID))?.value.windDown).toBe("wdc_second");
  });

  it("opens one where two would: the second finds the first", async () => {
    const { store } = bench();
    await store.graph.put(aCredential("key"), 0);
    const node = await store.graph.node(ID);
    if (node === undefined) throw new Error("not there");
    const open = (id: `wdc_${string}`, version = node.version) =>
      store.windDowns.open(aWindDown(id, "key"), { ...node, version }, draft("wind-down.opened"));
    const tried = await Promise.allSettled([open("wdc_a"), open("wdc_b"), open("wdc_c")]);
    expect(tried.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(tried.filter((one) => one.status === "rejected").map((one) => one.reason.name)).toEqual([
      "Conflict",
      "Conflict",
    ]);
    const after = await store.graph.node(ID);
    expect((await store.windDowns.listOpen()).items).toEqual([after?.value.windDown]);
    if (after)
      await expect(store.windDowns.open(aWindDown("wdc_d", "key"), after, draft("x"))).rejects.toMatchObject({
        name: "Conflict",
      });
    expect(await store.windDowns.get("wdc_d")).toBeUndefined();
  });

  it("opens none under a name that exists, and leaves the node alone", async () => {
    const { store } = bench();
    await begun(store);
    await store.graph.put(aCredential("other"), 0);
    const other = await store.graph.node(credential("other"));
    if (other)
      await expect(store.windDowns.open(aWindDown(WDC, "other"), other, draft("x"))).rejects.toMatchObject({
        name: "Conflict",
      });
    expect((await store.graph.node(credential("other")))?.value.windDown).toBeUndefined();
    expect(await whole(store)).toBe(1);
  });

  it("gives one of two intents its number, and refuses a second beside it", async () => {
    const { store } = bench();
    const { windDowns } = store;
    const from = await begun(store);
    const intend = (it: Stored) => windDowns.intend(it, anIntent(ID), draft("intent.opened"));
    const tried = await Promise.allSettled([intend(from), intend(from)]);
    expect(tried.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(intend(stored(await windDowns.get(WDC)))).rejects.toMatchObject({ name: "Conflict" });
    expect(stored(await windDowns.get(WDC)).open?.key).toBe(`${WDC}/2/disabled`);
    expect(await whole(store)).toBe(2);
  });

  it("never gives a number twice", async () => {
    const { store } = bench();
    let it = await begun(store);
    const keys = new Set<string>();
    for (let n = 0; n < 4; n += 1) {
      it = await store.windDowns.intend(it, anIntent(ID), draft("intent.opened"));
      keys.add(it.open?.key ?? "");
      it = await store.windDowns.close(it, it.windDown, draft("intent.withdrawn"));
    }
    expect(keys.size).toBe(4);
    expect(it.version).toBe(9);
  });

  it("gives the brake's last place to one of two", async () => {
    const { store } = bench();
    const both = [await begun(store), await begun(store, "wdc_other", "other")];
    const window = { value: { buckets: [{ from: at(0), credentials: 50 }] }, version: 0 };
    const tried = await Promise.allSettled(
      both.map((it) => store.windDowns.intend(it, anIntent(it.windDown.credential), draft("intent.opened"), window)),
    );
    expect(tried.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const open = await Promise.all(
      ([WDC, "wdc_other"] as const).map(async (id) => (await store.windDowns.get(id))?.open),
    );
    expect(open.filter((it) => it !== undefined)).toHaveLength(1);
  });

  it("keeps an intent open through an answer, and closes only that very one", async () => {
    const { store } = bench();
    const { windDowns } = store;
    const intended = await windDowns.intend(await begun(store), anIntent(ID), draft("intent.opened"));
    const held = { ...intended.windDown, answer: { kind: "hold", until: at(99), at: "flagged" } } as const;
    const answered = await windDowns.change(intended, held, draft("hold.given"));
    expect(answered.open?.key).toBe(`${WDC}/2/disabled`);
    await expect(windDowns.close(intended, intended.windDown, draft("x"))).rejects.toMatchObject({ name: "Conflict" });
    const other = { ...answered, open: { ...answered.open, key: `${WDC}/1/disabled` } as NonNullable<Stored["open"]> };
    await expect(windDowns.close(other, held, draft("x"))).rejects.toMatchObject({ name: "Conflict" });
    const closed = await windDowns.close(answered, held, draft("intent.withdrawn"));
    await expect(windDowns.close(closed, held, draft("x"))).rejects.toMatchObject({ name: "Conflict" });
    expect(await whole(store)).toBe(4);
  });

  it("raises the version with every write, and loses none of those who race", async () => {
    const { store } = bench();
    await begun(store);
    const change = async (): Promise<void> => {
      const from = stored(await store.windDowns.get(WDC));
      const to = { ...from.windDown, tried: [...from.windDown.tried, `acc_${from.version}`] } as const;
      await store.windDowns.change(from, to, draft("custodian.tried")).catch((fault) => {
        expect(fault).toMatchObject({ name: "Conflict" });
        return change();
      });
    };
    await Promise.all(Array.from({ length: 12 }, change));
    const after = stored(await store.windDowns.get(WDC));
    expect(after.version).toBe(13);
    expect(after.windDown.tried).toHaveLength(1 + 12);
    expect(await whole(store)).toBe(13);
  });

  it("writes nothing over a version or an entry that came between its read and its write", async () => {
    const { store, over, table } = bench();
    const from = await begun(store);
    const meddled = (op: Op) => over({ ...table, write: (ops) => table.write([op]).then(() => table.write(ops)) });
    const story = await table.get({ pk: WDC, sk: "story" });
    if (story === undefined) throw new Error("not there");
    const raised = meddled(put({ ...story, v: 2 }));
    await expect(raised.windDowns.change(from, from.windDown, draft("x"))).rejects.toMatchObject({ name: "Conflict" });
    await table.write([put(story)]);
    const entered = meddled(put({ pk: WDC, sk: "entry#000000002", v: 1, data: { somebody: "else" } }));
    await expect(entered.windDowns.change(from, from.windDown, draft("x"))).rejects.toMatchObject({ name: "Conflict" });
    expect(await store.windDowns.get(WDC)).toEqual(from);
  });

  it("refuses a change of what is not there", async () => {
    const { store } = bench();
    const from = await begun(store);
    const elsewhere = { ...from, windDown: { ...from.windDown, id: "wdc_none" as const } };
    await expect(store.windDowns.change(elsewhere, elsewhere.windDown, draft("x"))).rejects.toMatchObject({
      name: "Conflict",
    });
    expect(await store.windDowns.get("wdc_none")).toBeUndefined();
  });

  it("changes the node in the same write or not at all", async () => {
    const { store } = bench();
    const from = await begun(store);
    const node = await store.graph.node(ID);
    if (node === undefined) throw new Error("not there");
    const stale = { value: { ...node.value, contested: at(1) }, version: node.version - 1 };
    await expect(store.windDowns.change(from, from.windDown, draft("x"), { node: stale })).rejects.toMatchObject({
      name: "Conflict",
    });
    expect(await store.windDowns.get(WDC)).toEqual(from);
    await store.windDowns.change(from, from.windDown, draft("x"), { node: { ...stale, version: node.version } });
    expect((await store.graph.node(ID))?.value).toMatchObject({ contested: at(1), windDown: WDC });
    expect(await whole(store)).toBe(2);
  });

  it("lists the open ones once, in tiny pages", async () => {
    const { store, tiny } = bench();
    for (const name of names(5)) await begun(store, `wdc_${name}`, name);
    const first = stored(await store.windDowns.get("wdc_n00"));
    await store.windDowns.change(first, { ...first.windDown, closed: { as: "kept", at: at(1) } }, draft("x"));
    const { items } = await walk((cursor) => tiny.windDowns.listOpen(cursor));
    expect(items).toEqual(["wdc_n01", "wdc_n02", "wdc_n03", "wdc_n04"]);
    await expect(store.windDowns.listOpen("junk")).rejects.toMatchObject({ name: "BadInput" });
  });
}
