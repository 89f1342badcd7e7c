import { type Instant, later } from "@leasehold/core/kernel";
import type { Use } from "@leasehold/core/usage";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type MemoryWorld, memoryWorld } from "../../../../test/support/memory-world.ts";
import { accessKey, oktaUser } from "../../../../test/support/signals.ts";
import { story } from "../../../../test/support/story.ts";
import { type Reading, recordUsage, used, usedBetween } from "./index.ts";

const KEY = accessKey();
const bot = { name: "arn:aws:iam::111122223333:user/deploy", via: "iam-user" } as const;
const hour = (world: MemoryWorld, hours: number): Instant => later(world.now, hours);

let n = 0;
const call = (at: Instant, more: Partial<Use> = {}): Use => ({
  ...{ credential: KEY, caller: bot, service: "s3", action: "PutObject", at, refused: false, eventId: `e${++n}` },
  ...more,
});
const file = (sourceObject: string, ...uses: readonly Use[]): Reading => ({ sourceObject, uses, approximate: false });
const countOf = (all: readonly { readonly count: number }[]) => all.reduce((sum, { count }) => sum + count, 0);

describe("what is recorded", () => {
  it("says how many calls it counted, and which it left", async () => {
    const world = memoryWorld();
    const reading = file(
      "trail/a etag",
      ...[call(hour(world, -1)), call(hour(world, -1)), call(hour(world, -90 * 24))],
      ...[call(hour(world, -120 * 24)), call("2099-01-01T00:00:00.000Z" as Instant)],
    );
    expect(await recordUsage(world, reading)).toEqual({ calls: 3, records: 2, tooOld: 1, ahead: 1 });
    const known = await usedBetween(world, KEY, hour(world, -24 * 92), "2100-01-01T00:00:00.000Z" as Instant);
    expect(countOf(known)).toBe(3);
  });

  it("is of whole hours, from that of the first instant to that of the last", async () => {
    const world = memoryWorld();
    const minutes = [-181, -179, -121, -61, -1];
    await recordUsage(world, file("f", ...minutes.map((m) => call(later(world.now, m / 60)))));
    const between = (from: number, to: number) => usedBetween(world, KEY, hour(world, from), hour(world, to));
    expect(countOf(await between(-2.5, -1.5))).toBe(3);
    expect(countOf(await between(-3, -2.5))).toBe(2);
    expect(countOf(await between(-24, 0))).toBe(5);
  });
});

/** Reads the objects in this order, some of them killed at a write of theirs, and in the end all of them once. */
async function lived(readings: readonly Reading[], order: readonly (readonly [index: number, dies: number])[]) {
  const world = memoryWorld();
  for (const [index, dies] of order) {
    const reading = readings[index % readings.length];
    if (reading === undefined) continue;
    let calls = 0;
    world.hook = (name) => {
      if (name === "usage.put" && calls++ === dies) throw new Error("killed");
    };
    await recordUsage(world, reading).catch(() => {});
  }
  world.hook = () => {};
  for (const reading of readings) await recordUsage(world, reading);
  return usedBetween(world, KEY, later(world.now, -24 * 3), world.now);
}

it("the same object any number of times, in any order, with crashes in between, is that object once", async () => {
  const world = memoryWorld();
  const someUse = fc
    .tuple(fc.integer({ min: 0, max: 70 * 60 }), fc.boolean(), fc.uuid(), fc.constantFrom("Put", "Get"))
    .map(([minutes, refused, eventId, action]) => call(later(world.now, -minutes / 60), { refused, eventId, action }));
  const uses = fc.uniqueArray(someUse, { selector: ({ eventId }) => eventId, minLength: 1, maxLength: 30 });
  const order = fc.array(fc.tuple(fc.nat(9), fc.nat(1)), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(uses, fc.integer({ min: 1, max: 4 }), order, async (all, parts, histories) => {
      const readings = Array.from({ length: parts }, (_, k) =>
        file(`object ${k}`, ...all.filter((_use, i) => i % parts === k)),
      );
      const once = await lived(readings, []);
      const often = await lived(readings, histories);
      expect(often).toEqual(once);
      expect(countOf(often)).toBe(all.length);
      for (const { refused, count } of often) expect(refused).toBeLessThanOrEqual(count);
    }),
    { numRuns: 60 },
  );
});

describe("what a credential was used for", () => {
  it("is by caller, service and action, with names as they are now and none stored", async () => {
    const { world } = await story();
    const ada = { ...bot, account: oktaUser("ada") };
    await recordUsage(
      world,
      file("f", call(hour(world, -2), { caller: ada }), call(hour(world, -1), { caller: ada, refused: true })),
    );
    const heard = { sourceObject: "bus/1", uses: [call(hour(world, -3), { action: "GetObject" })], approximate: true };
    await recordUsage(world, heard);
    const rows = await world.usage.of(KEY, hour(world, -24), world.now);
    expect(JSON.stringify(rows)).not.toContain("ada@example.com");

    const answer = await used(world, { credential: KEY, since: "24h" });
    expect(answer).toMatchObject({ calls: 3, refused: 1, owner: { email: "ada@example.com" } });
    expect(answer.uses).toMatchObject([
      { action: "PutObject", count: 2, refused: 1, person: { email: "ada@example.com" }, approximate: false },
      { action: "GetObject", count: 1, refused: 0, person: undefined, approximate: true },
    ]);
    expect(answer.notVisible.join()).toMatch(/approximate.*counted under the session/);
    expect((await used(world, { credential: KEY, since: "60m" })).calls).toBe(1);
  });

  it("says that no record is not the same as no use", async () => {
    const { world } = await story();
    const answer = await used(world, { credential: KEY, since: "24h" });
    expect(answer).toMatchObject({ calls: 0, recordsSince: undefined });
    expect(answer.notVisible.join()).toMatch(
      /No source has brought a usage record.*No call with this credential was counted/,
    );
    await recordUsage(world, file("f", call(hour(world, -1), { credential: "crd_other" })));
    const after = (await used(world, { credential: KEY, since: "24h" })).notVisible.join();
    expect(after).toMatch(/Usage is known from .* on; of before, nothing/);
  });

  it("knows a key that is on no list, by the records alone", async () => {
    const { world } = await story();
    const id = accessKey("AKIAONNOLISTEXAMPLE1");
    await recordUsage(world, file("f", call(hour(world, -1), { credential: id })));
    expect(await used(world, { credential: "AKIAONNOLISTEXAMPLE1", since: "24h" })).toMatchObject({
      ...{ credential: id, calls: 1, owner: undefined },
    });
  });

  it.each([
    ["a key that nobody knows", "AKIANEVERSEENEXAMPLE", "24h", "credential"],
    ["nothing", "", "24h", "credential"],
    ["a person", "ada@example.com", "24h", "credential"],
    ["no span", KEY, "yesterday", "since"],
    ["a negative span", KEY, "-3h", "since"],
    ["an empty span", KEY, "0h", "since"],
    ["a span that ends after now", KEY, "2099-01-01T00:00:00Z", "since"],
    ["more than is kept", KEY, "93d", "since"],
  ])("refuses %s, naming the field", async (_title, credential, since, where) => {
    const { world } = await story();
    await expect(used(world, { credential, since })).rejects.toMatchObject({ name: "BadInput", facts: { where } });
  });
});
