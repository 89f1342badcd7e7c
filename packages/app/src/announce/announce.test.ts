import type { CaseId } from "@leasehold/core/kernel";
import { describe, expect, it } from "vitest";
import { type MemoryWorld, memoryWorld } from "../../../../test/support/memory-world.ts";
import { accessKey, byUser, hours, issuedKey, keyIs, oktaUser, person } from "../../../../test/support/signals.ts";
import { ingest } from "../ingest/index.ts";
import type { Keyed } from "../world/index.ts";
import { announce, announceAll, sweepPending } from "./announce.ts";

const ADA = oktaUser("ada");
const BOB = oktaUser("bob");
const KEY = accessKey();
const CASE: CaseId = "cas_1";

const live = (world: MemoryWorld, ...signals: Parameters<typeof ingest>[1]) =>
  ingest(world, signals, { live: true, recordedAt: world.now });

async function world(): Promise<MemoryWorld> {
  const made = memoryWorld();
  await made.ledger.installed(hours(-24));
  made.pass(48);
  await live(made, person("left", "ada", hours(1)));
  return made;
}
const types = ({ said }: MemoryWorld) => [...said.values()].map(({ type }) => type).sort();
const left = async (it: MemoryWorld) => (await it.graph.pending()).items;

it("says what the write left, under a key of that write, and then it is over", async () => {
  const scene = await world();
  expect(await announce(scene, ADA)).toBe(1);
  expect([...scene.said]).toEqual([[`${ADA}/1/person.left`, { type: "person.left", account: ADA }]]);
  expect(await announce(scene, ADA)).toBe(0);
  expect(await left(scene)).toEqual([]);
});

it.each([0, 1, 2, 3, 99])(
  "loses nothing when killed before call %d, and forgets nothing written meanwhile",
  async (diesAt) => {
    const scene = await world();
    const again = person("reinstated", "ada", hours(2));
    let call = 0;
    let wrote = false;
    scene.hook = async (name) => {
      if (name === "publish" && !wrote) {
        wrote = true;
        await live(scene, again); // a write of the same subject while the bus is talking
      }
      if (/^(graph[.](node|clear)|publish)$/.test(name) && call++ === diesAt) throw new Error("killed");
    };
    await announce(scene, ADA).catch(() => {});
    scene.hook = () => {};
    await live(scene, again); // what a kill took with it is delivered again
    for (let n = 0; n < 3; n += 1) await announce(scene, ADA);
    expect(types(scene)).toEqual(["person.left", "person.reinstated"]);
    expect([...scene.said.keys()]).toHaveLength(2); // never one thing under two keys
    expect(await left(scene)).toEqual([]);
  },
);

it("clears what the bus took, and tries the rest again", async () => {
  const scene = await world();
  await live(scene, person("moved", "ada", hours(3)));
  scene.accepts = ({ event }: Keyed) => event.type === "person.moved";
  expect(await announce(scene, ADA)).toBe(1);
  expect((await scene.graph.node(ADA))?.value.pending.map(({ kind }) => kind)).toEqual(["person.left"]);
  scene.accepts = () => true;
  await announce(scene, ADA);
  expect(types(scene)).toEqual(["person.left", "person.moved"]);
});

it("says of a credential what it is", async () => {
  const scene = await world();
  await live(scene, issuedKey(byUser("ada"), hours(1)));
  await live(scene, keyIs("disabled", hours(2)), keyIs("exposed", hours(2)));
  await announce(scene, KEY);
  expect([...scene.said.values()]).toEqual([
    { type: "credential.exposed", credential: KEY },
    { type: "credential.changed", credential: KEY },
  ]);
});

it("has nothing to say of what it does not know", async () => {
  const scene = memoryWorld();
  expect(await announce(scene, BOB)).toBe(0);
  expect(await announce(scene, "wdc_none")).toBe(0);
  expect(scene.calls).not.toContain("publish");
});

describe("what one write left", () => {
  it("is said without a look at what others left, which stays for the sweep", async () => {
    const scene = await world();
    await live(scene, person("held", "bob", hours(2)));
    scene.calls.length = 0;
    expect(await announceAll(scene, [BOB])).toEqual({ said: 1, failed: 0 });
    expect(scene.calls).toEqual(["graph.node", "publish", "graph.clear"]);
    expect(types(scene)).toEqual(["person.held"]);
    expect(await left(scene)).toEqual([ADA]);
  });

  it("is read as it is, however early a glance would come", async () => {
    const scene = await world();
    scene.glance = () => undefined;
    expect(await announceAll(scene, [ADA])).toEqual({ said: 1, failed: 0 });
    expect(await left(scene)).toEqual([]);
  });

  it("that nothing was is no call at all", async () => {
    const scene = await world();
    scene.calls.length = 0;
    expect(await announceAll(scene, [])).toEqual({ said: 0, failed: 0 });
    expect(scene.calls).toEqual([]);
  });
});

describe("the sweep of every minute", () => {
  it("says what a crash left behind", async () => {
    const scene = await world();
    await live(scene, person("held", "bob", hours(2)));
    expect(await sweepPending(scene)).toEqual({ said: 2, failed: 0 });
    expect(types(scene)).toEqual(["person.held", "person.left"]);
    expect(await sweepPending(scene)).toEqual({ said: 0, failed: 0 });
  });

  it("is not stopped by one that fails, says so, and tries it again", async () => {
    const scene = await world();
    await live(scene, person("held", "bob", hours(2)));
    scene.hook = (call, [event]) => {
      if (call === "publish" && (event as Keyed).key.startsWith(ADA)) throw new Error("the bus is down");
    };
    expect(await sweepPending(scene)).toEqual({ said: 1, failed: 1 });
    expect(scene.lines).toEqual(["warn not announced, will be tried again"]);
    scene.hook = () => {};
    expect(await sweepPending(scene)).toEqual({ said: 1, failed: 0 });
  });

  it("takes what cases and wind-downs left to be said as well, and clears exactly that", async () => {
    const scene = memoryWorld();
    const ended = {
      at: hours(0),
      occurredAt: hours(0),
      recordedAt: hours(0),
      eventId: "e",
      kind: "left",
      subject: ADA,
    } as const;
    await scene.cases.open(
      {
        ...{ id: CASE, triggers: [ended], accounts: [], gate: "unread", items: [], status: "open" },
        ...{ closed: undefined, completeness: undefined, lives: 1 },
      },
      [],
      { did: "case.opened", by: "leasehold", facts: {} },
    );
    scene.accepts = () => false;
    expect((await sweepPending(scene)).said).toBe(0);
    scene.accepts = () => true;
    expect((await sweepPending(scene)).said).toBeGreaterThan(0);
    expect([...scene.said.values()]).toContainEqual({ type: "case.opened", case: CASE });
    expect((await scene.outbox.waiting()).items).toEqual([]);
  });
});
