import { derivedId } from "@leasehold/core/kernel";
import { Signal } from "@leasehold/core/signal";
import { beforeEach, describe, expect, it } from "vitest";
import { type MemoryWorld, memoryWorld } from "../../../../test/support/memory-world.ts";
import { byUser, hours } from "../../../../test/support/signals.ts";
import { ingest } from "../ingest/index.ts";
import { guardAll } from "./index.ts";

const ARN = "arn:aws:cloudtrail:eu-west-1:111122223333:trail/audit";
const TRAIL = derivedId("idn", "aws", ARN);
const said = (is: "on" | "off" | "changed", at: number, call = `call ${is}`) =>
  Signal.parse({
    ...{ kind: "identity.changed", source: { connector: "aws-trails", eventId: `e${at}`, occurredAt: hours(at) } },
    ...{ tenant: "111122223333", identity: { id: TRAIL, realm: "aws", name: ARN }, by: byUser("ada") },
    ...{ type: "trail", log: { is, call } },
  });
const [STOPPED, CHANGED] = [said("off", -3), said("changed", -2)];

let world: MemoryWorld;
beforeEach(() => {
  world = memoryWorld([]);
});
const hear = (signals: readonly Signal[], live = true) => ingest(world, signals, { live, recordedAt: world.now });
const open = async () => (await world.findings.list()).items;
const kinds = async () => (await open()).map(({ kind }) => kind).sort();

describe("a log that is switched off", () => {
  it("is a finding at once: who did it, by which call, under which event", async () => {
    await hear([said("off", -3, "StopLogging")]);
    expect(await open()).toMatchObject([
      {
        ...{ kind: "the log stopped", severity: "high", about: TRAIL },
        facts: {
          ...{ log: ARN, by: byUser("ada").name, person: byUser("ada").account, event: "e-3", call: "StopLogging" },
          ...{ happened: hours(-3), account: "111122223333", type: "trail" },
        },
      },
    ]);
  });

  it.each([
    ["in their order", [[said("off", -3)], [said("on", -2)]]],
    ["in the other order", [[said("on", -2)], [said("off", -3)]]],
    ["together", [[said("off", -3), said("on", -2)]]],
    ["the first of them again", [[said("off", -3)], [said("on", -2)], [said("off", -3)]]],
  ])("is none any more once it is on again, heard %s", async (_of, deliveries) => {
    for (const signals of deliveries) await hear(signals);
    expect(await kinds()).toEqual([]);
  });

  it.each([
    ["in their order", [said("on", -4), said("off", -3)]],
    ["in the other order", [said("off", -3), said("on", -4)]],
  ])("is one where it was on before, heard %s", async (_of, signals) => {
    for (const one of signals) await hear([one]);
    expect(await kinds()).toEqual(["the log stopped"]);
  });

  it("is no less off for what else of it changes", async () => {
    await hear([STOPPED]);
    await hear([CHANGED]);
    expect(await kinds()).toEqual(["the log stopped", "the log was changed"]);
  });

  it("is told where a crash left it unsaid, by the second delivery", async () => {
    world.hook = (name) => {
      if (name === "findings.put") throw new Error("killed");
    };
    await expect(hear([STOPPED])).rejects.toThrow("killed");
    world.hook = () => {};
    await hear([STOPPED]);
    expect(await kinds()).toEqual(["the log stopped"]);
  });

  it("tells nobody where it is history", async () => {
    await hear([STOPPED, CHANGED], false);
    await guardAll(world);
    expect(await kinds()).toEqual([]);
  });
});

it("asks for nothing where a change says nothing of a log", async () => {
  const { log: _, ...plain } = STOPPED as Signal & { log: unknown };
  await hear([Signal.parse(plain)]);
  expect(await kinds()).toEqual([]);
});
