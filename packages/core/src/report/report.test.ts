import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Instant, later } from "../kernel/index.ts";
import { append, beginning, type Draft, type Entry } from "../trail/index.ts";
import { caseStory, itemStory, type Row, rowOf, spread, summaryOf } from "./index.ts";

const MONDAY = "2026-11-02T09:00:00.000Z" as Instant;
const at = (hours: number) => later(MONDAY, hours);
type Did = readonly [hours: number, did: string, facts?: Draft["facts"], by?: string];

function trail(of: string, did: readonly Did[]): readonly Entry[] {
  let head = beginning(of);
  return did.map(([hours, what, facts = {}, by = "leasehold"]) => {
    const entry = append(of, head, { did: what, by, facts }, at(hours));
    head = { n: entry.n, hash: entry.hash };
    return entry;
  });
}
const OPENED: Did = [
  ...[1, "wind-down.opened"],
  { case: "cas_1", credential: "crd_1", connector: "aws-iam", type: "access key", rungs: "disabled,deleted" },
] as unknown as Did;
const ASKED: Did = [2, "question.asked", { custodian: "acc_grace", until: at(74), ifSilent: "goes down" }];
const DISABLED: Did = [75, "act.done", { verb: "disable", to: "disabled", adopted: false }];
const ALIVE: Did = [76, "credential.verified", { verdict: "still alive", of: "disabled" }];
const DEAD: Did = [77, "credential.verified", { verdict: "confirmed", of: "disabled" }];
const item = (...did: readonly Did[]) => itemStory("wdc_1", trail("wdc_1", did));
const CASE = caseStory(
  "cas_1",
  trail("cas_1", [
    [0, "case.opened", { trigger: "left", subject: "acc_ada", occurredAt: at(-5), recordedAt: at(-1) }],
    [0, "trigger.joined", { trigger: "left", subject: "acc_ada2", occurredAt: at(-50), recordedAt: at(0) }],
    [0, "gate.read", { gate: "departed" }],
    [2, "question.begun", { decision: "dec_1", custodian: "acc_grace" }],
    [80, "case.closed", { because: "every item has ended" }],
  ]),
);

describe("a wind-down, told by its trail", () => {
  it("has the instant of each stage, and of the proof and not of the call", () => {
    expect(item(OPENED, ASKED, DISABLED, DEAD)).toMatchObject({
      ...{ case: "cas_1", credential: "crd_1", connector: "aws-iam", type: "access key", rung: "disabled" },
      ...{ askedAt: at(2), disabledAt: at(75), verifiedAt: at(77) },
      acts: [{ verb: "disable", how: "done", verdict: "confirmed", at: at(75), provenAt: at(77) }],
    });
  });

  it.each<[string, readonly Did[], string, string]>([
    ["is asked about", [OPENED, ASKED], "open", `asked until ${at(74)}; on silence goes down`],
    ["waits to be asked about", [OPENED, [2, "question.wanted", { because: "R3" }]], "open", "R3"],
    ["has only begun", [OPENED], "open", "nobody has been asked yet"],
    ["was answered", [OPENED, ASKED, [3, "answer.given", { choice: "snooze" }]], "open", "answered: snooze"],
    ["was switched off", [OPENED, DISABLED], "open", "switched off, and not proven yet"],
    ["answers still", [OPENED, DISABLED, ALIVE], "open", "it answers still, after it was switched off"],
    ["is dead", [OPENED, DISABLED, DEAD], "open", ""],
    ["is dead and done with", [OPENED, DISABLED, DEAD, [90, "wind-down.closed", { as: "bottom" }]], "bottom", ""],
    ["is gone", [OPENED, [90, "wind-down.closed", { as: "gone" }]], "gone", ""],
    ["is kept", [OPENED, [90, "wind-down.closed", { as: "kept" }]], "kept", "somebody took ownership of it"],
    [
      "nobody decided on",
      [OPENED, [90, "wind-down.closed", { as: "unresolved" }]],
      "unresolved",
      "the last who was asked did not answer",
    ],
    [
      "was taken back",
      [
        OPENED,
        DISABLED,
        [80, "undo.asked"],
        [81, "act.undone", { to: "flagged" }],
        [82, "wind-down.closed", { as: "undone" }],
      ],
      ...(["undone", "it was taken back to the state before"] as const),
    ],
    [
      "nobody knows of",
      [OPENED, [75, "outcome.unknown", { to: "disabled" }]],
      "open",
      "what came of our act is not known",
    ],
    [
      "was switched on by another hand",
      [OPENED, DISABLED, DEAD, [99, "wind-down.reopened", { because: "somebody changed it after us" }]],
      ...(["open", "somebody changed it after us"] as const),
    ],
  ])("one that %s says so", (_title, did, end, because) => {
    expect(rowOf(CASE, item(...did))).toMatchObject({ end, because });
  });

  it("is not dead by an undo that was read back, nor by a quarantine", () => {
    const undone = item(
      OPENED,
      [5, "act.undone", { to: "flagged" }],
      [6, "credential.verified", { verdict: "confirmed" }],
    );
    const fenced = item(
      OPENED,
      [5, "act.done", { to: "quarantined" }],
      [6, "credential.verified", { verdict: "confirmed" }],
    );
    for (const one of [undone, fenced]) expect([one.disabledAt, one.verifiedAt]).toEqual([undefined, undefined]);
  });
});

describe("a case, told by its trail", () => {
  it("counts from the trigger that opened it, both when it happened and when we first learned of it", () => {
    expect(rowOf(CASE, item(OPENED, ASKED))).toMatchObject({ occurredAt: at(-5), recordedAt: at(-1), kind: "static" });
  });

  it("is closed only by its last closing", () => {
    expect(CASE.closed).toEqual({ at: at(80), because: "every item has ended" });
    const again = trail("cas_1", [
      [1, "case.closed", { because: "x" }],
      [2, "case.reopened", { windDown: "wdc_2" }],
    ]);
    expect(caseStory("cas_1", again).closed).toBeUndefined();
  });

  it("is a drill where its trigger says so", () => {
    const drill = caseStory("cas_1", trail("cas_1", [[0, "case.opened", { trigger: "drill" }]]));
    expect([CASE.drill, drill.drill]).toEqual([false, true]);
  });
});

describe("a summary", () => {
  const row = (more: Partial<Row>): Row => ({ ...rowOf(CASE, item(OPENED, ASKED, DISABLED, DEAD)), ...more });

  it("has leases apart from what is static, and each provider apart from all", () => {
    const { groups, ends, open } = summaryOf([
      row({}),
      row({ connector: "okta", verifiedAt: undefined, because: "asked" }),
      row({ kind: "lease", type: "lease", verifiedAt: at(-0.75) }),
    ]);
    expect(groups.map(({ kind, connector, items }) => [kind, connector, items])).toEqual([
      ["static", "all", 2],
      ["static", "aws-iam", 1],
      ["static", "okta", 1],
      ["lease", "all", 1],
      ["lease", "aws-iam", 1],
    ]);
    expect(groups[0]?.since.recorded.verified).toEqual({ n: 1, median: 78, p90: 78, max: 78 });
    expect(groups[0]?.since.occurred.asked).toEqual({ n: 2, median: 7, p90: 7, max: 7 });
    expect(groups[3]?.since.recorded.verified.max).toBe(0.25);
    expect([ends, open.length]).toEqual([{ open: 3 }, 1]);
  });

  it("of nothing is nothing", () => {
    expect(summaryOf([])).toEqual({ cases: 0, items: 0, ends: {}, groups: [], open: [] });
    expect(spread([])).toEqual({ n: 0, median: undefined, p90: undefined, max: undefined });
  });

  it("names only what was measured, and nine of ten are no later than the p90", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 9_000, noNaN: true }), { minLength: 1, maxLength: 60 }), (all) => {
        const { n, median = -1, p90 = -1, max } = spread(all);
        expect([n, max]).toEqual([all.length, Math.max(...all)]);
        for (const one of [median, p90]) expect(all).toContain(one);
        expect(all.filter((one) => one <= p90).length).toBeGreaterThanOrEqual(0.9 * n);
        expect(all.filter((one) => one <= median).length).toBeGreaterThanOrEqual(0.5 * n);
      }),
    );
  });
});
