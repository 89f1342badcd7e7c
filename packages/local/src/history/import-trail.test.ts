import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { connectors } from "@leasehold/connectors";
import { accessKey } from "@leasehold/connectors/kit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type MemoryWorld, memoryWorld } from "../../../../test/support/memory-world.ts";
import { trailRecord as created, keyOf } from "../../../../test/support/trail-record.ts";
import { importTrail, trailFiles } from "./index.ts";

const heard = [await connectors["aws-iam"]()];
let [home, world] = ["", memoryWorld()];
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "leasehold-trail-"));
  world = memoryWorld();
});
afterEach(() => rmSync(home, { recursive: true }));

const name = (n: number) => `AWSLogs/111122223333/CloudTrail/us-east-1/111122223333_CloudTrail_us-east-1_${n}.json.gz`;
const packed = (...of: readonly number[]) => gzipSync(JSON.stringify({ Records: of.map((n) => created(n)) }));
function file(path: string, content: string | Uint8Array) {
  mkdirSync(join(home, path, ".."), { recursive: true });
  writeFileSync(join(home, path), content);
}
const run = async (more: object = {}, into: MemoryWorld = world) =>
  importTrail({ world: into, connectors: heard, objects: await trailFiles(home), now: into.now, ...more });
const known = async (count: number) => {
  const all = await Promise.all(Array.from({ length: count }, (_, n) => world.graph.node(accessKey(keyOf(n)))));
  return all.flatMap((node, n) => (node === undefined ? [] : [n]));
};

describe("a trail's files", () => {
  it("change the graph, say nothing, and are passed over the next time", async () => {
    file(name(1), packed(0, 1));
    file(name(2), packed(2));
    file("plain.json", JSON.stringify({ Records: [created(3)] }));
    file("lines.ndjson", [created(4), created(5)].map((one) => JSON.stringify(one)).join("\n"));
    expect(await run()).toMatchObject({ files: 4, skipped: 0, records: 6, signals: 6, faults: { total: 0 } });
    expect(await known(6)).toEqual([0, 1, 2, 3, 4, 5]);
    expect((await world.graph.pending()).items).toEqual([]);
    expect(await run()).toMatchObject({ files: 0, skipped: 4, records: 0, writes: 0 });
    expect(await run({ again: true })).toMatchObject({ files: 4, skipped: 0, records: 6, writes: 0 });
  });

  it("are read again where they have changed, and the others are not", async () => {
    file(name(1), packed(0));
    file(name(2), packed(1));
    await run();
    file(name(2), packed(1, 2));
    utimesSync(join(home, name(2)), 1_800_000_000, 1_800_000_000);
    expect(await run()).toMatchObject({ files: 1, skipped: 1, signals: 2 });
    expect(await known(3)).toEqual([0, 1, 2]);
  });

  it("are read again where another connector listens", async () => {
    file(name(1), packed(0));
    await run();
    const more = [...heard, await connectors["aws-identity-center"]()];
    expect(await run({ connectors: more })).toMatchObject({ files: 1, skipped: 0 });
  });

  it("do not count its digests, which hold no record", async () => {
    file("AWSLogs/111122223333/CloudTrail-Digest/us-east-1/1_CloudTrail-Digest_us-east-1_2.json.gz", packed(0));
    expect(await run()).toMatchObject({ files: 0, records: 0 });
  });

  it.each<[string, Uint8Array, string]>([
    ["was cut", packed(0, 1, 2).subarray(0, 150), "gzip that ends too early"],
    ["was cut after it was unpacked", Buffer.from(JSON.stringify({ Records: [created(0)] }).slice(0, -20)), "truncated"],
    ["is damaged", packed(0, 1).map((byte, at) => (at === 60 ? byte ^ 1 : byte)), "malformed gzip"],
    ["has a record that cannot be read", gzipSync(JSON.stringify({ Records: [{ ...created(0), eventTime: "soon" }, created(1)] })), "malformed: field detail.eventTime"],
  ])("tell where one %s, go on with the others, and heal when it is there again", async (_title, bad, reason) => {
    file(name(1), bad);
    file(name(2), packed(7));
    const told = await run();
    expect(told).toMatchObject({ files: 2, faults: { total: 1, first: [{ file: join(home, name(1)), reason }] } });
    expect(await known(8)).toContain(7);
    expect(await run()).toMatchObject({ files: 1, skipped: 1, faults: { total: 1 } }); // told again, and nothing is lost
    file(name(1), packed(0, 1, 2));
    expect(await run()).toMatchObject({ files: 1, skipped: 1, faults: { total: 0 } });
    expect(await known(8)).toEqual([0, 1, 2, 7]);
    expect(await run()).toMatchObject({ skipped: 2 });
  }); // biome-ignore format: rows

  it("keep aside what is dated in the future, and count it", async () => {
    file(
      name(1),
      gzipSync(JSON.stringify({ Records: [created(0), { ...created(1), eventTime: "2099-01-01T00:00:00Z" }] })),
    );
    expect(await run()).toMatchObject({ signals: 2, aside: 1, faults: { total: 0 } });
    expect(await known(2)).toEqual([0]);
    expect(await run()).toMatchObject({ skipped: 1 });
  });

  it("killed anywhere, and read again, end in the same state", async () => {
    for (let n = 0; n < 4; n += 1) file(name(n), packed(2 * n, 2 * n + 1));
    await run();
    const whole = await stateOf(world);
    for (let nth = 1; nth < 40; nth += 3) {
      const other = memoryWorld();
      let writes = 0;
      other.hook = (call) => {
        if (/[.](put|join|append)$/.test(call) && ++writes === nth) throw new Error("killed");
      };
      const died = await run({}, other).then(
        () => false,
        () => true,
      );
      other.hook = () => {};
      await run({}, other);
      expect([nth, died, await stateOf(other)]).toEqual([nth, nth <= writes, whole]);
    }
  });
});

describe("how credentials were used", () => {
  it("is gathered by source object, before its mark", async () => {
    file(name(1), packed(0, 1));
    file(name(2), gzipSync(JSON.stringify({ Records: [created(2), { eventSource: "s3.amazonaws.com" }] })));
    const told: [string, number][] = [];
    const gather = (sourceObject: string) => {
      const records: unknown[] = [];
      return {
        take: (record: unknown) => void records.push(record),
        end: async () => {
          expect(await world.marks.get(sourceObject)).toBeUndefined();
          told.push([sourceObject, records.length]);
        },
      };
    };
    await run({ gather });
    const sources = (await trailFiles(home)).map(({ source }) => source);
    expect(told).toEqual([
      [sources[0], 2],
      [sources[1], 2],
    ]);
  });
});

async function stateOf(of: MemoryWorld) {
  const kinds = await Promise.all((["credential", "identity", "account"] as const).map((kind) => of.graph.list(kind)));
  const nodes = kinds
    .flatMap(({ items }) => items.map(({ value }) => value.subject))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const edges = await Promise.all(nodes.map(({ id }) => of.graph.edges(id, "holds")));
  return JSON.stringify([nodes, edges]);
}
