import { createHash } from "node:crypto";
import { sweepPending } from "@leasehold/app/announce";
import { sweepEstate } from "@leasehold/app/sweep";
import { recordUsage, usedAfter } from "@leasehold/app/usage";
import type { Stored } from "@leasehold/app/world";
import { later } from "@leasehold/core/kernel";
import type { Node } from "@leasehold/core/lineage";
import type { Use } from "@leasehold/core/usage";
import { record } from "@leasehold/core/winddown";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { costOf } from "../../packages/cli/src/commands/cost/estimate.ts";
import {
  ASSUMED,
  COUNTED,
  USED_IN_FILES,
  USED_IN_SMALL_FILES,
  USED_ON_BUS,
} from "../../packages/cli/src/commands/cost/units.ts";
import { listed } from "../support/listed.ts";
import { memoryWorld } from "../support/memory-world.ts";
import { seenKey } from "../support/signals.ts";
import {
  aCase,
  aCredential,
  account,
  aDecision,
  anAccount,
  anEdge,
  anIntent,
  aReceipt,
  at,
  aWindDown,
  CAS,
  credential,
  draft,
  names,
  WDC,
} from "../support/store-fixtures.ts";
import { type Cost, type Metered, metered } from "./metered.ts";

const ID = credential("key");
const OWNED = aCredential("key");
const said = (node: Node, version: number): Node => ({ ...node, pending: [{ kind: "owner.changed", version }] });

let bench: Metered;
const table: string[] = [];

beforeEach(async () => {
  bench = await metered();
});
afterEach(() => bench.close());
afterAll(() => void process.stdout.write(`${table.join("\n")}\n`));

/** What it took, as docs/store.md prints it. */
async function spent(operation: string, run: () => Promise<unknown>): Promise<Cost> {
  const cost = await bench.cost(run);
  table.push(`| ${operation} | ${cost.write} | ${cost.index} | ${cost.read} | ${cost.calls} |`);
  return cost;
}

async function nodeOf() {
  const node = await bench.store.graph.node(ID);
  if (node === undefined) throw new Error("not there");
  return node;
}

async function begun(): Promise<Stored> {
  const { graph, windDowns } = bench.store;
  await graph.put(OWNED, 0);
  await windDowns.open(aWindDown(WDC, "key"), await nodeOf(), draft("wind-down.opened"));
  return stored(await windDowns.get(WDC));
}

function stored(it: Stored | undefined): Stored {
  if (it === undefined) throw new Error("not there");
  return it;
}

const world = () => ({
  ...bench.store,
  log: () => {},
  publish: async (all: readonly { key: string }[]) => all.map(({ key }) => key),
});

describe("one subject touched", () => {
  it("seen again, unchanged: half a unit at a glance, no write", async () => {
    await bench.store.graph.put(OWNED, 0, [anEdge(ID)]);
    const glance = await spent("node glanced at (unchanged re-observation)", () => bench.store.graph.glance(ID));
    expect(glance).toMatchObject({ read: 0.5, write: 0, calls: 1 });
    expect(await spent("node read as it is", nodeOf)).toMatchObject({ read: 1, write: 0, calls: 1 });
    const cost = await spent("edge seen again, unchanged", () => bench.store.graph.join([anEdge(ID)]));
    expect(cost).toMatchObject({ read: 0.5, write: 0 });
  });

  it("on a list that was seen before: a read for each, and the look for what is gone", async () => {
    const signals = names(20).map((name) => seenKey({}, at(0), name, name));
    const aws = Object.assign(listed("aws-iam", "AWS IAM"), { pages: [signals] });
    const { archive, ...rest } = memoryWorld([aws]);
    const scene = { ...rest, ...bench.store, archive };
    const sweep = () => sweepEstate(scene, "aws-iam");
    await sweep();
    const cost = await spent("a list of 20 keys and 20 identities, seen before", sweep);
    expect(cost.write).toBe(1); // that the list was seen
    const once = cost.read - 40 * COUNTED.seenOnAList.read; // whatever the list's length
    expect([once >= 0, once <= 13]).toEqual([true, true]);
    expect((await archive.read()).items).toHaveLength(20); // of the first look
  });

  it("a thousand calls made with twenty credentials: a row for each of these", async () => {
    const { usageCalls, usageCredentials, usageKinds, smallCalls, smallCredentials } = ASSUMED;
    const usesOf = (calls: number, credentials: number) =>
      Array.from({ length: calls }, (_, n): Use => {
        const kind = Math.floor(n / credentials) % usageKinds;
        const eventId = createHash("md5").update(`${calls} ${n}`).digest("hex");
        return {
          ...{
            credential: credential(`used-${n % credentials}`),
            service: kind < 3 ? "s3" : "bedrock",
            refused: false,
          },
          ...{ action: `DescribeSomething${kind}`, at: later(at(0), (n % 50) / 60), eventId },
          caller: {
            name: `arn:aws:iam::111122223333:user/agent-${n % credentials}`,
            via: "iam-user",
            account: "acc_0",
          },
        };
      });
    const uses = usesOf(usageCalls, usageCredentials);
    const reading = { sourceObject: "trail/a.json.gz etag", uses, approximate: false };
    const record = () => recordUsage({ usage: bench.store.usage, clock: () => at(1) }, reading);
    const cost = await spent("a thousand calls counted, of twenty credentials and six kinds each", record);
    expect(Math.abs(cost.write / COUNTED.usageBatch.write - 1)).toBeLessThan(0.1); // what `leasehold cost` reckons with
    expect(cost.read).toBeLessThanOrEqual(COUNTED.usageBatch.read);
    const few = { sourceObject: "trail/b", uses: usesOf(smallCalls, smallCredentials), approximate: false };
    const small = await spent("a small file of a trail", () =>
      recordUsage({ usage: bench.store.usage, clock: () => at(1) }, few),
    );
    expect(small.read).toBeLessThanOrEqual(COUNTED.smallFile.read);
    expect(small.write).toBeLessThanOrEqual(COUNTED.smallFile.write);
    expect(small.write).toBeGreaterThan(COUNTED.smallFile.write / 2);
    const again = await spent("the same file again", record);
    expect(again.write).toBeLessThanOrEqual(COUNTED.usageBatch.write);
    const look = () => usedAfter(bench.store, credential("used-1"), at(-24 * 30), at(1));
    expect((await spent("whether a credential was used in thirty days", look)).read).toBeLessThanOrEqual(1);
    for (const [what, units] of [
      ["on the bus", USED_ON_BUS],
      ["in files", USED_IN_FILES],
      ["in small files", USED_IN_SMALL_FILES],
    ] as const)
      process.stdout.write(`usage, ${what}: $${(1e6 * costOf(units)).toFixed(2)} a million calls\n`);
  });

  it("first sighting: 2, and 1 for each new edge", async () => {
    const cost = await spent("first sighting", () => bench.store.graph.put(OWNED, 0));
    expect(cost).toMatchObject({ write: 2, index: 1, calls: 1 });
    const edges = await spent("new edge", () => bench.store.graph.join([anEdge(ID)]));
    expect(edges).toMatchObject({ write: 1, index: 0, read: 0.5 });
  });

  it("an account in good standing stands in no index: 1", async () => {
    const cost = await spent("first sighting of an account", () => bench.store.graph.put(anAccount("ada"), 0));
    expect(cost).toMatchObject({ write: 1, index: 0 });
    const left = await spent("account departs", () => bench.store.graph.put(anAccount("ada", "departed"), 1));
    expect(left).toMatchObject({ write: 2, index: 1 });
  });

  it("owner unchanged: 1", async () => {
    await bench.store.graph.put(OWNED, 0);
    const cost = await spent("owner unchanged", () => bench.store.graph.put({ ...OWNED, contested: at(1) }, 1));
    expect(cost).toMatchObject({ write: 1, index: 0, read: 0 });
    const asked = await spent("owner unchanged, second candidates named, none changed", () =>
      bench.store.graph.put(OWNED, 2, [], []),
    );
    expect(asked).toMatchObject({ write: 1 });
    expect(asked.read).toBeLessThanOrEqual(1);
  });

  it("owner changed: 3", async () => {
    await bench.store.graph.put(OWNED, 0);
    const cost = await spent("owner changed", () => bench.store.graph.put(aCredential("key", account("grace")), 1));
    expect(cost).toMatchObject({ write: 3, index: 2 });
  });

  it("announced: 3 more", async () => {
    await bench.store.graph.put(OWNED, 0);
    const before = await spent("owner unchanged, and must be announced", () =>
      bench.store.graph.put(said(OWNED, 2), 1),
    );
    const after = await spent("announcement cleared", () =>
      bench.store.graph.clear(ID, [{ kind: "owner.changed", version: 2 }]),
    );
    expect(before.write - 1 + after.write).toBe(3);
  });

  it("a second candidate: a transaction, when it comes and when it goes", async () => {
    await bench.store.graph.put(OWNED, 0);
    const came = await spent("second candidate appears", () => bench.store.graph.put(OWNED, 1, [], [account("sam")]));
    expect(came.write).toBeLessThanOrEqual(5);
  });
});

describe("a wind-down", () => {
  it("an intent with its place in the brake, and its receipt: 12 at most", async () => {
    const from = await begun();
    await sweepPending(world());
    const window = { value: { buckets: [{ from: at(72), people: { okta: 1 }, credentials: 1 }] }, version: 0 };
    const opened = await spent("intent, with its place in the brake", () =>
      bench.store.windDowns.intend(from, anIntent(ID), draft("intent.opened"), window),
    );
    const intended = stored(await bench.store.windDowns.get(WDC));
    const done = record(intended.windDown, { kind: "descended", to: "disabled", receipt: aReceipt(ID), at: at(72) });
    const closed = await spent("its receipt", () =>
      bench.store.windDowns.close(intended, done, draft("credential.disabled")),
    );
    expect(opened.write + closed.write).toBeLessThanOrEqual(12);
    const cleared = await spent("what the receipt left to be said, cleared", () =>
      bench.store.outbox.clear(WDC, [`${WDC}/3/0`]),
    );
    expect(cleared.write).toBeLessThanOrEqual(2);
  });

  it("the rest of its life", async () => {
    const { windDowns, waits, graph } = bench.store;
    await graph.put(OWNED, 0);
    const node = await nodeOf();
    const opened = await spent("wind-down opened, with its credential", () =>
      windDowns.open(aWindDown(WDC, "key"), node, draft("wind-down.opened")),
    );
    expect(opened.write).toBeLessThanOrEqual(8);
    await spent("wait registered", () => waits.register(WDC, 1, { token: "t".repeat(600), until: at(72) }));
    await spent("wait taken", () => waits.take(WDC));
    const from = stored(await windDowns.get(WDC));
    const answered = { ...from.windDown, answer: { kind: "hold", until: at(99), at: "flagged" } } as const;
    const changed = await spent("answer", () => windDowns.change(from, answered, draft("hold.given")));
    expect(changed.write).toBeLessThanOrEqual(5);
    const last = stored(await windDowns.get(WDC));
    const ended = { ...last.windDown, closed: { as: "kept", at: at(99) } } as const;
    const closed = await spent("closed, and its credential freed", async () =>
      windDowns.change(last, ended, draft("wind-down.closed"), { node: await nodeOf() }),
    );
    expect(closed.write).toBeLessThanOrEqual(8);
  });
});

it("cases, decisions and what is asked of them", async () => {
  const { graph, cases, decisions, findings, ledger } = bench.store;
  await graph.put(anAccount("ada", "departed"), 0);
  const ada = await graph.node(account("ada"));
  if (ada === undefined) throw new Error("not there");
  await spent("case opened, with one account", () => cases.open(aCase("ada"), [ada], draft("case.opened")));
  await spent("decision first put", () => decisions.put(aDecision("one"), 0));
  await spent("decision changed", () => decisions.put({ ...aDecision("one"), heard: ["click"] }, 1));
  const ofCase = await spent("decisions of a case (one)", () => decisions.ofCase(CAS));
  expect(ofCase.write).toBe(0);
  await spent("credentials of an account", () => graph.ownedBy(account("ada")));
  await spent("siblings on an identity", () => graph.edges("idn_1", "holds"));
  await spent("the sweep for what is pending, nothing there", () => graph.pending());
  await ledger.installed(at(0));
  const installed = await spent("installed, asked again", () => ledger.installed(at(1)));
  expect(installed).toMatchObject({ read: 0, calls: 0 });
  await spent("findings, nothing there", () => findings.list());
});
