import { readConfig } from "@leasehold/app/config";
import type { World } from "@leasehold/app/world";
import { derivedId, later } from "@leasehold/core/kernel";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type Bar, estimate } from "../../packages/cli/src/commands/cost/estimate.ts";
import { EVENTS } from "../../packages/cli/src/commands/cost/units.ts";
import { task } from "../../packages/functions/src/kit/index.ts";
import { listeners, receiverStep } from "../../packages/functions/src/listeners/index.ts";
import { MONDAY } from "../support/clock.ts";
import { memoryWorld } from "../support/memory-world.ts";
import { type Metered, metered } from "./metered.ts";
import { added, billedRecord, dollarsOf, NOTHING, type Spent } from "./money.ts";
import { issued, issuedByRoot, keyId, madeBy, switched } from "./trail-events.ts";

/** Dollars for a million events that AWS delivers in their own Region, and with the one hop home: what they take now at most, and what is wished. */
const MOST_DOLLARS = { direct: 1.15, forwarded: 2.15 } as const;
const GOAL = { direct: 0.6, forwarded: 1.6 } as const;
const RUNS = 10; // of each kind; units are counted, not timed

const at = (hours: number) => later(MONDAY, hours);
const AGAIN: readonly Kind[] = ["key seen again", "user seen again", "state seen again"];

/** Write and read units of each: what it takes now, so that nothing gets worse. */
const MOST = {
  "key seen again": [0, 3], // identity as it is; glances at key, edge, session and what was made in it
  "user seen again": [0, 2.5], // glances at identity, what it holds, key, session and what was made in it
  "state seen again": [0, 0.5],
  "first sighting": [5, 4.5], // identity before and after; glances at key and edge; the session, which is new, and what was made in it
  "state changed": [4, 3.5], // a glance; second candidates; what it left to be said, twice
  "owner changed": [8, 6.5], // and it is announced
} as const satisfies Record<string, readonly [number, number]>;
type Kind = keyof typeof MOST;
const SLACK = 1e-6; // of adding tenths

/** What had been delivered before, and then the one event that is counted. */
const KINDS: Readonly<Record<Kind, (key: string) => readonly object[]>> = {
  "first sighting": (key) => [issued(key, at(0))],
  "key seen again": (key) => [issued(key, at(0)), issued(key, at(0))],
  "user seen again": (key) => [madeBy(key, "ada", at(0)), issued(key, at(1)), madeBy(key, "ada", at(0))],
  "state seen again": (key) => [issued(key, at(0)), switched(key, at(1)), switched(key, at(1))],
  "state changed": (key) => [issued(key, at(0)), switched(key, at(1))],
  "owner changed": (key) => [issuedByRoot(key, at(0)), madeBy(key, "grace", at(1))],
};

let bench: Metered;
let handler: ReturnType<typeof task>;
let came: Spent = NOTHING;
const costs = new Map<Kind, Spent>();

beforeAll(async () => {
  process.env["LEASEHOLD_STAGE"] = "bench";
  bench = await metered();
  const config = readConfig({ fallback: { email: "last@example.com" }, connectors: { "aws-iam": {} } });
  const world: World = {
    ...{ ...memoryWorld(), ...bench.store, config, clock: () => at(2) },
    archive: {
      append: async (signals) => {
        for (const signal of signals)
          came = added(came, { archived: billedRecord(JSON.stringify({ recordedAt: MONDAY, signal }).length) });
      },
      read: async () => ({ items: [], next: undefined }),
    },
    publish: async (events) => {
      came = added(came, { published: events.length });
      return events.map(({ key }) => key);
    },
  };
  await world.ledger.installed(at(-1));
  handler = task(receiverStep(listeners, { signals: async () => {} }), () => world);
  const written = vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    came = added(came, { logged: Buffer.byteLength(text) });
    return true;
  });
  for (const kind of Object.keys(MOST) as Kind[]) costs.set(kind, await measured(kind));
  written.mockRestore();
});
afterAll(() => bench.close());

/** The mean of one event of this kind, as the Lambda spends it. */
async function measured(kind: Kind): Promise<Spent> {
  let sum = NOTHING;
  for (let n = 0; n < RUNS; n += 1) {
    const events = KINDS[kind](`${kind.replaceAll(" ", "-")}-${n}`);
    for (const event of events.slice(0, -1)) await deliver(event);
    came = NOTHING;
    const { write, read } = await bench.cost(() => deliver(events.at(-1)));
    sum = added(sum, { ...came, write, read }, 1 / RUNS);
  }
  return sum;
}

const SIZE = { eventsPerDay: 1, identities: 1, people: 1 };

const CONTEXT = {
  functionName: "leasehold-bench-receive-credential-issued",
  memoryLimitInMB: "512",
  invokedFunctionArn: "arn:aws:lambda:eu-central-1:111122223333:function:leasehold-bench-receive-credential-issued",
  awsRequestId: "0f8a7c1e-5b1d-4f0a-9c3e-2d6b7a8c9e0f",
};

const deliver = (event: unknown) => handler({ connector: "aws-iam", event }, CONTEXT as never);

describe("a million events, nine in ten of them seen again", () => {
  const mixed = () =>
    Object.entries(EVENTS).reduce(
      (sum, [kind, { share }]) => added(sum, costs.get(kind as Kind) ?? NOTHING, share / 100),
      NOTHING,
    );

  it("each kind was what it is called", () => {
    for (const again of AGAIN) expect(costs.get(again)).toMatchObject({ write: 0, published: 0 });
    expect(costs.get("first sighting")?.write).toBeGreaterThan(0);
    expect(costs.get("state changed")?.published).toBeCloseTo(1);
  });

  it("an owner was found where there was none, and none was changed by a change of state", async () => {
    const owner = async (key: string) =>
      (await bench.store.graph.node(derivedId("crd", "aws", keyId(key))))?.value.owner?.account;
    await deliver(issuedByRoot("late", at(0)));
    expect(await owner("late")).toBeUndefined();
    expect(await owner("owner-changed-0")).toBeDefined();
    expect(await owner("owner-changed-0")).not.toBe(await owner("state-changed-0"));
    expect(await owner("state-changed-0")).toBe(await owner("first-sighting-0"));
  });

  it.each(Object.entries(MOST))("no more units than it takes now: %s", (kind, [write, read]) => {
    expect.soft(costs.get(kind as Kind)?.write).toBeLessThanOrEqual(write + SLACK);
    expect.soft(costs.get(kind as Kind)?.read).toBeLessThanOrEqual(read + SLACK);
  });

  it("every event leaves its signal in the archive, and its line in the log", () => {
    for (const { archived, logged } of costs.values()) {
      expect(archived).toBeGreaterThan(0);
      expect(logged).toBeGreaterThan(0);
    }
  });

  it.each(Object.entries(EVENTS))("are what `leasehold cost` counts: %s", (kind, { share: _, ...counted }) => {
    const { write, read, published, logged } = costs.get(kind as Kind) ?? NOTHING;
    expect(counted).toEqual({
      ...{ write: expect.closeTo(write, 6), read: expect.closeTo(read, 6), published: expect.closeTo(published, 6) },
      logged: expect.any(Number),
    });
    expect(Math.abs(counted.logged / logged - 1)).toBeLessThan(0.1);
  });

  it("cost no more than they do now; what is wished stands beside it", () => {
    for (const [kind, spent] of [...costs, ["in this mix", mixed()] as const])
      process.stdout.write(`${kind}: ${told(spent)}\n`);
    const dollars = {
      direct: dollarsOf(mixed()).total,
      forwarded: dollarsOf(mixed(), { forwarded: true }).total,
    };
    const [{ dollars: direct }, { dollars: forwarded }] = estimate(SIZE).bars as [Bar, Bar, ...Bar[]];
    for (const [way, said] of [
      ["direct", direct],
      ["forwarded", forwarded],
    ] as const) {
      process.stdout.write(`${way}: $${dollars[way].toFixed(2)} a million, wished $${GOAL[way].toFixed(2)}\n`);
      expect.soft(dollars[way], way).toBeLessThanOrEqual(MOST_DOLLARS[way]);
      expect.soft(Math.abs(said - dollars[way]), `${way}, as the estimate says it`).toBeLessThan(0.02);
    }
  });
});

function told(spent: Spent): string {
  const { total, lines } = dollarsOf(spent);
  const each = lines.map(([name, dollars]) => `${name} ${dollars.toFixed(3)}`);
  const units = `${spent.write.toFixed(1)} WRU, ${spent.read.toFixed(1)} RRU, ${spent.logged.toFixed(0)} B logged`;
  return `$${total.toFixed(2)} a million (${units}): ${each.join(", ")}`;
}

it("a bill adds up as AWS would write it", () => {
  const spent = { write: 2, read: 8, published: 1, archived: billedRecord(700), logged: 2 ** 30 / 1e6 };
  const { lines, total } = dollarsOf(spent, { forwarded: true });
  const by = Object.fromEntries(lines);
  expect(by["bus"]).toBeCloseTo(2);
  expect(by["lambda"]).toBeCloseTo(0.2867, 3);
  expect(by["writes"]).toBeCloseTo(1.25);
  expect(by["reads"]).toBeCloseTo(1);
  expect(by["archive"]).toBeCloseTo(0.1383, 3); // five thousand bytes, however small the record is
  expect(by["logs"]).toBeCloseTo(0.5);
  expect(total).toBeCloseTo(5.175, 3);
});
