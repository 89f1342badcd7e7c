import { type AnnouncePorts, sweepPending } from "@leasehold/app/announce";
import type { Store } from "@leasehold/app/world";
import { found } from "@leasehold/core/finding";
import { expect, it } from "vitest";
import { type Bench, dying, walk } from "../store-contract.ts";
import {
  aCase,
  aCredential,
  account,
  anAccount,
  anIntent,
  at,
  aWindDown,
  CAS,
  credential,
  draft,
  names,
  WDC,
} from "../store-fixtures.ts";

const ID = credential("key");

async function begun({ graph, windDowns, cases }: Store): Promise<void> {
  await graph.put(anAccount("ada", "departed"), 0);
  const ada = await graph.node(account("ada"));
  if (ada) await cases.open(aCase("ada"), [ada], draft("case.opened"));
  await graph.put({ ...aCredential("key"), pending: [{ kind: "owner.changed", version: 1 }] }, 0);
  const node = await graph.node(ID);
  if (node) await windDowns.open(aWindDown(WDC, "key"), node, draft("wind-down.opened"));
}

/** Somebody writes while the bus is talking. */
async function answer({ windDowns }: Store): Promise<void> {
  const from = await windDowns.get(WDC);
  if (from?.version === 1) await windDowns.change(from, from.windDown, draft("custodian.tried"));
}

const SAID = [
  `${CAS}/1/0 case.opened`,
  `${ID}/1/owner.changed owner.changed`,
  `${WDC}/1/0 wind-down.changed`,
  `${WDC}/2/0 wind-down.changed`,
].sort();

function bus(store: Store, meanwhile: () => Promise<void> = async () => {}) {
  const said = new Set<string>();
  const world: AnnouncePorts = {
    ...store,
    log: () => {},
    publish: async (events) => {
      for (const { key, event } of events) said.add(`${key} ${event.type}`);
      await meanwhile();
      return events.map(({ key }) => key);
    },
  };
  return { world, said };
}

const silent = async ({ graph, outbox }: Store) => [
  ...(await walk(graph.pending)).items,
  ...(await walk(outbox.waiting)).items,
];

export function outboxPart(bench: () => Bench): void {
  it("says a finding that pages once for each time that it is found, and no other", async () => {
    const { findings, outbox } = bench().store;
    const alive = found("still alive", WDC, at(1), "Look at it.");
    const says = { type: "finding.raised", finding: alive.id, about: WDC };
    await findings.put(found("orphan credential", "crd_1", at(1), "Name an owner."));
    await findings.put(alive);
    await findings.put({ ...alive, at: at(2), remedy: "Look again." });
    expect((await outbox.waiting()).items).toEqual([alive.id]);
    expect(await outbox.of(alive.id)).toEqual([{ key: `${alive.id}/${at(1)}/0`, message: says }]);
    await outbox.clear(alive.id, [`${alive.id}/${at(2)}/0`]);
    expect(await outbox.of(alive.id)).toHaveLength(1);
    await outbox.clear(alive.id, [`${alive.id}/${at(1)}/0`]);
    expect((await outbox.waiting()).items).toEqual([]);
    await findings.put({ ...alive, at: at(3) });
    expect(await outbox.of(alive.id)).toEqual([]);
    await findings.close(alive.id);
    await findings.put({ ...alive, at: at(4) });
    expect(await outbox.of(alive.id)).toEqual([{ key: `${alive.id}/${at(4)}/0`, message: says }]);
    await findings.close(alive.id);
    expect((await outbox.waiting()).items).toEqual([]);
    expect(await outbox.of(alive.id)).toEqual([]);
  });

  it("says what wind-downs and cases left to be said, each under the key of its write", async () => {
    const { store } = bench();
    await begun(store);
    expect(await store.outbox.of(WDC)).toEqual([
      { key: `${WDC}/1/0`, message: { type: "wind-down.changed", windDown: WDC, case: CAS } },
    ]);
    expect(await store.outbox.of(CAS)).toEqual([{ key: `${CAS}/1/0`, message: { type: "case.opened", case: CAS } }]);
    expect([...(await store.outbox.waiting()).items].sort()).toEqual([CAS, WDC].sort());
    expect(await store.outbox.of("wdc_none")).toEqual([]);
    await expect(store.outbox.of("elsewhere")).rejects.toMatchObject({ name: "BadInput" });
  });

  it("loses nothing when killed between any two calls, and forgets nothing written meanwhile", async () => {
    const { store, over, table } = bench();
    await begun(store);
    const { world, said } = bus(store, () => answer(store));
    for (let before = 0; before < 40; before += 1) {
      const { graph, outbox } = over(dying(table, before));
      await sweepPending({ ...world, graph, outbox }).catch(() => {});
      await answer(store);
    }
    await sweepPending(world);
    expect([...said].sort()).toEqual(SAID);
    expect(await silent(store)).toEqual([]);
  });

  it.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 18, 20, 99])("killed once, before call %d", async (before) => {
    const { store, over, table } = bench();
    await begun(store);
    const { world, said } = bus(store, () => answer(store));
    const { graph, outbox } = over(dying(table, before));
    await sweepPending({ ...world, graph, outbox }).catch(() => {});
    await answer(store);
    await sweepPending(world);
    await sweepPending(world);
    expect([...said].sort()).toEqual(SAID);
    expect(await silent(store)).toEqual([]);
  });

  it("clears exactly these keys, and not what was written since", async () => {
    const { store } = bench();
    await begun(store);
    await answer(store);
    await store.outbox.clear(WDC, [`${WDC}/1/0`, `${WDC}/7/0`]);
    expect((await store.outbox.of(WDC)).map(({ key }) => key)).toEqual([`${WDC}/2/0`]);
    expect((await store.outbox.waiting()).items).toContain(WDC);
    await store.outbox.clear(WDC, [`${WDC}/2/0`]);
    expect((await store.outbox.waiting()).items).toEqual([CAS]);
  });

  it("does not raise the version by clearing: what was read may still be written on", async () => {
    const { store } = bench();
    await begun(store);
    const from = await store.windDowns.get(WDC);
    await store.outbox.clear(WDC, [`${WDC}/1/0`]);
    expect(await store.windDowns.get(WDC)).toEqual(from);
    await answer(store);
    expect((await store.outbox.of(WDC)).map(({ key }) => key)).toEqual([`${WDC}/2/0`]);
  });

  it("keeps a saying that was written between the read and the write of a clear", async () => {
    const { store, over, table } = bench();
    await begun(store);
    const { outbox } = over({ ...table, write: async (ops) => answer(store).then(() => table.write(ops)) });
    await outbox.clear(WDC, [`${WDC}/1/0`]);
    expect((await store.outbox.of(WDC)).map(({ key }) => key)).toEqual([`${WDC}/2/0`]);
  });

  it("keeps a saying through an intent, which says nothing itself", async () => {
    const { store } = bench();
    await begun(store);
    const from = await store.windDowns.get(WDC);

    if (from) await store.windDowns.intend(from, anIntent(ID), draft("intent.opened"));
    expect((await store.outbox.of(WDC)).map(({ key }) => key)).toEqual([`${WDC}/1/0`]);
  });

  it("names every subject once, in tiny pages", async () => {
    const { store, tiny } = bench();
    for (const name of names(7)) {
      await store.graph.put(aCredential(name), 0);
      const node = await store.graph.node(credential(name));
      if (node) await store.windDowns.open(aWindDown(`wdc_${name}`, name), node, draft("wind-down.opened"));
    }
    const { items } = await walk((cursor) => tiny.outbox.waiting(cursor));
    expect(items.sort()).toEqual(names(7).map((name) => `wdc_${name}`));
  });
}
