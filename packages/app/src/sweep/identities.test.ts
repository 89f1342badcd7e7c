import { derivedId } from "@leasehold/core/kernel";
import { Signal } from "@leasehold/core/signal";
import { beforeEach, describe, expect, it } from "vitest";
import { type Listed, listed } from "../../../../test/support/listed.ts";
import { type MemoryWorld, memoryWorld } from "../../../../test/support/memory-world.ts";
import { byUser, hours } from "../../../../test/support/signals.ts";
import { ingest } from "../ingest/index.ts";
import { sweepEstate } from "./index.ts";

const idOf = (name: string) => derivedId("idn", "aws", name);
const said = (kind: string, name: string, at: number, more: object = {}) =>
  Signal.parse({
    ...{ kind, source: { connector: "aws-agentcore", eventId: `${kind}/${name}/${at}`, occurredAt: hours(at) } },
    ...{ tenant: "111122223333", identity: { id: idOf(name), realm: "aws", name }, type: "gateway", ...more },
    ...(kind === "identity.seen" ? {} : { by: byUser("ada") }),
  });

let world: MemoryWorld;
let core: Listed;
beforeEach(async () => {
  core = listed("aws-agentcore", "Amazon Bedrock AgentCore");
  world = memoryWorld([core]);
  await world.ledger.installed(hours(-24));
  world.pass(24);
});
const hear = (...signals: readonly Signal[]) => ingest(world, signals, { live: true, recordedAt: world.now });
const deleted = async (name: string) => (await world.graph.node(idOf(name)))?.value.subject.facts["deleted"]?.value;

describe("an identity that a whole list has no longer", () => {
  it("is gone, and comes back where it is listed again", async () => {
    await hear(said("identity.created", "a", 1), said("identity.created", "b", 1));
    core.pages = [[said("identity.seen", "b", 20)]];
    await sweepEstate(world, "aws-agentcore");
    expect([await deleted("a"), await deleted("b")]).toEqual(["yes", "no"]);
    world.pass(24);
    core.pages = [[said("identity.seen", "a", 44), said("identity.seen", "b", 44)]];
    await sweepEstate(world, "aws-agentcore");
    expect([await deleted("a"), await deleted("b")]).toEqual(["no", "no"]);
  });

  it.each<[string, Signal, boolean]>([
    ["of another type", said("identity.created", "a", 1, { type: "registry record" }), false],
    ["of another tenant", said("identity.created", "a", 1, { tenant: "444455556666" }), false],
    ["made while it was listed", said("identity.created", "a", 23.9), false],
    ["where the list was cut short", said("identity.created", "a", 1), true],
  ])("is not said to be gone %s", async (_title, signal, cut) => {
    await hear(signal);
    Object.assign(core, { pages: [[said("identity.seen", "b", 20)]], cut });
    await sweepEstate(world, "aws-agentcore");
    expect(await deleted("a")).toBe("no");
  });
});

it("listed again as it was is no news", async () => {
  core.pages = [[said("identity.seen", "a", 20, { role: "r", uses: [idOf("b")] })]];
  expect((await sweepEstate(world, "aws-agentcore")).news).toBe(1);
  core.pages = [[said("identity.seen", "a", 23, { role: "r", uses: [idOf("b")] })]];
  expect((await sweepEstate(world, "aws-agentcore")).news).toBe(0);
  core.pages = [[said("identity.seen", "a", 23, { role: "r", uses: [idOf("c")] })]];
  expect((await sweepEstate(world, "aws-agentcore")).news).toBe(1);
});
