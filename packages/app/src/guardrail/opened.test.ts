import { derivedId } from "@leasehold/core/kernel";
import { Signal } from "@leasehold/core/signal";
import { beforeEach, describe, expect, it } from "vitest";
import { type MemoryWorld, memoryWorld } from "../../../../test/support/memory-world.ts";
import { accessKey, byUser, hours, issuedKey, keyIs, seenKey } from "../../../../test/support/signals.ts";
import { firstReport } from "../import/index.ts";
import { ingest } from "../ingest/index.ts";
import { orphansNow } from "../sweep/index.ts";
import { newsIn } from "../sweep/news.ts";
import { guardAll } from "./index.ts";

const ARN = "arn:aws:iam::111122223333:role/deploy";
const ROLE = derivedId("idn", "aws", ARN);
const judged = (at: number, more: object = {}) =>
  Signal.parse({
    ...{
      kind: "access.judged",
      source: { connector: "aws-access-analyzer", eventId: `e${at}`, occurredAt: hours(at) },
    },
    ...{ tenant: "111122223333", about: ROLE, says: "open to outsiders", judgement: "f-1", thing: ARN, open: true },
    ...{ whom: "999988887777", ...more },
  });
const gone = Signal.parse({
  ...{ kind: "identity.deleted", source: { connector: "aws-iam", eventId: "gone", occurredAt: hours(-1) } },
  ...{ tenant: "111122223333", by: byUser("ada"), identity: { id: ROLE, realm: "aws", name: ARN } },
});

let world: MemoryWorld;
beforeEach(() => {
  world = memoryWorld([]);
});
const hear = (signals: readonly Signal[], live = true) => ingest(world, signals, { live, recordedAt: world.now });
const open = async () => (await world.findings.list()).items;

describe("a role that others outside may use", () => {
  it("is a finding for a person, which names whom and whose word it is; nothing has leaked", async () => {
    await hear([judged(-3), judged(-2, { judgement: "f-2", whom: "everybody" })]);
    expect(await open()).toMatchObject([
      {
        ...{ kind: "open to outsiders", severity: "high", about: ROLE },
        facts: {
          thing: ARN,
          whom: "999988887777, everybody",
          judgements: 2,
          judgement: "f-1",
          by: "aws-access-analyzer",
        },
      },
    ]);
    expect((await world.graph.node(ROLE))?.value.pending).toEqual([]);
  });

  it.each<[string, readonly Signal[]]>([
    ["the judgement is closed there", [judged(-2, { open: false })]],
    ["the role is gone", [gone]],
  ])("is none any more once %s", async (_title, signals) => {
    await hear([judged(-3)]);
    await hear(signals);
    expect(await open()).toEqual([]);
  });

  it("stays one as long as one judgement of several stands", async () => {
    await hear([judged(-3), judged(-3, { judgement: "f-2" })]);
    await hear([judged(-2, { open: false })]);
    expect(await open()).toMatchObject([{ facts: { judgement: "f-2", judgements: 1 } }]);
  });

  it("is found by the next sweep where history brought it", async () => {
    await hear([judged(-3)], false);
    expect(await open()).toEqual([]);
    await guardAll(world);
    expect(await open()).toMatchObject([{ kind: "open to outsiders" }]);
  });

  it("is said again by each list, so that what a crash left unsaid is said; what is unused is not", async () => {
    const signals = [judged(-3), judged(-3, { judgement: "f-2", says: "unused", whom: undefined })];
    await hear(signals);
    const { signals: again } = await newsIn(world, signals, { now: world.now, installed: hours(-9) });
    expect(again).toEqual([signals[0]]);
  });

  it("is closed by a list that finds it closed, though the event of that was missed and bears no later date", async () => {
    await hear([judged(-3)]);
    const { signals } = await newsIn(world, [judged(-4, { open: false })], { now: world.now, installed: hours(-9) });
    await hear(signals);
    expect(await open()).toEqual([]);
  });
});

describe("a key that is judged to be unused", () => {
  const unused = judged(-1, { about: accessKey(), says: "unused", thing: "arn:aws:iam::111122223333:user/deploy" });

  it("is no finding, and its last use is what it was", async () => {
    await hear([issuedKey(byUser("ada"), hours(-9)), seenKey({ lastUsed: hours(-2) }, hours(-2)), unused]);
    expect(await open()).toEqual([]);
    const facts = (await world.graph.node(accessKey()))?.value.subject.facts;
    expect(facts?.["lastUsed"]?.value).toBe(`${hours(-2).slice(0, 10)}T00:00:00.000Z`);
  });

  it("is no credential without an owner where nobody else has told of it", async () => {
    await hear([unused]);
    expect(await orphansNow(world)).toMatchObject({ items: [], looked: 0 });
    expect(await firstReport(world)).toMatchObject({ credentials: 0, unowned: 0 });
    await hear([keyIs("disabled", hours(-1))]);
    expect((await orphansNow(world)).items).toHaveLength(1);
  });
});

it.each([
  ["that it was read", []],
  ["that it was read, and what is judged of it", [judged(-2, { about: accessKey("a secret") })]],
])("a secret of which nobody has told but %s is one without an owner, and is shown", async (_title, more) => {
  const by = { realm: "aws", name: "arn:aws:iam::111122223333:user/deploy", via: "unknown" };
  const read = Signal.parse({
    ...{ kind: "secret.read", source: { connector: "aws-secrets", eventId: "read", occurredAt: hours(-1) } },
    ...{ tenant: "111122223333", credential: accessKey("a secret"), by, reader: ROLE },
  });
  await hear([read, ...more]);
  expect(await orphansNow(world)).toMatchObject({ items: [{ credential: accessKey("a secret") }], looked: 1 });
  expect(await firstReport(world)).toMatchObject({ credentials: 1 });
});
