import type { Edge, Node, SubjectId } from "@leasehold/core/lineage";
import type { Table } from "@leasehold/store/table";
import fc from "fast-check";
import { expect, it } from "vitest";
import { type Bench, walk } from "../store-contract.ts";
import { aCredential, account, anAccount, anEdge, at, credential, names } from "../store-fixtures.ts";

const ADA = account("ada");
const GRACE = account("grace");

export function graphPart(bench: () => Bench): void {
  it("gives back a node as it was put, under the version that the write made", async () => {
    const { graph } = bench().store;
    const node = aCredential("key");
    expect(await graph.node(node.subject.id)).toBeUndefined();
    await graph.put(node, 0);
    expect(await graph.node(node.subject.id)).toEqual({ value: node, version: 1 });
    await graph.put(node, 1);
    expect((await graph.node(node.subject.id))?.version).toBe(2);
  });

  it("glances at a node as it is or was, asks the table for no more, and reads everything else as it is", async () => {
    const { over, table } = bench();
    const asked: unknown[] = [];
    const get: Table["get"] = (key, how) => {
      asked.push([key.sk, how]);
      return table.get(key, how);
    };
    const { graph } = over({ ...table, get });
    expect(await graph.glance(credential("key"))).toBeUndefined();
    await graph.put(aCredential("key"), 0, [anEdge(credential("key"))]);
    const now = { value: aCredential("key"), version: 1 };
    expect([undefined, now]).toContainEqual(await graph.glance(credential("key")));
    expect(await graph.node(credential("key"))).toEqual(now);
    await graph.clear(credential("key"), []);
    expect(asked).toEqual([
      ["node", "may lag"],
      [expect.stringMatching(/^edge#/), "may lag"],
      ["node", "may lag"],
      ["node", undefined],
      ["node", undefined],
    ]);
  });

  it("refuses a put under a version that has moved", async () => {
    const { graph } = bench().store;
    await graph.put(aCredential("key"), 0);
    for (const stale of [0, 2])
      await expect(graph.put(aCredential("key"), stale)).rejects.toMatchObject({ name: "Conflict" });
    expect((await graph.node(credential("key")))?.version).toBe(1);
  });

  it("joins edges in any order and repetition to the same", async () => {
    const { graph } = bench().store;
    let n = 0;
    const when = fc.integer({ min: 0, max: 50 }).map(at);
    const said = fc.record({ first: when, last: when, retracted: fc.option(when, { nil: undefined }) });
    await fc.assert(
      fc.asyncProperty(fc.array(said, { minLength: 1, maxLength: 6 }), async (all) => {
        n += 1;
        const from = `idn_${n}`;
        for (const one of all) await graph.join([anEdge("crd_1", { ...one, from })]);
        await graph.join([...all.toReversed(), ...all].map((one) => anEdge("crd_1", { ...one, from })));
        const retracted = all
          .flatMap((one) => one.retracted ?? [])
          .sort()
          .at(-1);
        const first = all.map((one) => one.first).sort()[0];
        const last = all
          .map((one) => one.last)
          .sort()
          .at(-1);
        expect(await graph.edges(from, "holds")).toEqual([
          { from, rel: "holds", to: "crd_1", first, last, ...(retracted && { retracted }) },
        ]);
      }),
      { numRuns: 15 },
    );
  });

  it("writes an edge only where that changes it", async () => {
    const { over, table, store } = bench();
    const writes: unknown[] = [];
    const counting = over({ ...table, write: (ops) => table.write(ops).then(() => void writes.push(...ops)) });
    const edge = anEdge(credential("key"));
    expect(await counting.graph.join([edge, edge])).toBe(1);
    expect(await counting.graph.join([edge])).toBe(0);
    expect(writes).toHaveLength(1);
    expect(await counting.graph.join([{ ...edge, last: at(1) }, edge, { ...edge, from: "idn_2" }])).toBe(2);
    writes.pop();
    expect(writes).toHaveLength(2);
    expect(await store.graph.edges(edge.from, "holds")).toMatchObject([{ first: at(0), last: at(1) }]);
  });

  it("loses nothing of an edge to a glance that comes too early, and writes nothing where it has it already", async () => {
    const { over, store, table } = bench();
    const edge = anEdge(credential("key"), { first: at(-9), last: at(0) });
    const blind = over({ ...table, get: async (key, how) => (how === undefined ? table.get(key) : undefined) });
    await store.graph.join([edge]);
    const early = await table.get({ pk: edge.from, sk: `edge#holds#${edge.to}` });
    await store.graph.join([{ ...edge, last: at(9) }]);
    expect(await blind.graph.join([edge])).toBe(0);
    expect(await blind.graph.join([{ ...edge, first: at(-20) }])).toBe(1);
    expect(await store.graph.edges(edge.from, "holds")).toMatchObject([{ first: at(-20), last: at(9) }]);
    const behind = over({ ...table, get: async (key, how) => (how === undefined ? table.get(key) : early) });
    expect(await behind.graph.join([edge])).toBe(0);
    expect(await store.graph.edges(edge.from, "holds")).toMatchObject([{ first: at(-20), last: at(9) }]);
  });

  it("loses no edge of many who join at once", async () => {
    const { graph } = bench().store;
    const edges = names(10).map((_, n) => anEdge(credential("key"), { last: at(n), from: "idn_1", first: at(n - 9) }));
    await Promise.all(edges.map((edge) => graph.join([edge])));
    expect(await graph.edges("idn_1", "holds")).toMatchObject([{ first: at(-9), last: at(9) }]);
  });

  it("has the edges before the node, so that a kill between them is mended by the next delivery", async () => {
    const { over, table, store } = bench();
    const nodeless = over({
      ...table,
      write: (ops) =>
        ops.some((op) => op.do === "put" && op.row.sk === "node")
          ? Promise.reject(new Error("killed"))
          : table.write(ops),
    });
    const edge = anEdge(credential("key"));
    await expect(nodeless.graph.put(aCredential("key"), 0, [edge])).rejects.toThrow("killed");
    expect(await store.graph.node(credential("key"))).toBeUndefined();
    expect(await store.graph.edges(edge.from, "holds")).toMatchObject([{ to: edge.to }]);
  });

  it("names the siblings on an identity, of that relation alone, and of odd names too", async () => {
    const { graph } = bench().tiny;
    const odd = ["", "x".repeat(2000), "a#b/c ü"];
    await graph.join([...odd, ...names(3)].map((to) => anEdge(to, { from: "idn_1" })));
    await graph.join([
      anEdge("other", { from: "idn_1", rel: "same-as" }),
      anEdge("other", { from: "idn_2" }),
      anEdge("y", { from: "" }),
    ]);
    const held = await graph.edges("idn_1", "holds");
    expect(new Set(held.map(({ to }: Edge) => to))).toEqual(new Set([...odd, ...names(3)]));
    expect(await graph.edges("", "holds")).toMatchObject([{ to: "y" }]);
  });

  it("lists what an account owns, and follows the owner", async () => {
    const { graph } = bench().tiny;
    for (const name of names(5)) await graph.put(aCredential(name, ADA), 0);
    await graph.put(aCredential("n00", GRACE), 1);
    await graph.put(aCredential("n01", null), 1);
    const owned = async (of = ADA) => (await walk((cursor) => graph.ownedBy(of, cursor))).items.sort();
    expect(await owned()).toEqual(["n02", "n03", "n04"].map(credential).sort());
    expect(await owned(GRACE)).toEqual([credential("n00")]);
    const { items } = await walk((cursor) => graph.unowned(cursor));
    expect(items).toContain(credential("n01"));
    expect(items).not.toContain(credential("n02"));
  });

  it("lists a second candidate until it is none, and leaves them where nothing is said of them", async () => {
    const { graph } = bench().tiny;
    const owned = async (of = GRACE) => (await walk((cursor) => graph.ownedBy(of, cursor))).items;
    await graph.put(aCredential("key", ADA), 0, [], [GRACE, account("sam")]);
    expect(await owned()).toEqual([credential("key")]);
    await graph.put(aCredential("key", ADA), 1);
    expect(await owned()).toEqual([credential("key")]);
    await graph.put(aCredential("key", ADA), 2, [], [account("sam")]);
    expect(await owned()).toEqual([]);
    expect(await owned(account("sam"))).toEqual([credential("key")]);
    expect(await graph.candidates(credential("key"))).toEqual([account("sam")]);
    expect(await graph.candidates(credential("other"))).toEqual([]);
    expect((await graph.node(credential("key")))?.version).toBe(3);
  });

  it("names a credential once to an account that was a candidate and is now the owner", async () => {
    const { tiny, store } = bench();
    for (const [n, name] of names(5).entries())
      await store.graph.put(aCredential(name, ADA), 0, [], n % 2 === 0 ? [GRACE] : []);
    for (const name of names(5)) await store.graph.put(aCredential(name, GRACE), 1); // nothing said of candidates
    const { items } = await walk((cursor) => tiny.graph.ownedBy(GRACE, cursor));
    expect(items.sort()).toEqual(names(5).map(credential).sort());
  });

  it("writes the node and its candidates as one", async () => {
    const { graph } = bench().store;
    await graph.put(aCredential("key", ADA), 0);
    await expect(graph.put(aCredential("key", ADA), 0, [], [GRACE])).rejects.toMatchObject({ name: "Conflict" });
    expect((await graph.ownedBy(GRACE)).items).toEqual([]);
  });

  it("lists leavers by the date that was said, and not who came back", async () => {
    const { store, tiny } = bench();
    for (const [n, name] of names(5).entries()) await store.graph.put(anAccount(name, "departed", at(n)), 0);
    await store.graph.put(anAccount("ada"), 0);
    await store.graph.put(anAccount("n03", "active", at(9)), 1);
    const { items } = await walk((cursor) => tiny.graph.leavers(at(1), cursor));
    expect(items).toEqual(["n01", "n02", "n04"].map(account));
  });

  it("lists everything of a kind once, in tiny pages, while writes go on", async () => {
    const { store, tiny } = bench();
    for (const name of names(9)) {
      await store.graph.put(aCredential(name), 0, [anEdge(credential(name))]);
      await store.graph.put(anAccount(name), 0);
    }
    const meanwhile = async () => {
      const found = await store.graph.node(credential("n04"));
      await store.graph.put(aCredential("n04"), found?.version ?? 0);
    };
    const { items, pages } = await walk((cursor) => tiny.graph.list("credential", cursor), meanwhile);
    expect(items.map(({ value }) => value.subject.id).sort()).toEqual(names(9).map(credential).sort());
    expect(pages).toBeGreaterThan(4);
    expect((await walk((cursor) => tiny.graph.list("account", cursor))).items).toHaveLength(9);
    expect((await walk((cursor) => tiny.graph.list("identity", cursor))).items).toEqual([]);
  });

  it("lists what is pending once, in tiny pages, until it is cleared", async () => {
    const { store, tiny } = bench();
    for (const name of names(11)) await store.graph.put(said(aCredential(name), ["owner.changed", 1]), 0);
    await store.graph.put(aCredential("silent"), 0);
    const { items } = await walk((cursor) => tiny.graph.pending(cursor));
    expect(items.sort()).toEqual(names(11).map(credential).sort());
    for (const id of items) await store.graph.clear(id, [{ kind: "owner.changed", version: 1 }]);
    expect((await walk((cursor) => tiny.graph.pending(cursor))).items).toEqual([]);
  });

  it("clears these, and nothing written since", async () => {
    const { graph } = bench().store;
    const id = credential("key") as SubjectId;
    await graph.put(said(aCredential("key"), ["owner.changed", 1]), 0);
    await graph.put(said(aCredential("key"), ["owner.changed", 2], ["credential.exposed", 2]), 1);
    await graph.clear(id, [{ kind: "owner.changed", version: 1 }]);
    expect((await graph.node(id))?.value.pending).toHaveLength(2);
    await graph.clear(id, [{ kind: "owner.changed", version: 2 }]);
    expect(await graph.node(id)).toMatchObject({
      version: 3,
      value: { pending: [{ kind: "credential.exposed", version: 2 }] },
    });
    await graph.clear(credential("nobody"), [{ kind: "owner.changed", version: 1 }]);
  });

  it("clears only what it was told even while others write", async () => {
    const { over, store, table } = bench();
    const id = credential("key");
    await store.graph.put(said(aCredential("key"), ["owner.changed", 1]), 0);
    let once = true;
    const racing = over({
      ...table,
      write: async (ops) => {
        if (once) {
          once = false;
          await store.graph.put(said(aCredential("key"), ["owner.changed", 1], ["credential.exposed", 2]), 1);
        }
        return table.write(ops);
      },
    });
    await racing.graph.clear(id, [{ kind: "owner.changed", version: 1 }]);
    expect((await store.graph.node(id))?.value.pending).toEqual([{ kind: "credential.exposed", version: 2 }]);
  });

  it("refuses a junk cursor of every list", async () => {
    const { graph } = bench().store;
    const cursor = "bm90IG91cnM";
    const lists = [
      graph.ownedBy(ADA, cursor),
      graph.unowned(cursor),
      graph.leavers(at(0), cursor),
      graph.list("account", cursor),
      graph.pending(cursor),
    ];
    for (const list of lists) await expect(list).rejects.toMatchObject({ name: "BadInput" });
    const beyond = Buffer.from(JSON.stringify(["pending", "99", ""])).toString("base64url");
    await expect(graph.pending(beyond)).rejects.toMatchObject({ name: "BadInput" });
  });
}

type Says = readonly [Node["pending"][number]["kind"], number];

const said = (node: Node, ...says: readonly Says[]): Node => ({
  ...node,
  pending: says.map(([kind, version]) => ({ kind, version })),
});
