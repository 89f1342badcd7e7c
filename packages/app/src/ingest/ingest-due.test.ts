import { later } from "@leasehold/core/kernel";
import type { SubjectId } from "@leasehold/core/lineage";
import type { Signal } from "@leasehold/core/signal";
import { describe, expect, it } from "vitest";
import { type MemoryWorld, memoryWorld } from "../../../../test/support/memory-world.ts";
import {
  accessKey,
  byUser,
  hours,
  issuedKey,
  keyIs,
  oktaUser,
  person,
  seenKey,
} from "../../../../test/support/signals.ts";
import { ingest } from "./ingest.ts";
import { ingestDue } from "./ingest-due.ts";

const ADA = oktaUser("ada");
const KEY = accessKey();
const FAR = hours(99_999);

const live = (world: MemoryWorld, ...signals: Signal[]) =>
  ingest(world, signals, { live: true, recordedAt: world.now });
const imported = (world: MemoryWorld, ...signals: Signal[]) =>
  ingest(world, signals, { live: false, recordedAt: world.now });
const nodeOf = async (world: MemoryWorld, id: SubjectId) => (await world.graph.node(id))?.value;

/** A world that was installed a day before the first signal, two days ago. */
async function installed(): Promise<MemoryWorld> {
  const world = memoryWorld();
  await world.ledger.installed(hours(-24));
  world.pass(48);
  return world;
}

describe("a signal from the future", () => {
  const future = keyIs("deleted", FAR);

  it("wins no join before its time, and a finding says that it waits", async () => {
    const world = await installed();
    await live(world, issuedKey(byUser("ada")));
    for (let n = 0; n < 2; n += 1) expect(await live(world, future)).toMatchObject({ aside: 1, writes: 0 });
    await live(world, keyIs("disabled", hours(1)));
    expect((await nodeOf(world, KEY))?.subject.facts["state"]?.value).toBe("off");
    expect(await world.findings.of(KEY)).toMatchObject([{ kind: "dated in the future", facts: { until: FAR } }]);
    expect(await ingestDue(world, world.now)).toEqual([]);
  });

  it("joins when its time comes, as it was delivered, and the finding is over", async () => {
    const world = await installed();
    await live(world, issuedKey(byUser("ada")), future);
    world.now = FAR;
    expect(await ingestDue(world, world.now)).toEqual([KEY]);
    expect(await nodeOf(world, KEY)).toMatchObject({ pending: [{ kind: "credential.changed" }] });
    expect((await nodeOf(world, KEY))?.subject.facts["state"]?.value).toBe("deleted");
    expect(await world.findings.of(KEY)).toEqual([]);
    expect(await world.later.due(FAR)).toEqual([]);
  });

  it("that was imported stays an import", async () => {
    const world = await installed();
    await imported(world, person("left", "ada", FAR));
    world.now = FAR;
    expect(await ingestDue(world, world.now)).toEqual([]);
    expect((await nodeOf(world, ADA))?.subject.facts["standing"]?.value).toBe("departed");
  });

  it("is one whose last use lies in the future too: that date would win every later one", async () => {
    const world = await installed();
    expect(await live(world, seenKey({ lastUsed: FAR }))).toMatchObject({ aside: 1, subjects: 0 });
  });

  it("is not lost by a kill between joining and forgetting it", async () => {
    const world = await installed();
    await live(world, issuedKey(byUser("ada")), future);
    world.now = FAR;
    for (const dies of ["graph.put", "findings.close", "later.clear"]) {
      world.hook = (call) => {
        if (call === dies) throw new Error("killed");
      };
      await expect(ingestDue(world, world.now)).rejects.toThrow("killed");
    }
    world.hook = () => {};
    await ingestDue(world, world.now);
    expect((await nodeOf(world, KEY))?.subject.facts["state"]?.value).toBe("deleted");
    expect(await world.later.due(FAR)).toEqual([]);
  });

  it("is not one that is a few minutes ahead: clocks differ", async () => {
    const world = await installed();
    expect(await live(world, keyIs("disabled", later(world.now, 0.1)))).toMatchObject({ aside: 0, writes: 1 });
  });
});
