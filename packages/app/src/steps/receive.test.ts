import { unavailable } from "@leasehold/core/kernel";
import { beforeEach, describe, expect, it } from "vitest";
import { type MemoryWorld, memoryWorld } from "../../../../test/support/memory-world.ts";
import { hours, oktaUser, person } from "../../../../test/support/signals.ts";
import { ingest } from "../ingest/index.ts";
import { type Step, steps } from "./index.ts";

const ADA = oktaUser("ada");
const BOB = oktaUser("bob");

let world: MemoryWorld;
beforeEach(async () => {
  const listens = {
    hears: [],
    event: { safeParse: (event: unknown) => ({ success: true, data: event }) },
    normalise: () => [person("left", "ada", hours(1))],
  };
  world = memoryWorld([{ id: "okta", listens } as never]);
  await world.ledger.installed(hours(-24));
  world.pass(48);
  await ingest(world, [person("left", "bob", hours(1))], { live: true, recordedAt: world.now }); // and died before it said so
  world.calls.length = 0;
});

const ways: readonly (readonly [string, Step, () => unknown])[] = [
  ["an event", steps.receive, () => ({ connector: "okta", event: {} })],
  [
    "signals that waited in line",
    steps["ingest-signals"],
    () => JSON.parse(JSON.stringify({ signals: [person("left", "ada", hours(1))], live: true, recordedAt: world.now })),
  ],
];

describe.each(ways)("%s", (_title, one, input) => {
  it("is announced at once, by itself; what a crash left is for the sweep", async () => {
    await one.run(world, input());
    expect([...world.said.values()]).toEqual([{ type: "person.left", account: ADA }]);
    expect(world.calls).not.toContain("graph.pending");
    expect(world.calls).not.toContain("outbox.waiting");
    await steps["announce-pending"].run(world, {});
    expect([...world.said.values()]).toContainEqual({ type: "person.left", account: BOB });
  });

  it("that is only repeated says nothing, and looks for nothing", async () => {
    await one.run(world, input());
    world.calls.length = 0;
    await one.run(world, input());
    expect(world.calls).toEqual(["ledger.hear", "ledger.installed", "archive.append", "graph.node"]);
  });

  it("stays joined where the bus is away, and is said by the sweep", async () => {
    world.hook = (call) => {
      if (call === "publish") throw unavailable("events");
    };
    await one.run(world, input());
    expect(world.lines).toEqual(["warn not announced, will be tried again"]);
    world.hook = () => {};
    await steps["announce-pending"].run(world, {});
    expect(world.said.size).toBe(2);
  });
});
