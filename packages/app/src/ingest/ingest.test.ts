import { canonical, derivedId, Fault } from "@leasehold/core/kernel";
import { lineageOf, type SubjectId } from "@leasehold/core/lineage";
import type { Signal } from "@leasehold/core/signal";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyChains, anyHistory } from "../../../../test/support/histories.ts";
import { type MemoryWorld, memoryWorld, writesOf } from "../../../../test/support/memory-world.ts";
import { runs } from "../../../../test/support/runs.ts";
import {
  accessKey,
  byUser,
  hours,
  issuedKey,
  madeIdentity,
  oktaUser,
  person,
  role,
  seenKey,
  seenUser,
} from "../../../../test/support/signals.ts";
import { ingest } from "./ingest.ts";

const ADA = oktaUser("ada");
const KEY = accessKey();
const FAR = hours(99_999);

const live = (world: MemoryWorld, ...signals: Signal[]) =>
  ingest(world, signals, { live: true, recordedAt: world.now });
const nodeOf = async (world: MemoryWorld, id: SubjectId) => (await world.graph.node(id))?.value;

/** A world that was installed a day before the first signal, two days ago. */
async function installed(): Promise<MemoryWorld> {
  const world = memoryWorld();
  await world.ledger.installed(hours(-24));
  world.pass(48);
  return world;
}

describe("what comes into the graph", () => {
  it("a key and who issued it, once, and then nothing more however often it is told", async () => {
    const world = await installed();
    const signals = [issuedKey(byUser("ada")), madeIdentity("deploy", byUser("ada"))];
    await live(world, ...signals);
    const node = await nodeOf(world, KEY);
    expect(node?.owner).toMatchObject({ account: ADA, word: "likely", unforgeable: true });
    expect((await world.graph.ownedBy(ADA)).items).toEqual([KEY]);
    writesOf(world);

    world.pass(1_000);
    expect(await live(world, ...signals, ...signals)).toMatchObject({ writes: 0 });
    expect(writesOf(world).filter((call) => call !== "graph.join")).toEqual([]);
  });

  it("the archive first, so that what it has can always be joined again", async () => {
    const world = await installed();
    world.calls.length = 0;
    await live(world, issuedKey(byUser("ada")));
    expect(world.calls.indexOf("archive.append")).toBeLessThan(world.calls.indexOf("graph.put"));
    expect((await world.archive.read()).items).toMatchObject([{ signal: { kind: "credential.issued" } }]);
  });

  it("the second candidate, where there may be two", async () => {
    const world = await installed();
    await live(world, issuedKey(byUser("ada")), seenKey());
    expect((await world.graph.ownedBy(oktaUser("bob"))).items).toEqual([]);
    await live(world, madeIdentity("deploy", byUser("bob")));
    expect((await world.graph.ownedBy(oktaUser("bob"))).items).toEqual([KEY]);
    expect((await world.graph.ownedBy(ADA)).items).toEqual([KEY]);
  });

  it("an edge that only an older signal widens", async () => {
    const world = await installed();
    await live(world, seenKey({}, hours(0)));
    await live(world, seenKey({}, hours(-5)));
    expect(await world.graph.edges(role("deploy"), "holds")).toMatchObject([{ first: hours(-5), last: hours(0) }]);
  });
});

describe("who made the identity", () => {
  const made = madeIdentity("deploy", byUser("ada"));
  const key = issuedKey();
  it.each([
    ["known before the key", [[made], [key]]],
    ["known after the key", [[key], [made]]],
    ["known in the same delivery", [[key, made]]],
  ])("counts for the key, %s", async (_title, deliveries) => {
    const world = await installed();
    for (const signals of deliveries) await live(world, ...signals);
    expect((await nodeOf(world, KEY))?.owner).toMatchObject({ account: ADA, word: "likely" });
  });

  it("counts though the process died between the identity and the key: the next delivery mends it", async () => {
    const world = await installed();
    await live(world, key);
    world.hook = (call, [node]) => {
      const { subject } = (node ?? {}) as { subject?: { id: string } };
      if (call === "graph.put" && subject?.id === KEY) throw new Error("killed");
    };
    await expect(live(world, made)).rejects.toThrow("killed");
    world.hook = () => {};
    expect((await nodeOf(world, KEY))?.owner).toBeUndefined();
    await live(world, made);
    expect((await nodeOf(world, KEY))?.owner).toMatchObject({ account: ADA });
    writesOf(world);
    expect(await live(world, made)).toMatchObject({ writes: 0 });
  });

  it("counts though both are written at the same moment", async () => {
    const world = await installed();
    let once = true;
    world.hook = async (call, [node]) => {
      const { subject } = (node ?? {}) as { subject?: { id: string } };
      if (call !== "graph.put" || subject?.id !== KEY || !once) return;
      once = false;
      await live(world, made); // after the key's writer looked for the maker, before it wrote
    };
    await live(world, key);
    expect((await nodeOf(world, KEY))?.owner).toMatchObject({ account: ADA });
  });
});

describe("two who write at once", () => {
  it("lose nothing of either", async () => {
    const world = await installed();
    let once = true;
    world.hook = async (call) => {
      if (call !== "graph.put" || !once) return;
      once = false;
      await live(world, seenUser("ada", { team: "search" }, hours(1)));
    };
    await live(world, person("joined", "ada"));
    expect((await nodeOf(world, ADA))?.subject.facts).toMatchObject({
      joined: { value: "yes" },
      team: { value: "search" },
    });
  });

  it("give up with a Conflict when it moves each time", async () => {
    const world = await installed();
    world.hook = (call) => {
      if (call === "graph.put") throw new Fault("Conflict", "it moved since it was read");
    };
    await expect(live(world, person("joined", "ada"))).rejects.toMatchObject({
      name: "Conflict",
      facts: { what: ADA },
    });
    expect(world.calls.filter((call) => call === "graph.put")).toHaveLength(8);
  });

  it("stop at once at any other fault", async () => {
    const world = await installed();
    world.hook = (call) => {
      if (call === "graph.put") throw new Fault("StoreFull", "the store could not be written");
    };
    await expect(live(world, person("joined", "ada"))).rejects.toMatchObject({ name: "StoreFull" });
    expect(world.calls.filter((call) => call === "graph.put")).toHaveLength(1);
  });
});

it.each([
  ["any history", anyHistory],
  ["chains of sessions", anyChains],
])(
  "the store holds the very graph that the signals of %s make, in any order, in any batches, delivered twice",
  async (_title, history) => {
    await fc.assert(
      fc.asyncProperty(history, fc.integer({ min: 1, max: 4 }), async ({ signals, again }, size) => {
        const world = memoryWorld();
        for (let from = 0; from < again.length; from += size)
          await ingest(world, again.slice(from, from + size), { live: from % 2 === 0, recordedAt: FAR });
        const whole = lineageOf(signals);
        for (const subject of whole.subjects)
          expect(canonical((await nodeOf(world, subject.id))?.subject)).toBe(canonical(subject));
        for (const edge of whole.edges)
          expect(canonical((await world.graph.edges(edge.from, edge.rel)).find(({ to }) => to === edge.to))).toBe(
            canonical(edge),
          );
      }),
      runs(60, 1 / 40),
    );
  },
);

it.each(Array.from({ length: 20 }, (_, n) => n))(
  "a kill before call %d loses nothing: the next delivery brings the same graph, and what must be said",
  async (diesAt) => {
    const signals = [
      issuedKey(byUser("ada")),
      madeIdentity("deploy", byUser("ada")),
      person("left", "ada"),
      seenUser("bob"),
    ];
    const world = await installed();
    let call = 0;
    world.hook = () => {
      if (call++ === diesAt) throw new Error("killed");
    };
    await live(world, ...signals).catch(() => {});
    world.hook = () => {};
    await live(world, ...signals);
    for (const subject of lineageOf(signals).subjects)
      expect(canonical((await nodeOf(world, subject.id))?.subject)).toBe(canonical(subject));
    expect((await world.graph.pending()).items).toEqual([ADA]);
  },
);

it("makes no subject that no signal named", async () => {
  const world = await installed();
  await live(world, issuedKey(byUser("ada")));
  expect(await nodeOf(world, ADA)).toBeUndefined();
  expect(await nodeOf(world, derivedId("crd", "aws", "other"))).toBeUndefined();
});
