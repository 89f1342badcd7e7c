import { emailAccount, type SubjectId } from "@leasehold/core/lineage";
import type { Signal } from "@leasehold/core/signal";
import { describe, expect, it } from "vitest";
import { type MemoryWorld, memoryWorld } from "../../../../test/support/memory-world.ts";
import {
  accessKey,
  byUser,
  hours,
  inSession,
  issuedKey,
  keyIs,
  leaked,
  madeIdentity,
  oktaUser,
  person,
  seenKey,
  seenUser,
} from "../../../../test/support/signals.ts";
import { ingest } from "./ingest.ts";

const ADA = oktaUser("ada");
const KEY = accessKey();

const live = (world: MemoryWorld, ...signals: Signal[]) =>
  ingest(world, signals, { live: true, recordedAt: world.now });
const imported = (world: MemoryWorld, ...signals: Signal[]) =>
  ingest(world, signals, { live: false, recordedAt: world.now });
const nodeOf = async (world: MemoryWorld, id: SubjectId) => (await world.graph.node(id))?.value;
const pendingOf = async (world: MemoryWorld, id: SubjectId) =>
  (await nodeOf(world, id))?.pending.map(({ kind }) => kind);
const clear = async (world: MemoryWorld, id: SubjectId) =>
  world.graph.clear(id, (await nodeOf(world, id))?.pending ?? []);

/** A world that was installed a day before the first signal, two days ago. */
async function installed(): Promise<MemoryWorld> {
  const world = memoryWorld();
  await world.ledger.installed(hours(-24));
  world.pass(48);
  return world;
}

describe("a departure", () => {
  it("is to be announced when it is delivered, and once", async () => {
    const world = await installed();
    expect((await live(world, person("left", "ada"))).toAnnounce).toEqual([ADA]);
    expect(await nodeOf(world, ADA)).toMatchObject({
      announced: hours(0),
      pending: [{ kind: "person.left", version: 1 }],
    });
    await clear(world, ADA);
    await live(world, person("left", "ada"), seenUser("ada", { standing: "departed" }, hours(5)));
    expect(await pendingOf(world, ADA)).toEqual([]);
  });

  it("that was imported is not, until it is met live", async () => {
    const world = await installed();
    expect((await imported(world, person("left", "ada"))).toAnnounce).toEqual([]);
    expect(await nodeOf(world, ADA)).toMatchObject({ pending: [] });
    expect((await live(world, person("left", "ada"))).toAnnounce).toEqual([ADA]);
    expect((await live(world, person("left", "ada"))).writes).toBe(0);
  });

  it("that was imported is announced when a list meets it", async () => {
    const world = await installed();
    await imported(world, person("left", "ada"));
    world.pass(10);
    await live(world, seenUser("ada", { standing: "departed" }, world.now));
    expect(await pendingOf(world, ADA)).toEqual(["person.left"]);
  });

  it("from before the installation is reported, and never announced", async () => {
    const world = await installed();
    const old = person("left", "ada", hours(-25));
    for (let n = 0; n < 2; n += 1) expect(await live(world, old)).toMatchObject({ toAnnounce: [], reported: [ADA] });
  });

  it("that only a list tells, and only as of the look, is reported", async () => {
    const world = await installed();
    for (let n = 0; n < 3; n += 1) {
      const seen = seenUser("ada", { standing: "departed" }, world.now);
      expect(await live(world, seen)).toMatchObject({ toAnnounce: [], reported: [ADA] });
      await live(world, person("moved", "ada", world.now)); // says nothing about the standing
      await clear(world, ADA);
      world.pass(24);
    }
    await live(world, person("left", "ada", hours(1)));
    expect(await pendingOf(world, ADA)).toEqual(["person.left"]);
  });

  it("of somebody we knew is announced whoever tells it", async () => {
    const world = await installed();
    await live(world, seenUser("ada"));
    world.pass(24);
    await live(world, seenUser("ada", { standing: "departed" }, world.now));
    expect(await pendingOf(world, ADA)).toEqual(["person.left"]);
  });

  it("is one departure though an earlier word of it comes later", async () => {
    const world = await installed();
    await live(world, seenUser("ada", {}, hours(-1)), seenUser("ada", { standing: "departed" }, hours(9)));
    await clear(world, ADA);
    await live(world, person("left", "ada", hours(3)));
    expect(await pendingOf(world, ADA)).toEqual([]);
  });

  it("that is overtaken by a return is not announced when it comes late", async () => {
    const world = await installed();
    await live(world, person("reinstated", "ada", hours(5)));
    expect((await live(world, person("left", "ada", hours(1)))).toAnnounce).toEqual([]);
  });

  it("and the return from it are announced, and the next departure again", async () => {
    const world = await installed();
    await live(world, person("left", "ada", hours(1)));
    await clear(world, ADA);
    await live(world, person("reinstated", "ada", hours(5)));
    expect(await pendingOf(world, ADA)).toEqual(["person.reinstated"]);
    expect((await nodeOf(world, ADA))?.announced).toBeUndefined();
    await clear(world, ADA);
    expect((await live(world, person("reinstated", "ada", hours(5)))).writes).toBe(0);
    await live(world, person("left", "ada", hours(9)));
    expect(await pendingOf(world, ADA)).toEqual(["person.left"]);
  });

  it("is not ended by an older return", async () => {
    const world = await installed();
    await live(world, person("left", "ada", hours(5)));
    await clear(world, ADA);
    await live(world, person("reinstated", "ada", hours(1)));
    expect(await pendingOf(world, ADA)).toEqual([]);
    expect((await nodeOf(world, ADA))?.announced).toBe(hours(5));
  });

  it("a return that was imported ends it when it is met live", async () => {
    const world = await installed();
    await live(world, person("left", "ada", hours(1)));
    await clear(world, ADA);
    await imported(world, person("reinstated", "ada", hours(5)));
    expect(await pendingOf(world, ADA)).toEqual([]);
    await live(world, person("reinstated", "ada", hours(5)));
    expect(await pendingOf(world, ADA)).toEqual(["person.reinstated"]);
  });
});

describe("holds and moves", () => {
  it.each([
    ["held", "person.held"],
    ["moved", "person.moved"],
  ] as const)("%s is announced when delivered, once, and not when imported", async (change, kind) => {
    const world = await installed();
    await live(world, person(change, "ada"));
    expect(await pendingOf(world, ADA)).toEqual([kind]);
    await clear(world, ADA);
    expect((await live(world, person(change, "ada"))).writes).toBe(0);
    const other = await installed();
    expect((await imported(other, person(change, "ada"))).toAnnounce).toEqual([]);
  });

  it("a hold is over when the account is back", async () => {
    const world = await installed();
    await live(world, person("held", "ada"));
    await clear(world, ADA);
    await live(world, person("reinstated", "ada", hours(3)));
    expect(await pendingOf(world, ADA)).toEqual(["person.reinstated"]);
  });

  it("from before the installation say nothing", async () => {
    const world = await installed();
    await live(world, person("held", "ada", hours(-30)), person("moved", "ada", hours(-29)));
    expect(await pendingOf(world, ADA)).toEqual([]);
  });

  it("a suspended account that a list meets first is no hold; one that we knew active is", async () => {
    const world = await installed();
    await live(world, seenUser("ada", { standing: "suspended" }));
    expect(await pendingOf(world, ADA)).toEqual([]);
    await live(world, seenUser("bob"), seenUser("bob", { standing: "suspended" }, hours(2)));
    expect(await pendingOf(world, oktaUser("bob"))).toEqual(["person.held"]);
  });
});

describe("a credential", () => {
  it("that is new says nothing; one whose state changes does", async () => {
    const world = await installed();
    await live(world, issuedKey(byUser("ada")));
    expect(await pendingOf(world, KEY)).toEqual([]);
    await live(world, keyIs("disabled", hours(1)));
    expect(await pendingOf(world, KEY)).toEqual(["credential.changed"]);
    await clear(world, KEY);
    await imported(world, keyIs("restored", hours(2)));
    expect(await pendingOf(world, KEY)).toEqual([]);
  });

  it("that was switched off and on again between two looks says so; one that is only seen again does not", async () => {
    const world = await installed();
    await live(world, issuedKey(byUser("ada")));
    await live(world, seenKey({}, hours(1)));
    expect(await pendingOf(world, KEY)).toEqual([]);
    await live(world, keyIs("restored", hours(2)));
    expect(await pendingOf(world, KEY)).toEqual(["credential.changed"]);
  });

  it("that is exposed says so, once", async () => {
    const world = await installed();
    await live(world, keyIs("exposed"));
    expect(await pendingOf(world, KEY)).toEqual(["credential.exposed"]);
    await clear(world, KEY);
    expect((await live(world, keyIs("exposed"))).writes).toBe(0);
  });

  it("of an identity of which something leaked says so, also where it is heard of only then, and once", async () => {
    const world = await installed();
    await live(world, issuedKey(byUser("ada")));
    await live(world, leaked("deploy", hours(1)));
    expect(await pendingOf(world, KEY)).toEqual(["credential.exposed"]);
    await clear(world, KEY);
    expect((await live(world, leaked("deploy", hours(1)))).writes).toBe(0);
    await live(world, seenKey({ createdAt: hours(-2) }, hours(2), "AKIAI44QH8DHBEXAMPLE"));
    expect(await pendingOf(world, accessKey("AKIAI44QH8DHBEXAMPLE"))).toEqual(["credential.exposed"]);
    await live(world, issuedKey(byUser("ada"), hours(3), "AKIAIOSFODNN8EXAMPLE"));
    expect(await pendingOf(world, accessKey("AKIAIOSFODNN8EXAMPLE"))).toEqual([]);
  });

  it("says when it has another likely owner, and not when it has a possible one", async () => {
    const world = await installed();
    await live(world, seenKey());
    await live(world, madeIdentity("deploy", inSession("ASIA3EXAMPLE1234", "bob@example.com")));
    expect((await nodeOf(world, KEY))?.owner).toMatchObject({
      account: emailAccount("bob@example.com"),
      word: "possible",
    });
    expect(await pendingOf(world, KEY)).toEqual([]);
    await live(world, madeIdentity("deploy", byUser("ada"), hours(1)));
    expect(await pendingOf(world, KEY)).toContain("owner.changed");
    expect((await nodeOf(world, KEY))?.owner?.account).toBe(ADA);
  });

  it("keeps one pending of each kind, under the version of the last write", async () => {
    const world = await installed();
    await live(world, issuedKey(byUser("ada")));
    await live(world, keyIs("disabled", hours(1)));
    const first = (await nodeOf(world, KEY))!.pending;
    await live(world, keyIs("restored", hours(2)));
    const second = (await nodeOf(world, KEY))!.pending;
    expect([first.length, second.length]).toEqual([1, 1]);
    expect(second[0]!.version).toBeGreaterThan(first[0]!.version);
    await world.graph.clear(KEY, first);
    expect(await pendingOf(world, KEY)).toEqual(["credential.changed"]);
  });

  it("keeps what others wrote beside it", async () => {
    const world = await installed();
    await live(world, issuedKey(byUser("ada")));
    const found = (await world.graph.node(KEY))!;
    await world.graph.put({ ...found.value, windDown: "wdc_01", contested: hours(1) }, found.version);
    await live(world, keyIs("disabled", hours(1)));
    expect(await nodeOf(world, KEY)).toMatchObject({ windDown: "wdc_01", contested: hours(1) });
  });
});
