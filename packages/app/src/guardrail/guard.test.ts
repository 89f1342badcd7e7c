import { derivedId } from "@leasehold/core/kernel";
import { Signal } from "@leasehold/core/signal";
import { beforeEach, describe, expect, it } from "vitest";
import { type MemoryWorld, memoryWorld } from "../../../../test/support/memory-world.ts";
import { byUser, hours } from "../../../../test/support/signals.ts";
import { ingest } from "../ingest/index.ts";
import { guardAll } from "./index.ts";

const ARN = "arn:aws:bedrock-agentcore:eu-west-1:111122223333:gateway/search-1";
const GATEWAY = derivedId("idn", "aws", ARN);
const said = (kind: string, authorizer: string | undefined, at: number) =>
  Signal.parse({
    ...{ kind, source: { connector: "aws-agentcore", eventId: `e${at}`, occurredAt: hours(at) } },
    ...{
      tenant: "111122223333",
      identity: { id: GATEWAY, realm: "aws", name: ARN },
      ...(authorizer && { authorizer }),
    },
    ...(kind === "identity.seen" ? { type: "gateway" } : { by: byUser("ada") }),
  });

let world: MemoryWorld;
beforeEach(() => {
  world = memoryWorld([]);
});
const hear = (signal: Signal, live = true) => ingest(world, [signal], { live, recordedAt: world.now });
const open = async () => (await world.findings.list()).items.map(({ kind, about }) => [kind, about]);
const NAKED = [["naked MCP server", GATEWAY]];

describe("a gateway that asks nobody who calls", () => {
  it("is a finding as soon as it is made, and names who made it", async () => {
    await hear(said("identity.created", "NONE", -2));
    const { items } = await world.findings.list();
    expect(items).toMatchObject([
      { kind: "naked MCP server", severity: "critical", facts: { server: ARN, owner: byUser("ada").account } },
    ]);
  });

  it.each<[string, Signal]>([
    ["it asks for a token", said("identity.changed", "CUSTOM_JWT", -1)],
    ["it is deleted", said("identity.deleted", undefined, -1)],
    ["a list says that it asks", said("identity.seen", "AWS_IAM", -1)],
  ])("is none any more once %s", async (_title, signal) => {
    await hear(said("identity.created", "NONE", -2));
    await hear(signal);
    expect(await open()).toEqual([]);
  });

  it("is judged by what holds, in whatever order it is heard of", async () => {
    await hear(said("identity.changed", "CUSTOM_JWT", -1));
    await hear(said("identity.created", "NONE", -2));
    expect(await open()).toEqual([]);
  });

  it("stays one where something else of it changes", async () => {
    await hear(said("identity.created", "NONE", -2));
    await hear(said("identity.changed", undefined, -1));
    expect(await open()).toEqual(NAKED);
  });

  it("is found by the next sweep where history brought it, or a crash left it unsaid", async () => {
    await hear(said("identity.created", "NONE", -2), false);
    expect(await open()).toEqual([]);
    expect(await guardAll(world)).toEqual({ looked: 1, naked: 1 });
    expect(await open()).toEqual(NAKED);
    await hear(said("identity.changed", "CUSTOM_JWT", -1), false);
    expect(await guardAll(world)).toEqual({ looked: 1, naked: 0 });
    expect(await open()).toEqual([]);
  });
});

it("asks for nothing where an identity says nothing of how it asks", async () => {
  world.calls.length = 0;
  await hear(said("identity.created", undefined, -2));
  await hear(said("identity.created", "AWS_IAM", -1));
  expect(world.calls.filter((call) => call === "findings.put")).toEqual([]);
});
