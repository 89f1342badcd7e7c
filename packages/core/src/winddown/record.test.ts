import { describe, expect, it } from "vitest";
import { anAct, at, aWindDown, ELSE, GRACE, hold, keep, LEAVE_OFF, OFF, RECEIPT, undoBy, yes } from "./example.ts";
import type { Act, Answer } from "./model.ts";
import { type Happened, record } from "./record.ts";

const DOWN = { kind: "descended", to: "disabled", receipt: RECEIPT, at: at(80) } as const;
const BACK_ON = { kind: "undone", to: "flagged", receipt: RECEIPT, at: at(90) } as const;
const asked = aWindDown({ answer: yes(GRACE), wants: "a reason", tried: ["acc_grace"], snoozed: true });
const QUARANTINED: Act = anAct({ to: "quarantined" });
const THEN_OFF: Act = anAct({ from: "quarantined" });

it("remembers an act so that it can be taken back and must be read back, and needs a new question after it", () => {
  expect(record(asked, DOWN)).toEqual({
    ...asked,
    rung: "disabled",
    acts: [{ from: "flagged", to: "disabled", receipt: RECEIPT, at: at(80), verified: undefined }],
    question: undefined,
    wants: undefined,
    tried: [],
    answer: undefined,
  });
});

it("waits no more for an undo that it has overtaken", () => {
  expect(record(aWindDown({ returned: anAct() }), DOWN).returned).toBeUndefined();
});

it("keeps the acts before it", () => {
  const down = record(aWindDown({ rung: "quarantined", acts: [QUARANTINED] }), DOWN);
  expect(down.acts).toEqual([QUARANTINED, { ...anAct(), from: "quarantined", at: at(80), verified: undefined }]);
});

it("forgets an act that was taken back, and waits to read that back", () => {
  const down = aWindDown({ rung: "disabled", acts: [QUARANTINED, THEN_OFF], answer: undoBy("acc_ada") });
  expect(record(down, { ...BACK_ON, to: "quarantined" })).toMatchObject({
    rung: "quarantined",
    acts: [QUARANTINED],
    question: undefined,
    answer: undoBy("acc_ada"),
    returned: { from: "disabled", to: "quarantined", receipt: RECEIPT, at: at(90), verified: undefined },
  });
});

it("forgets with it what a person brought back before", () => {
  const down = aWindDown({ rung: "disabled", acts: [QUARANTINED, THEN_OFF] });
  expect(record(down, BACK_ON)).toMatchObject({ rung: "flagged", acts: [] });
});

describe("what was read back", () => {
  const verified = (verdict: "confirmed" | "unconfirmed" | "still alive"): Happened => ({ kind: "verified", verdict });
  const down = aWindDown({
    rung: "disabled",
    acts: [QUARANTINED, { ...THEN_OFF, verified: undefined }],
    answer: yes(GRACE),
  });

  it.each(["confirmed", "unconfirmed", "still alive"] as const)(
    "is %s of the newest act, and ends no question",
    (verdict) => {
      expect(record(down, verified(verdict))).toEqual({
        ...down,
        acts: [QUARANTINED, { ...THEN_OFF, verified: verdict }],
      });
    },
  );

  it("carries the instant of the read, and until when a session can live", () => {
    const proof = { at: at(81), sessions: at(129) };
    expect(record(down, { kind: "verified", verdict: "confirmed", proof }).acts.at(-1)).toMatchObject({
      at: THEN_OFF.at,
      proof,
    });
  });

  it("is of the undo where one waits for it", () => {
    const undone = { ...down, returned: anAct({ verified: undefined }) };
    expect(record(undone, verified("confirmed"))).toEqual({ ...undone, returned: undefined });
  });

  it.each(["unconfirmed", "still alive"] as const)("leaves an undo waiting that is %s", (verdict) => {
    const undone = { ...down, returned: anAct({ verified: undefined }) };
    expect(record(undone, verified(verdict))).toEqual(undone);
  });
});

it("changes nothing when nothing was done", () => {
  expect(record(asked, { kind: "withdrawn" })).toEqual(asked);
});

describe("what is reopened", () => {
  const down = aWindDown({
    rung: "disabled",
    acts: [anAct()],
    wants: "a reason",
    tried: ["acc_grace"],
    returned: anAct(),
  });

  it("starts anew", () => {
    const begun = { rung: "flagged", acts: [], question: undefined, wants: undefined, tried: [], returned: undefined };
    const as = "somebody changed it after us";
    expect(record(down, { kind: "reopened", as })).toEqual({ ...down, ...begun, lost: [{ act: anAct(), as }] });
  });

  it("remembers every act that it lost, and why", () => {
    const [one, two] = ["somebody changed it after us", "a person brought it back"] as const;
    const once = record(down, { kind: "reopened", as: one });
    const twice = record({ ...once, acts: [QUARANTINED, THEN_OFF] }, { kind: "reopened", as: two });
    expect(twice.lost).toEqual([
      { act: anAct(), as: one },
      { act: QUARANTINED, as: two },
      { act: THEN_OFF, as: two },
    ]);
  });
});

describe("what is unknown", () => {
  const down = aWindDown({ rung: "quarantined", acts: [QUARANTINED], wants: "a reason", tried: ["acc_grace"] });

  it("is the last act alone: what was done before it still stands, and can be taken back", () => {
    const asked = { question: undefined, wants: undefined, tried: [] };
    const doubted = record(down, { kind: "unknown", seen: ELSE });
    expect(doubted).toEqual({ ...down, ...asked, doubt: { seen: ELSE } });
    expect(record(doubted, DOWN).doubt).toBeUndefined();
    expect(record(doubted, BACK_ON)).toMatchObject({ rung: "flagged", acts: [], doubt: undefined });
    expect(record(doubted, { kind: "reopened", as: "somebody changed it after us" }).doubt).toBeUndefined();
  });
});

describe("an answer", () => {
  const CHANGED = { kind: "reopened", as: "somebody changed it after us" } as const;
  const RETURNED = { kind: "reopened", as: "a person brought it back" } as const;
  const happenings: readonly Happened[] = [DOWN, BACK_ON, CHANGED, { kind: "unknown", seen: ELSE }];
  const down = (answer: Answer) => aWindDown({ rung: "quarantined", acts: [QUARANTINED], answer });

  it.each(happenings)("that is a hold or a keep outlasts what is $kind", (happened) => {
    for (const answer of [hold(200, "flagged"), keep(true, 96), keep(false, 96)])
      expect(record(down(answer), happened).answer).toEqual(answer);
  });

  it.each(happenings)("that is a yes, or to leave it off, ends with what is $kind", (happened) => {
    for (const answer of [yes(GRACE), LEAVE_OFF]) expect(record(down(answer), happened).answer).toBeUndefined();
  });

  it.each([DOWN, BACK_ON, RETURNED])("to undo outlasts what is $kind", (happened) => {
    expect(record(down(undoBy(undefined)), happened).answer).toEqual(undoBy(undefined));
  });

  it("to undo ends where nobody knows what came of it: nothing is left to take back, and a person is asked", () => {
    expect(record(down(undoBy("acc_ada")), { kind: "unknown", seen: ELSE }).answer).toBeUndefined();
  });

  it("to undo ends where somebody has changed it since: it is refused, and a person is asked", () => {
    expect(record(down(undoBy("acc_ada")), CHANGED).answer).toBeUndefined();
  });
});

it("changes nothing of what it was given", () => {
  const before = aWindDown({ rung: "disabled", acts: [anAct({ receipt: { ...RECEIPT, after: OFF } })] });
  const copy = structuredClone(before);
  for (const happened of [
    DOWN,
    BACK_ON,
    { kind: "verified", verdict: "confirmed" },
    { kind: "unknown", seen: ELSE },
  ] as const)
    record(before, happened);
  expect(before).toEqual(copy);
});
