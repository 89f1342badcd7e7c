import { canonical } from "@leasehold/core/kernel";
import type { SubjectId } from "@leasehold/core/lineage";
import type { Signal } from "@leasehold/core/signal";
import { beforeEach, describe, expect, it } from "vitest";
import { type MemoryWorld, memoryWorld } from "../../../../test/support/memory-world.ts";
import {
  accessKey,
  byUser,
  hours,
  issuedKey,
  keyIs,
  madeIdentity,
  oktaUser,
  person,
  role,
  seenKey,
} from "../../../../test/support/signals.ts";
import { ingest } from "./ingest.ts";

const ADA = oktaUser("ada");
const KEY = accessKey();
const DEPLOY = role("deploy");

const live = (world: MemoryWorld, ...signals: Signal[]) =>
  ingest(world, signals, { live: true, recordedAt: world.now });
const nodeOf = async (world: MemoryWorld, id: SubjectId) => (await world.graph.node(id))?.value;
const stateOf = async (world: MemoryWorld) => (await nodeOf(world, KEY))?.subject.facts["state"]?.value;

let world: MemoryWorld;
beforeEach(async () => {
  world = memoryWorld();
  await world.ledger.installed(hours(-24));
  world.pass(48);
});

/** The calls of the graph that one delivery makes, with what each is about. */
async function callsOf(...signals: Signal[]): Promise<readonly string[]> {
  const calls: string[] = [];
  const names = new Map<unknown, string>([
    [KEY, "key"],
    [DEPLOY, "identity"],
    [ADA, "person"],
  ]);
  world.hook = (call, [about]) => {
    if (!call.startsWith("graph.")) return;
    const { subject } = (about ?? {}) as { readonly subject?: { readonly id: string } };
    calls.push(`${call.slice("graph.".length)} ${names.get(subject?.id ?? about) ?? "edges"}`);
  };
  await live(world, ...signals);
  world.hook = () => {};
  return calls;
}

describe("what is seen again", () => {
  it("of a key's state is one glance", async () => {
    await live(world, issuedKey(byUser("ada")), keyIs("disabled", hours(1)));
    expect(await callsOf(keyIs("disabled", hours(1)))).toEqual(["glance key"]);
  });

  it("of a key reads its identity once, and glances at the rest", async () => {
    await live(world, issuedKey(byUser("ada")));
    expect(await callsOf(issuedKey(byUser("ada")))).toEqual(["node identity", "glance key", "join edges"]);
  });

  it("of an identity reads what it holds as it is, and glances at the rest", async () => {
    await live(world, issuedKey(), madeIdentity("deploy", byUser("ada")));
    const calls = await callsOf(madeIdentity("deploy", byUser("ada")));
    expect(calls).toEqual(["glance identity", "edges identity", "glance key"]);
  });

  it("of a person is read as it is: an announcement hangs on it", async () => {
    await live(world, person("left", "ada"));
    expect(await callsOf(person("left", "ada"))).toEqual(["node person"]);
  });
});

describe("a glance that comes too early", () => {
  it("and misses a newer write meets a conflict, and then what is there", async () => {
    await live(world, issuedKey(byUser("ada")), keyIs("disabled", hours(1)), keyIs("restored", hours(2)));
    await live(world, keyIs("deleted", hours(9)));
    const before = await nodeOf(world, KEY);
    world.glance = (was) => was[1]; // as it was first written
    expect(await callsOf(keyIs("disabled", hours(3)))).toEqual(["glance key", "put key", "node key"]);
    expect(await nodeOf(world, KEY)).toEqual(before);
    expect(await callsOf(keyIs("exposed", hours(3)))).toEqual(["glance key", "put key", "node key", "put key"]);
    expect((await nodeOf(world, KEY))?.subject.facts).toMatchObject({
      ...{ state: { value: "deleted" }, exposed: { value: "yes" } },
    });
  });

  it("and misses the subject itself meets a conflict too", async () => {
    await live(world, seenKey({}, hours(1)));
    world.glance = () => undefined;
    await live(world, keyIs("disabled", hours(2)));
    expect((await nodeOf(world, KEY))?.subject.facts).toMatchObject({
      ...{ state: { value: "off" }, type: { value: "access key" } },
    });
  });

  it("and has what is said already writes nothing, and what is newer stays", async () => {
    await live(world, issuedKey(byUser("ada")));
    await live(world, keyIs("disabled", hours(1)));
    await live(world, keyIs("restored", hours(2)));
    world.glance = (was) => was.findLast((row) => canonical(row?.data ?? null).includes("off"));
    const before = await world.graph.node(KEY);
    expect(await live(world, keyIs("disabled", hours(1)))).toMatchObject({ writes: 0 });
    expect(await world.graph.node(KEY)).toEqual(before);
    expect(await stateOf(world)).toBe("on");
  });

  it("takes back no pointer and no announcement that another process wrote", async () => {
    await live(world, issuedKey(byUser("ada")));
    await live(world, keyIs("disabled", hours(1)));
    const found = (await world.graph.node(KEY))!;
    await world.graph.put({ ...found.value, windDown: "wdc_01", contested: hours(1) }, found.version);
    world.glance = (was) => was[1];
    expect((await live(world, keyIs("exposed", hours(2)))).toAnnounce).toEqual([KEY]);
    const after = await nodeOf(world, KEY);
    expect(after).toMatchObject({ windDown: "wdc_01", contested: hours(1) });
    expect(after?.pending.map(({ kind }) => kind)).toEqual(["credential.changed", "credential.exposed"]);
  });

  it("and misses an edge widens the one that is there", async () => {
    await live(world, seenKey({}, hours(0)));
    world.glance = () => undefined;
    await live(world, seenKey({}, hours(-5)));
    expect(await world.graph.edges(DEPLOY, "holds")).toMatchObject([{ first: hours(-5), last: hours(0) }]);
  });

  it("loses no departure that was joined a moment ago", async () => {
    await ingest(world, [person("left", "ada")], { live: false, recordedAt: world.now }); // known, and not yet said
    world.glance = () => undefined;
    expect((await live(world, person("joined", "ada", hours(-5)))).toAnnounce).toEqual([ADA]);
    expect(await nodeOf(world, ADA)).toMatchObject({ announced: hours(0), pending: [{ kind: "person.left" }] });
  });
});

describe("who made an identity is not lost to its key", () => {
  const made = madeIdentity("deploy", byUser("ada"));
  const ownerOf = async () => (await nodeOf(world, KEY))?.owner?.account;

  it.each([[[issuedKey(), made]], [[made, issuedKey()]]])("though every glance is blind (%#)", async (deliveries) => {
    world.glance = () => undefined;
    for (const signal of deliveries) await live(world, signal);
    expect(await ownerOf()).toBe(ADA);
  });

  /** Runs once, just before this write or join of the key. */
  function before(call: "graph.put" | "graph.join", run: () => Promise<unknown>): void {
    let once = true;
    world.hook = async (name, [about]) => {
      const { subject } = about as { readonly subject?: { readonly id: string } };
      if (name !== call || !once || (call === "graph.put" && subject?.id !== KEY)) return;
      once = false;
      await run();
    };
  }
  const makers = async () => (await nodeOf(world, KEY))?.subject.evidence.map(({ candidate }) => candidate);

  it("when it is said before the edge is there, and the key's writer has nothing else to write", async () => {
    await live(world, issuedKey(undefined, hours(5), undefined, "other"));
    before("graph.join", () => live(world, made));
    await live(world, issuedKey()); // an older word: all that it adds is the edge
    expect(await makers()).toEqual([ADA]);
  });

  it("when the key's writer meets a conflict after its edge, and then has nothing to write", async () => {
    before("graph.put", async () => {
      await live(world, made);
      await live(world, issuedKey(undefined, hours(5), undefined, "other"));
    });
    await live(world, issuedKey());
    expect(await makers()).toEqual([ADA]);
  });
});
