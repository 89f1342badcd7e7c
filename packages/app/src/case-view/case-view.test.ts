import type { CaseId, WindDownId } from "@leasehold/core/kernel";
import { beforeEach, describe, expect, it } from "vitest";
import { type MemoryWorld, memoryWorld } from "../../../../test/support/memory-world.ts";
import {
  aCase,
  aCredential,
  account,
  aDecision,
  anAccount,
  anIntent,
  aReceipt,
  at,
  aWindDown,
  CAS,
  credential,
  draft,
  WDC,
} from "../../../../test/support/store-fixtures.ts";
import type { Hand, Provider } from "../world/index.ts";
import { caseRows, caseView } from "./index.ts";

const hand = (verb: string, of: string, way?: string) =>
  ({ verb, credential: of, ...(way !== undefined && { wayBack: async () => way }) }) as unknown as Hand;
const provider = (...hands: readonly Hand[]) => ({ id: "aws-iam", title: "AWS IAM", hands }) as unknown as Provider;

let world: MemoryWorld;
beforeEach(async () => {
  world = memoryWorld([provider(hand("disable", "other", "not this one"), hand("disable", "access key", "ask again"))]);
  await begin();
});

/** Ada left, her one key has a wind-down with a question, and another one was left out. */
async function begin() {
  await world.graph.put(anAccount("ada", "departed"), 0);
  await world.graph.put(anAccount("grace"), 0);
  await world.graph.put(aCredential("n1"), 0);
  const ada = await world.graph.node(account("ada"));
  const key = await world.graph.node(credential("n1"));
  const items = [
    { credential: credential("n1"), windDown: WDC as WindDownId, left: undefined },
    { credential: credential("n2"), windDown: undefined, left: "it is not in the graph any more" },
  ];
  await world.cases.open({ ...aCase("ada"), items }, ada ? [ada] : [], draft("case.opened"));
  if (key) await world.windDowns.open(aWindDown(WDC as WindDownId, "n1"), key, draft("wind-down.opened"));
}

const stored = async () => {
  const found = await world.windDowns.get(WDC as WindDownId);
  if (found === undefined) throw new Error("it was opened");
  return found;
};
const view = () => caseView(world, CAS as CaseId);

describe("a case as it is shown", () => {
  it("says about whom, what the directory said, and where its trail ends", async () => {
    const { trail, ...shown } = await view();
    expect(shown).toMatchObject({
      ...{ id: CAS, status: "open", gate: "departed", person: { account: account("ada"), name: "ada" } },
      ...{ triggers: [{ kind: "left" }], closed: undefined, completeness: undefined, messages: [] },
    });
    expect(trail).toEqual({ entries: 1, hash: (await world.cases.get(CAS as CaseId))?.head.hash });
  });

  it("shows an item with its owner, its question and its trail", async () => {
    const [item] = (await view()).items;
    expect(item).toMatchObject({
      ...{ credential: credential("n1"), type: "access key", connector: "aws-iam", state: "on", reach: "write" },
      owner: { account: account("ada"), word: expect.any(String), standing: "departed" },
      windDown: {
        ...{ id: WDC, openedBy: CAS, rung: "flagged", acts: [], intent: undefined, trail: { entries: 1 } },
        question: { custodian: { name: "grace" }, until: at(72), ifSilent: "goes down", last: false },
      },
    });
  });

  it("shows what was left, and why, also where nothing more is known of it", async () => {
    expect((await view()).items[1]).toEqual({
      ...{ credential: credential("n2"), moved: [], left: "it is not in the graph any more", windDown: undefined },
      ...{ type: undefined, connector: undefined, identity: undefined, owner: undefined },
      ...{ reach: "unknown", lastUsed: "unknown", state: "unknown" },
    });
  });

  it("shows an act with what came of it, and the way back of that type of credential", async () => {
    const from = await stored();
    const act = {
      from: "flagged",
      to: "disabled",
      receipt: aReceipt(credential("n1")),
      at: at(73),
      verified: undefined,
    } as const;
    await world.windDowns.change(from, { ...from.windDown, rung: "disabled", acts: [act] }, draft("x.done"));
    const [item] = (await view()).items;
    expect(item?.windDown).toMatchObject({
      rung: "disabled",
      acts: [{ verb: "disable", verified: "not yet", adopted: false, wayBack: "ask again" }],
    });
  });

  it("shows what is written down and not yet closed", async () => {
    await world.windDowns.intend(await stored(), anIntent(credential("n1")), draft("intent.opened"));
    const [item] = (await view()).items;
    expect(item?.windDown?.intent).toEqual({
      key: `${WDC}/2/disabled`,
      to: "disabled",
      does: "descend",
      actBy: anIntent(credential("n1")).actBy,
    });
  });

  it("shows each message: to whom, and which desks took it", async () => {
    const items = [{ windDown: WDC as WindDownId, token: "t", ifSilent: "nothing" } as const];
    await world.decisions.put({ ...aDecision("first"), items, tickets: [{ desk: "slack", ref: {} }], asked: at(1) }, 0);
    expect((await view()).messages).toMatchObject([
      {
        decision: aDecision("first").id,
        custodian: { name: "grace" },
        desks: ["slack"],
        asked: at(1),
        items: [WDC],
        closed: false,
      },
    ]);
  });

  it("is plain data, and reading it writes nothing", async () => {
    world.calls.splice(0);
    const shown = await view();
    expect(JSON.parse(JSON.stringify(shown))).toEqual(shown); // equal but for what is not there
    expect(world.calls.filter((call) => !/[.](get|node|edges|ofCase)$/.test(call))).toEqual([]);
  });

  it("is not there for a case that is not", async () => {
    await expect(caseView(world, "cas_nope")).rejects.toMatchObject({ name: "BadInput", facts: { case: "cas_nope" } });
  });
});

describe("the list of cases", () => {
  it("says how much is open and when the next question ends", async () => {
    expect(await caseRows(world, ["open"])).toEqual([
      {
        ...{ id: CAS, status: "open", gate: "departed", opened: at(0), items: 2, open: 1, until: at(72) },
        person: { account: account("ada"), name: "ada", email: undefined },
      },
    ]);
    expect(await caseRows(world, ["closed"])).toEqual([]);
  });

  it("counts what has ended as ended", async () => {
    const from = await stored();
    const closed = { ...from.windDown, question: undefined, closed: { as: "gone", at: at(80) } } as const;
    await world.windDowns.change(from, closed, draft("wind-down.closed"));
    expect(await caseRows(world, ["open", "closed"])).toMatchObject([{ items: 2, open: 0, until: undefined }]);
  });
});
