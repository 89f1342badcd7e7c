import type { Stored } from "@leasehold/app/world";
import { found } from "@leasehold/core/finding";
import { unavailable } from "@leasehold/core/kernel";
import { broken } from "@leasehold/core/trail";
import type { Table } from "@leasehold/store/table";
import { expect, it } from "vitest";
import { type Bench, walk } from "../store-contract.ts";
import {
  aCase,
  aCredential,
  account,
  aDecision,
  anAccount,
  aSignal,
  at,
  aWindDown,
  CAS,
  credential,
  draft,
  names,
  WDC,
} from "../store-fixtures.ts";

export function casesPart(bench: () => Bench): void {
  it("opens once for a person, however many of the accounts are named", async () => {
    const { store } = bench();
    const { graph, cases, trails } = store;
    for (const name of ["ada", "ada2"]) await graph.put(anAccount(name), 0);
    const nodes = async () =>
      (await Promise.all(["ada", "ada2"].map((name) => graph.node(account(name))))).flatMap((one) => one ?? []);
    await cases.open(aCase("ada"), await nodes(), draft("case.opened"));
    for (const { value } of await nodes()) expect(value.openCase).toBe(CAS);
    const second = { ...aCase("ada2"), id: "cas_second" } as const;
    await expect(cases.open(second, (await nodes()).slice(1), draft("x"))).rejects.toMatchObject({ name: "Conflict" });
    expect(await cases.get("cas_second")).toBeUndefined();

    const from = await cases.get(CAS);
    if (from === undefined) throw new Error("not there");
    await expect(cases.change({ ...from, version: 7 }, from.case, draft("x"))).rejects.toMatchObject({
      name: "Conflict",
    });
    const joined = await cases.change(from, { ...from.case, gate: "unread" }, draft("trigger.joined"));
    const done = { ...joined.case, status: "closed", closed: { at: at(9), because: "all ended" } } as const;
    await cases.change(joined, done, draft("case.closed"), await nodes());
    for (const { value } of await nodes()) expect(value.openCase).toBeUndefined();
    const after = await cases.get(CAS);
    expect(after).toMatchObject({ version: 3, case: { status: "closed" } });
    expect(broken(CAS, await trails.entries(CAS), after?.head ?? { n: 0, hash: "" })).toBeUndefined();
    expect((await store.outbox.of(CAS)).map(({ message }) => message.type)).toEqual([
      "case.opened",
      "case.changed",
      "case.changed",
    ]);
  });

  it("lists the open and the closed apart, in tiny pages", async () => {
    const { store, tiny } = bench();
    for (const name of names(5))
      await store.cases.open({ ...aCase(name), id: `cas_${name}` }, [], draft("case.opened"));
    const from = await store.cases.get("cas_n02");
    if (from) await store.cases.change(from, { ...from.case, status: "closed" }, draft("case.closed"));
    expect((await walk((cursor) => tiny.cases.list("open", cursor))).items).toEqual([
      "cas_n00",
      "cas_n01",
      "cas_n03",
      "cas_n04",
    ]);
    expect((await walk((cursor) => tiny.cases.list("closed", cursor))).items).toEqual(["cas_n02"]);
    await expect(store.cases.list("open", "junk")).rejects.toMatchObject({ name: "BadInput" });
  });

  it("has one trail, however many write at once", async () => {
    const { store } = bench();
    await store.cases.open(aCase("ada"), [], draft("case.opened"));
    const change = async (): Promise<void> => {
      const from = await store.cases.get(CAS);
      if (from) await store.cases.change(from, from.case, draft("item.added")).catch(change);
    };
    await Promise.all(Array.from({ length: 8 }, change));
    const after = await store.cases.get(CAS);
    expect(after?.version).toBe(9);
    expect(broken(CAS, await store.trails.entries(CAS), after?.head ?? { n: 0, hash: "" })).toBeUndefined();
  });

  it("finds decisions by id, by custodian and by case", async () => {
    const { store, tiny } = bench();
    for (const name of names(5)) await store.decisions.put(aDecision(name), 0);
    await store.decisions.put({ ...aDecision("n00"), case: "cas_other", id: "dec_other" }, 0);
    const first = aDecision("n00");
    await expect(store.decisions.put(first, 0)).rejects.toMatchObject({ name: "Conflict" });
    await store.decisions.put({ ...first, custodian: account("sam"), heard: ["click-1"] }, 1);
    expect(await store.decisions.get(first.id)).toMatchObject({ version: 2, value: { heard: ["click-1"] } });
    expect(await store.decisions.get("dec_none")).toBeUndefined();
    const { items } = await walk((cursor) => tiny.decisions.byCustodian(account("grace"), cursor));
    expect(items.sort()).toEqual(
      [
        ...names(5)
          .slice(1)
          .map((name) => aDecision(name).id),
        "dec_other",
      ].sort(),
    );
    const ofCase = await tiny.decisions.ofCase(CAS);
    expect(ofCase.map(({ value }) => value.id).sort()).toEqual(
      names(5)
        .map((name) => aDecision(name).id)
        .sort(),
    );
    expect(ofCase.find(({ value }) => value.id === first.id)?.version).toBe(2);
  });
}

export function waitsPart(bench: () => Bench): void {
  const begun = async ({ store }: Bench): Promise<Stored> => {
    await store.graph.put(aCredential("key"), 0);
    const node = await store.graph.node(credential("key"));
    if (node) await store.windDowns.open(aWindDown(WDC, "key"), node, draft("wind-down.opened"));
    const it = await store.windDowns.get(WDC);
    if (it === undefined) throw new Error("not there");
    return it;
  };
  const wait = (token: string) => ({ token, until: at(72) });

  it("is taken once, by one of many", async () => {
    const { waits } = bench().store;
    await begun(bench());
    expect(await waits.take(WDC)).toBeUndefined();
    await waits.register(WDC, 1, wait("one"));
    expect(await waits.get(WDC)).toEqual(wait("one"));
    const taken = await Promise.all([1, 2, 3, 4].map(() => waits.take(WDC)));
    expect(taken.filter((it) => it !== undefined)).toEqual([wait("one")]);
    expect(await waits.get(WDC)).toBeUndefined();
  });

  it("is refused where the subject moved since it was decided on, so that no answer is slept through", async () => {
    const { windDowns, waits } = bench().store;
    const from = await begun(bench());
    await windDowns.change(from, from.windDown, draft("answer.given"));
    await expect(waits.register(WDC, 1, wait("late"))).rejects.toMatchObject({ name: "Conflict" });
    expect(await waits.get(WDC)).toBeUndefined();
    await waits.register(WDC, 2, wait("now"));
    await expect(waits.register("wdc_none", 0, wait("x"))).rejects.toMatchObject({ name: "Conflict" });
  });

  it("is not refused because what was said has been cleared", async () => {
    const { outbox, waits } = bench().store;
    await begun(bench());
    await outbox.clear(WDC, [`${WDC}/1/0`]);
    await waits.register(WDC, 1, wait("one"));
    expect(await waits.take(WDC)).toEqual(wait("one"));
  });

  it("never takes a later wait for the one it read", async () => {
    const { store, over, table } = bench();
    await begun(bench());
    await store.waits.register(WDC, 1, wait("one"));
    let once = true;
    const slow = over({
      ...table,
      write: async (ops) => {
        if (once) {
          once = false;
          await store.waits.take(WDC);
          await store.waits.register(WDC, 1, wait("two"));
        }
        return table.write(ops);
      },
    });
    expect(await slow.waits.take(WDC)).toEqual(wait("two"));
    expect(await store.waits.take(WDC)).toBeUndefined();
  });
}

export function findingsPart(bench: () => Bench): void {
  const orphan = (about: string, hours: number, count = 1) =>
    found("orphan credential", about, at(hours), "Name an owner.", { count });

  it("is found again as the same, since the first time", async () => {
    const { findings } = bench().store;
    await Promise.all([findings.put(orphan("crd_1", 1)), findings.put(orphan("crd_1", 1))]);
    await findings.put(orphan("crd_1", 5, 2));
    await findings.put(found("still alive", "crd_1", at(6), "Look at it."));
    expect(await findings.of("crd_1")).toHaveLength(2);
    expect(await findings.of("crd_1")).toContainEqual({ ...orphan("crd_1", 5, 2), at: at(1) });
    expect(await findings.of("crd_2")).toEqual([]);
  });

  it("leaves every list when it is closed, and can be found anew", async () => {
    const { findings } = bench().store;
    await findings.put(orphan("crd_1", 1));
    await findings.close(orphan("crd_1", 1).id);
    await findings.close(orphan("crd_1", 1).id);
    expect(await findings.of("crd_1")).toEqual([]);
    expect((await findings.list()).items).toEqual([]);
    await findings.put(orphan("crd_1", 9));
    expect(await findings.of("crd_1")).toEqual([orphan("crd_1", 9)]);
  });

  it("lists all, oldest first, in tiny pages", async () => {
    const { store, tiny } = bench();
    for (const n of [3, 1, 4, 0, 2]) await store.findings.put(orphan(`crd_${n}`, n));
    const { items } = await walk((cursor) => tiny.findings.list(cursor));
    expect(items.map(({ about }) => about)).toEqual(["crd_0", "crd_1", "crd_2", "crd_3", "crd_4"]);
    await expect(store.findings.list("junk")).rejects.toMatchObject({ name: "BadInput" });
  });

  it("lists those found first since an instant, in tiny pages", async () => {
    const { store, tiny } = bench();
    for (const n of [3, 1, 4, 0, 2]) await store.findings.put(orphan(`crd_${n}`, n));
    await store.findings.put(orphan("crd_1", 9, 2)); // again: it is so since then
    const { items } = await walk((cursor) => tiny.findings.since(at(2), cursor));
    expect(items.map(({ about }) => about)).toEqual(["crd_2", "crd_3", "crd_4"]);
    expect((await store.findings.since(at(5))).items).toEqual([]);
  });
}

export function ledgerPart(bench: () => Bench): void {
  it("was installed when the first who asked says", async () => {
    const { ledger } = bench().store;
    const said = await Promise.all([1, 2, 3].map((n) => ledger.installed(at(n))));
    expect(new Set(said).size).toBe(1);
    expect(await ledger.installed(at(9))).toBe(said[0]);
  });

  it("reads when it was installed once in a process, and not before it could", async () => {
    const { over, table, store } = bench();
    let reads = 0;
    const get: Table["get"] = async (key, how) => {
      if (reads++ === 0) throw unavailable("table");
      return table.get(key, how);
    };
    const { ledger } = over({ ...table, get });
    await store.ledger.installed(at(1));
    await expect(ledger.installed(at(2))).rejects.toMatchObject({ name: "Unavailable" });
    for (const later of [3, 4]) expect(await ledger.installed(at(later))).toBe(at(1));
    expect(reads).toBe(2);
  });

  it("knows a delivery that it has taken in, and no other", async () => {
    const { ledger } = bench().store;
    expect(await ledger.seen("okta/1")).toBe(false);
    await ledger.see("okta/1", at(24));
    await ledger.see("okta/1", at(48));
    expect([await ledger.seen("okta/1"), await ledger.seen("okta/2")]).toEqual([true, false]);
  });

  it("keeps in which hours something came of each source, once an hour, whichever process heard it", async () => {
    const { store, tiny } = bench();
    await Promise.all([1, 1.1, 1.2].map((n) => store.ledger.hear("okta", at(n))));
    const [once, ...others] = await store.ledger.heartbeats();
    expect(others).toEqual([]);
    await tiny.ledger.hear("okta", at(1.5));
    expect(await store.ledger.heartbeats()).toEqual([once]);
    await tiny.ledger.hear("okta", at(3));
    await store.ledger.hear("github", at(2));
    expect((await tiny.ledger.heartbeats()).map(({ connector, first, last }) => [connector, first, last])).toEqual([
      ["github", at(2), at(2)],
      ["okta", once?.first, at(3)],
    ]);
  });

  it("keeps the newest coverage of each connector", async () => {
    const { ledger } = bench().tiny;
    const coverage = (connector: string, hours: number) => ({
      connector,
      whole: true,
      at: at(hours),
      seen: hours,
      active: 0,
    });
    await Promise.all([1, 2, 3].map((n) => ledger.cover(coverage("okta", n))));
    for (const name of names(3)) await ledger.cover(coverage(name, 1));
    await ledger.cover(coverage("okta", 2));
    expect(await ledger.coverage()).toEqual([...names(3).map((name) => coverage(name, 1)), coverage("okta", 3)]);
  });

  it("keeps of each connector the whole lists that the brake asks for, whatever part of a list says since", async () => {
    const { ledger } = bench().store;
    const cover = (n: number, active: number, whole = true) =>
      ledger.cover({ connector: "okta", whole, at: at(n), ended: at(n + 0.5), seen: 9, active });
    await cover(1, 100);
    await cover(3, 0);
    await cover(5, 90);
    await cover(7, 4, false);
    const [okta] = await ledger.coverage();
    expect(okta).toMatchObject({ at: at(7), whole: false });
    expect(okta?.lists).toEqual([
      { ended: at(1.5), active: 100 },
      { ended: at(5.5), active: 90 },
    ]);
  });

  it("has an empty brake before the first act", async () => {
    expect(await bench().store.ledger.brake()).toEqual({ value: { buckets: [] }, version: 0 });
  });

  it("gives back what was kept aside when its time has come, until it is cleared", async () => {
    const { later } = bench().store;
    const kept = (n: number) => ({ key: `k${n}`, signal: aSignal(`n${n}`), live: true, until: at(n) });
    for (const n of [3, 1, 2, 1]) await later.put(kept(n));
    expect(await later.due(at(0))).toEqual([]);
    expect(await later.due(at(2))).toEqual([kept(1), kept(2)]);
    await later.clear(["k1", "k1", "none"]);
    expect(await later.due(at(9))).toEqual([kept(2), kept(3)]);
  });
}

export function marksPart(bench: () => Bench): void {
  it("has for each source the mark that was made last", async () => {
    const { marks } = bench().store;
    const mark = (source: string, stamp: string) => ({
      source,
      stamp,
      at: at(1),
      notes: { state: "done", records: 7 },
    });
    expect(await marks.get("trail/a")).toBeUndefined();
    await marks.put(mark("trail/a", "1"));
    await Promise.all([marks.put(mark("trail/b", "1")), marks.put(mark("trail/a", "2"))]);
    expect(await marks.get("trail/a")).toEqual(mark("trail/a", "2"));
    expect(await marks.get("trail/b")).toEqual(mark("trail/b", "1"));
    expect(await marks.get("trail")).toBeUndefined();
  });
}

export function archivePart(bench: () => Bench): void {
  it("reads in the order of recording what was appended, each once", async () => {
    const { archive } = bench().store;
    const signals = names(30).map(aSignal);
    for (const [n, signal] of signals.entries()) await archive.append([signal, aSignal(`${n}-b`)], at(n));
    await archive.append([], at(99));
    const { items, pages } = await walk((cursor) => archive.read(cursor));
    expect(items).toEqual(
      signals.flatMap((signal, n) => [signal, aSignal(`${n}-b`)].map((one) => ({ signal: one, recordedAt: at(n) }))),
    );
    expect(pages).toBeGreaterThan(1);
  });

  it("keeps no field that a signal does not name", async () => {
    const { archive } = bench().store;
    const leaky = { ...aSignal("n"), secretAccessKey: "CANARY" };
    await expect(archive.append([leaky], at(0))).rejects.toMatchObject({ name: "BadInput" });
    expect((await archive.read()).items).toEqual([]);
  });

  it("refuses a junk cursor", async () => {
    await expect(bench().store.archive.read("junk")).rejects.toMatchObject({ name: "BadInput" });
  });
}
