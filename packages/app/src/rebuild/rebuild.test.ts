import { later } from "@leasehold/core/kernel";
import { lineageOf, type Node } from "@leasehold/core/lineage";
import type { Signal } from "@leasehold/core/signal";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyChains, anyHistory, anyPipelines } from "../../../../test/support/histories.ts";
import { type MemoryWorld, memoryWorld, writesOf } from "../../../../test/support/memory-world.ts";
import { runs } from "../../../../test/support/runs.ts";
import {
  accessKey,
  byUser,
  hours,
  inSession,
  issuedKey,
  madeIdentity,
  oktaUser,
  openedSession,
  person,
  role,
  seenKey,
  seenUser,
  sessionOf,
} from "../../../../test/support/signals.ts";
import { indexed, ingest } from "../ingest/index.ts";
import type { Progress } from "./model.ts";
import { rebuild } from "./rebuild.ts";

const KEY = accessKey();
const signals: readonly Signal[] = [
  issuedKey(inSession("ASIA1EXAMPLE"), hours(3)),
  openedSession("ASIA1EXAMPLE", byUser("ada"), {}, hours(2)),
  madeIdentity("deploy", byUser("grace"), hours(1)),
  seenKey({ owner: oktaUser("sam") }, hours(5)),
  seenUser("ada", { sameAs: [{ account: oktaUser("ada-2"), how: "external-id" }] }),
  person("left", "ada", hours(9)),
];

async function known(of: readonly Signal[] = signals): Promise<MemoryWorld> {
  const world = memoryWorld();
  world.pass(100);
  await ingest(world, of, { live: false, recordedAt: world.now });
  return world;
}
const check = (world: MemoryWorld, most = 2) => rebuild(world, { write: false, most });
const mend = (world: MemoryWorld, most = 2) => rebuild(world, { write: true, most });

async function change(world: MemoryWorld, id: Node["subject"]["id"], to: (node: Node) => Node): Promise<void> {
  const found = (await world.graph.node(id))!;
  await world.graph.put(to(found.value), found.version);
}

/** Delivered in pieces, each killed before one of its writes and then brought again, as every queue does. */
async function delivered(world: MemoryWorld, pieces: readonly (readonly Signal[])[], dies: readonly number[]) {
  for (const [n, piece] of pieces.entries()) {
    let calls = 0;
    world.hook = (call) => {
      if (/[.](put|join)$/.test(call) && calls++ === dies[n]) throw new Error("killed");
    };
    const how = { live: n % 2 === 0, recordedAt: world.now };
    await ingest(world, piece, how).catch(() => {
      world.hook = () => {};
      return ingest(world, piece, how);
    });
    world.hook = () => {};
  }
}

describe("what came in pieces, in any order, twice, and through crashes", () => {
  it.each([
    ["any signals", anyHistory],
    ["long chains of sessions", anyChains],
    ["pipelines, and whom CODEOWNERS declares", anyPipelines],
  ])("is what the archive makes of it, bit for bit: %s", async (_title, histories) => {
    const told = fc.record({
      history: histories,
      size: fc.integer({ min: 1, max: 5 }),
      dies: fc.array(fc.nat({ max: 6 }), { minLength: 32, maxLength: 32 }),
      most: fc.integer({ min: 1, max: 9 }),
    });
    await fc.assert(
      fc.asyncProperty(told, async ({ history: { again }, size, dies, most }) => {
        const world = memoryWorld();
        const pieces = Array.from({ length: Math.ceil(again.length / size) }, (_, n) =>
          again.slice(n * size, (n + 1) * size),
        );
        await delivered(world, pieces, dies);
        const { subjects, edges } = lineageOf(again);
        expect(await check(world, most)).toMatchObject({
          ...{ equal: true, differences: { total: 0 }, outdated: 0, written: 0 },
          ...{ subjects: subjects.length, edges: edges.length },
        });
      }),
      runs(60, 1 / 40),
    );
  });
});

describe("a look", () => {
  it("writes nothing, whatever it finds", async () => {
    const world = await known();
    await change(world, KEY, (node) => ({ ...node, subject: { ...node.subject, evidence: [], facts: {} } }));
    writesOf(world);
    expect(await check(world)).toMatchObject({ equal: false, written: 0 });
    expect(writesOf(world)).toEqual([]);
  });

  it("names the fields that differ", async () => {
    const world = await known();
    await change(world, KEY, ({ subject, ...node }) => ({
      ...node,
      subject: { ...subject, evidence: subject.evidence.slice(1), facts: { ...subject.facts, state: WRONG } },
    }));
    await change(world, oktaUser("ada"), ({ subject, ...node }) => ({
      ...node,
      subject: { ...subject, turns: { ...subject.turns, standing: [] } },
    }));
    const { equal, differences } = await check(world);
    expect(equal).toBe(false);
    expect(differences.total).toBe(2);
    expect(differences.first).toEqual(
      expect.arrayContaining([
        { what: KEY, fields: ["facts.state", "evidence"], is: "different" },
        { what: oktaUser("ada"), fields: ["turns.standing"], is: "different" },
      ]),
    );
  });

  it("tells what the archive does not speak of, and what the graph has lost", async () => {
    const world = await known();
    await ingest(
      { ...world, archive: { ...world.archive, append: async () => {} } },
      [issuedKey(byUser("kim"), hours(1), OTHER)],
      {
        ...{ live: false, recordedAt: world.now },
      },
    );
    await world.archive.append([person("joined", "lost", hours(1))], world.now);
    const { differences } = await check(world);
    expect(differences.first).toEqual(
      expect.arrayContaining([
        { what: accessKey(OTHER), fields: [], is: "not in the archive" },
        { what: oktaUser("lost"), fields: [], is: "missing" },
        { what: `${role("deploy")}/holds/${accessKey(OTHER)}`, fields: [], is: "not in the archive" },
      ]),
    );
    expect(differences).toMatchObject({ total: 3, left: 3 });
    expect(await mend(world)).toMatchObject({ differences: { total: 3, left: 2 }, written: 1 });
  });

  it("reads each part of the graph in a pass of its own, and says how far it is", async () => {
    const world = await known();
    const told: Progress[] = [];
    const many = Array.from({ length: 10_001 }, (_, n) =>
      issuedKey(byUser("ada"), hours(1), `AKIA${n}EXAMPLE`, "many"),
    );
    await world.archive.append(many, world.now);
    const { passes, subjects } = await rebuild(world, {
      write: true,
      most: 4_000,
      onProgress: (one) => void told.push(one),
    });
    expect([passes, subjects]).toEqual([1 + Math.ceil(subjects / 4_000), subjects]);
    expect(told.filter(({ does }) => does === "reads").length).toBe(passes);
    expect(told.filter(({ does }) => does === "compares")).toEqual([{ does: "compares", done: 10_000, of: subjects }]);
  });

  it("blames no signal on the graph that came while it looked", async () => {
    const world = await known();
    const late = issuedKey(byUser("kim"), hours(1), OTHER);
    world.hook = async (call) => {
      if (call !== "graph.node") return;
      world.hook = () => {};
      await ingest(world, [late], { live: false, recordedAt: world.now });
    };
    await expect(check(world)).rejects.toMatchObject({
      name: "Conflict",
      message: expect.stringContaining("run it again"),
    });
    expect(await check(world)).toMatchObject({ equal: true });
  });
});

const OTHER = "AKIAI44QH8DHBEXAMPLE";
const WRONG = { value: "off", at: hours(90), eventId: "nobody's" };

describe("written", () => {
  it("is what the archive makes of it, and nothing that was decided is touched", async () => {
    const world = await known();
    const decided = {
      ...({ windDown: "wdc_1", left: "wdc_0", contested: hours(8) } as const),
      pending: [{ kind: "owner.changed", version: 7 }],
    } satisfies Partial<Node>;
    await change(world, KEY, (node) => ({
      ...{ ...node, ...decided },
      subject: { ...node.subject, evidence: [], facts: { state: WRONG } },
    }));
    const ofAda = { announced: hours(9), openCase: "cas_1", pending: [{ kind: "person.left", version: 3 }] } as const;
    await change(world, oktaUser("ada"), (node) => ({ ...node, ...ofAda, subject: { ...node.subject, turns: {} } }));
    expect(await mend(world)).toMatchObject({ equal: false, differences: { total: 2, left: 0 }, written: 2 });
    expect(await check(world)).toMatchObject({ equal: true, outdated: 0 });
    expect((await world.graph.node(KEY))?.value).toMatchObject(decided);
    expect((await world.graph.node(oktaUser("ada")))?.value).toMatchObject(ofAda);
  });

  it("makes an empty graph whole, and announces nobody's departure", async () => {
    const world = memoryWorld();
    world.pass(100);
    await world.archive.append(signals, world.now);
    await mend(world);
    expect(await check(world)).toMatchObject({ equal: true, outdated: 0 });
    const ada = (await world.graph.node(oktaUser("ada")))?.value;
    expect(ada).toMatchObject({ subject: { facts: { standing: { value: "departed" } } }, pending: [] });
    expect(ada?.announced).toBeUndefined();
    expect((await world.graph.pending()).items).toEqual([]);
    expect((await world.graph.ownedBy(oktaUser("ada"))).items).toEqual([KEY]);
    expect(world.said.size).toBe(0);
  });

  it("again writes nothing", async () => {
    const world = await known();
    expect(await mend(world)).toMatchObject({ equal: true, written: 0 });
  });

  it("keeps what a person said, and shows that no signal says so", async () => {
    const world = await known();
    const said = { speaker: oktaUser("sam"), role: "self", candidate: oktaUser("sam"), says: "accept" } as const;
    const statements = [{ ...said, at: hours(5), eventId: "e" }];
    await change(world, KEY, (node) => ({ ...node, subject: { ...node.subject, statements, evidence: [] } }));
    expect(await mend(world)).toMatchObject({ differences: { total: 1, left: 1 }, written: 1 });
    const { value } = (await world.graph.node(KEY))!;
    expect(value.subject.statements).toEqual(statements);
    expect(value.owner?.account).toBe(oktaUser("sam"));
    expect((await check(world)).differences.first).toEqual([{ what: KEY, fields: ["statements"], is: "different" }]);
  });

  it.each(["graph.node", "graph.put"])("never loses what came in meanwhile, before a %s", async (at) => {
    const world = await known();
    await change(world, KEY, (node) => ({ ...node, subject: { ...node.subject, facts: {} } }));
    const late = seenKey({ owner: oktaUser("kim") }, hours(50));
    world.hook = async (call) => {
      if (call !== at) return;
      world.hook = () => {};
      await ingest(world, [late], { live: false, recordedAt: world.now });
    };
    await expect(mend(world)).rejects.toMatchObject({ name: "Conflict" });
    const { value } = (await world.graph.node(KEY))!;
    expect(value.subject.evidence.map(({ candidate }) => candidate)).toContain(oktaUser("kim"));
    await mend(world);
    expect(await check(world)).toMatchObject({ equal: true });
  });

  it("looks again where a case moved the node meanwhile", async () => {
    const world = await known();
    await change(world, KEY, (node) => ({ ...node, subject: { ...node.subject, facts: {} } }));
    world.hook = async (call) => {
      if (call !== "graph.put") return;
      world.hook = () => {};
      await change(world, KEY, (node) => ({ ...node, windDown: "wdc_1" }));
    };
    await mend(world);
    expect((await world.graph.node(KEY))?.value).toMatchObject({ windDown: "wdc_1", subject: { id: KEY } });
    expect(await check(world)).toMatchObject({ equal: true });
  });

  it("ends between two writes where it is told to, and goes on from there", async () => {
    const world = memoryWorld();
    const many = Array.from({ length: 10_001 }, (_, n) => person("joined", `p${n}`, hours(-1)));
    await world.archive.append(many, world.now);
    const stop = (): never => {
      throw new Error("stopped");
    };
    const onProgress = ({ does }: Progress) => (does === "compares" ? stop() : undefined);
    await expect(rebuild(world, { write: true, onProgress })).rejects.toThrow("stopped");
    expect(await mend(world, 9_000)).toMatchObject({ written: 1 });
  });
});

describe("another table of weights", () => {
  it("refreshes the index of owners, and changes no evidence", async () => {
    const world = await known();
    const first = (await world.graph.node(KEY))!.value.owner?.account;
    expect(first).toBe(oktaUser("ada"));
    const others: typeof indexed = (subject, now) => {
      const { evidence } = subject;
      return indexed({ ...subject, evidence: evidence.filter(({ kind }) => kind !== "issued-by") }, now);
    };
    const again = { write: false, index: others };
    expect(await rebuild(world, again)).toMatchObject({ equal: true, outdated: 1, written: 0 });
    expect(await rebuild(world, { ...again, write: true })).toMatchObject({ equal: true, outdated: 1, written: 1 });
    expect(await rebuild(world, again)).toMatchObject({ equal: true, outdated: 0 });
    expect((await world.graph.ownedBy(oktaUser("grace"))).items).toEqual([KEY]);
    expect((await world.graph.ownedBy(oktaUser("ada"))).items).toEqual([]);
  });

  it("also where time alone has made a second candidate", async () => {
    const world = await known([seenKey({ owner: oktaUser("sam") }), issuedKey(byUser("ada"))]);
    expect((await world.graph.ownedBy(oktaUser("sam"))).items).toEqual([]);
    world.now = later(world.now, 24 * 365 * 20);
    expect(await check(world)).toMatchObject({ equal: true, outdated: 1 });
    await mend(world);
    expect((await world.graph.ownedBy(oktaUser("sam"))).items).toEqual([KEY]);
    expect(await check(world)).toMatchObject({ equal: true, outdated: 0 });
  });
});

it("the chain in these signals reaches the key", () => {
  const { subjects } = lineageOf(signals);
  const key = subjects.find(({ id }) => id === KEY);
  expect(key?.evidence.flatMap(({ through }) => through ?? [])).toContain(sessionOf("ASIA1EXAMPLE").id);
});
