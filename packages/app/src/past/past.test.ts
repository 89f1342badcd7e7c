import { KINDS } from "@leasehold/core/attribution";
import { canonical, type Instant, later } from "@leasehold/core/kernel";
import { contributions, emailAccount } from "@leasehold/core/lineage";
import type { Signal } from "@leasehold/core/signal";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyHistory } from "../../../../test/support/histories.ts";
import { type MemoryWorld, memoryWorld, writesOf } from "../../../../test/support/memory-world.ts";
import {
  accessKey,
  byUser,
  hours,
  inSession,
  issuedKey,
  keyIs,
  madeIdentity,
  oktaUser,
  openedSession,
  person,
  seenKey,
  seenUser,
} from "../../../../test/support/signals.ts";
import { ingest } from "../ingest/index.ts";
import { whoFrom } from "../question/index.ts";
import type { Progress } from "../rebuild/index.ts";
import { instantsIn, past } from "./index.ts";

const KEY = "AKIAIOSFODNN7EXAMPLE";
const told: readonly Signal[] = [
  seenUser("ada", {}, hours(1)),
  issuedKey(inSession("ASIA1EXAMPLE"), hours(4)),
  madeIdentity("deploy", byUser("grace"), hours(2)),
  openedSession("ASIA1EXAMPLE", byUser("ada"), {}, hours(3)),
  seenKey({ owner: oktaUser("sam"), lastUsed: hours(90) }, hours(6)),
  keyIs("disabled", hours(20)),
  person("left", "ada", hours(30)),
];

async function known(signals: readonly Signal[] = told): Promise<MemoryWorld> {
  const world = memoryWorld();
  world.pass(100);
  await ingest(world, signals, { live: false, recordedAt: world.now });
  return world;
}
const nothing = async () => [];
const asked = async (world: MemoryWorld, id: string, at: Instant, knownBy?: Instant) =>
  whoFrom(await past(world, id, { at, knownBy }), id, nothing);

describe("who owned it", () => {
  it.each([
    ["before it was there, its identity's maker is all that is known", hours(3.5), undefined],
    ["as it was made", hours(5), { owner: oktaUser("ada"), state: "on", standing: "active" }],
    ["when it was off", hours(21), { owner: oktaUser("ada"), state: "off", standing: "active" }],
    ["when they had left", hours(31), { owner: oktaUser("ada"), state: "off", standing: "departed" }],
  ])("%s", async (_title, at, then) => {
    const world = await known();
    if (then === undefined) {
      await expect(asked(world, KEY, at)).rejects.toMatchObject({
        message: expect.stringContaining("nothing was known of it at that instant"),
        facts: { where: "at", heard: hours(4) },
      });
      return;
    }
    const { owner, subject } = await asked(world, KEY, at);
    expect([owner?.account, owner?.standing, subject.facts["state"]]).toEqual([then.owner, then.standing, then.state]);
  });

  it("knows no use that came later, though the list that tells of it is older", async () => {
    const world = await known();
    expect((await asked(world, KEY, hours(50))).subject.facts["lastUsed"]).toBeUndefined();
    expect((await asked(world, KEY, hours(100))).subject.facts["lastUsed"]).toBe("2026-11-06T00:00:00.000Z");
  });

  it("weighs the evidence as old as it was then", async () => {
    const world = await known();
    world.now = later(world.now, 24 * 3_650);
    const weightAt = async (at: Instant) => {
      const { candidates } = await asked(world, KEY, at);
      return candidates.flatMap(({ evidence }) => evidence).find(({ kind }) => kind === "declared");
    };
    const { weight, halfLife } = KINDS.declared;
    expect(await weightAt(hours(6))).toMatchObject({ weight, halfLife, now: expect.closeTo(weight) });
    expect(await weightAt(hours(6 + 24 * halfLife))).toMatchObject({ weight, now: expect.closeTo(weight / 2) });
  });

  it("tells apart what was so and what was known to be so", async () => {
    const world = await known(told.filter(({ kind }) => kind !== "session.issued"));
    const before = world.now;
    world.pass(10);
    await ingest(world, told, { live: false, recordedAt: world.now });
    expect((await asked(world, KEY, hours(10))).owner?.account).toBe(oktaUser("ada"));
    expect((await asked(world, KEY, hours(10), before)).owner?.account).toBe(oktaUser("grace"));
  });

  it("finds a person by an address that only evidence names", async () => {
    const by = { realm: "aws", name: "x/eve@example.com", via: "sso-session" } as const;
    const world = await known([issuedKey(by, hours(1)), keyIs("disabled", hours(9))]);
    expect((await asked(world, "eve@example.com", hours(2))).subject.id).toBe(emailAccount("eve@example.com"));
  });

  it("writes nothing, and says how far it is", async () => {
    const many = Array.from({ length: 10_000 }, (_, n) => person("joined", `p${n}`, hours(-1)));
    const world = memoryWorld();
    world.pass(100);
    await world.archive.append([...many, ...told], world.now);
    writesOf(world);
    const steps: Progress[] = [];
    await past(world, KEY, { at: hours(5), knownBy: undefined }, (one) => void steps.push(one));
    expect(steps.map(({ does, done }) => [does, done])).toEqual([
      ["reads", 10_007],
      ["reads", 20_014],
    ]);
    expect(writesOf(world)).toEqual([]);
  });
});

it("as of now is what the graph answers now, whatever it is asked about", { timeout: 120_000 }, async () => {
  const cases = fc.record({ history: anyHistory, which: fc.nat() });
  await fc.assert(
    fc.asyncProperty(cases, async ({ history: { again }, which }) => {
      const world = await known(again);
      const ids = [...new Set(again.flatMap(contributions).map(({ subject }) => subject.id))];
      const id = ids[which % Math.max(1, ids.length)];
      if (id === undefined) return;
      const now = await whoFrom(world, id, nothing);
      expect(canonical(await asked(world, id, world.now))).toBe(canonical(now));
    }),
    { numRuns: 150 },
  );
});

describe("an instant of which nothing can be said", () => {
  it.each([
    ["not a date", { at: "yesterday" }, "this is not an instant", "at"],
    ["a day that there is not", { at: "2026-02-31T00:00:00Z" }, "this is not an instant", "at"],
    ["still to come", { at: hours(101) }, "has not come yet", "at"],
    ["known by no date", { at: hours(1), knownBy: "" }, "this is not an instant", "known-by"],
    ["known by a time to come", { at: hours(1), knownBy: hours(101) }, "has not come yet", "known-by"],
  ])("%s", (_title, given, message, where) => {
    expect(() => instantsIn(given, hours(100))).toThrow(
      expect.objectContaining({
        name: "BadInput",
        message: expect.stringContaining(message),
        facts: expect.objectContaining({ where }),
      }),
    );
  });

  it.each([
    [
      "before the archive begins",
      told,
      hours(0),
      undefined,
      "the archive begins later",
      { where: "at", begins: hours(1) },
    ],
    ["where nothing is archived", [], hours(1), undefined, "nothing is archived yet", { where: "at" }],
    [
      "before anything was recorded",
      told,
      hours(5),
      hours(6),
      "nothing was recorded by then",
      { where: "known-by", begins: hours(100) },
    ],
  ] as const)("%s", async (_title, signals, at, knownBy, message, facts) => {
    const world = await known(signals);
    await expect(asked(world, KEY, at, knownBy)).rejects.toMatchObject({
      name: "BadInput",
      message: expect.stringContaining(message),
      facts,
    });
  });

  it("and a name that nobody ever said is told as ever", async () => {
    const world = await known();
    await expect(asked(world, "AKIANOBODYXXXEXAMPLE", hours(5))).rejects.toMatchObject({
      message: expect.stringContaining("nothing is known by this name"),
    });
    expect((await asked(world, accessKey(), hours(5))).owner?.account).toBe(oktaUser("ada"));
  });
});
