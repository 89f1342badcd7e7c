import { describe, expect, it } from "vitest";
import { back } from "../connector/index.ts";
import { decide, type Step } from "./decide.ts";
import {
  anAct,
  ask,
  asked,
  at,
  aView,
  aWindDown,
  close,
  DELETE,
  DISABLE,
  ELSE,
  GRACE,
  hold,
  keep,
  OFF,
  OFF_SINCE_MONDAY,
  ON,
  QUARANTINE,
  RECEIPT,
  REOPENS,
  REVOKE,
  SWITCHES_ON,
  standing,
  undoBy,
  VERIFIES,
  wait,
  yes,
} from "./example.ts";
import type { Act, View, WindDown } from "./model.ts";

const NOBODY = "nobody has been asked yet";
const PERSON_ONLY = "only a person can bring it back";
const BACK: Step = { do: "reopen", as: "a person brought it back" };
const MAYBE_NOT_US = "it may not have been us who did it: only a person's yes takes it back";
const ADOPTED = { rung: "disabled", acts: [anAct({ receipt: { ...RECEIPT, adopted: true } })] } as const;

/** A consent that we revoked: nothing of it is left to be seen. */
const REVOKED: Partial<WindDown> = {
  rung: "disabled",
  ladder: [REVOKE],
  acts: [anAct({ receipt: { ...RECEIPT, after: undefined } })],
};
const DELETED: Partial<WindDown> = {
  rung: "deleted",
  acts: [anAct(), anAct({ from: "disabled", to: "deleted", receipt: { ...RECEIPT, before: OFF, after: undefined } })],
};
const GONE = { state: undefined, gone: true };

/** Quarantined by us and then disabled. */
const LIMITED = { status: "Limited" };
const QUARANTINED: Act = anAct({ to: "quarantined", receipt: { ...RECEIPT, verb: "quarantine", after: LIMITED } });
const THEN_OFF: Act = anAct({ from: "quarantined", receipt: { ...RECEIPT, before: LIMITED } });
const TWICE: Partial<WindDown> = { rung: "disabled", ladder: [QUARANTINE, DISABLE], acts: [QUARANTINED, THEN_OFF] };
const LIFTS: Step = { do: "undo", to: "flagged", plan: back(QUARANTINED.receipt) };

type Row = [title: string, given: Partial<WindDown>, hours: number, then: Step, seen?: Partial<View>];
const holds = (rows: readonly Row[]) =>
  it.each(rows)("%s", (_title, given, hours, then, seen = {}) => {
    expect(decide(aWindDown(given), aView(seen), { grace: 720 }, at(hours))).toEqual(then);
  });

describe("a hold", () => {
  holds([
    ["is respected", { answer: hold(200, "flagged") }, 199, wait(200)],
    ["is a new question when it ends", { answer: hold(200, "flagged") }, 200, ask(NOBODY)],
    [
      "is a new question when it ends, not one of before",
      { answer: hold(200, "flagged"), question: asked(199, 300) },
      400,
      ask(NOBODY),
    ],
    [
      "leaves a question of after it alone",
      { answer: hold(200, "flagged"), question: asked(200, 300) },
      250,
      wait(300),
    ],
    [
      "is taken back to its rung where it is deeper",
      { ...OFF_SINCE_MONDAY, answer: hold(200, "flagged") },
      90,
      SWITCHES_ON,
      { state: OFF },
    ],
    [
      "leaves what is not deeper",
      { ...OFF_SINCE_MONDAY, answer: hold(200, "disabled") },
      90,
      wait(200),
      { state: OFF },
    ],
    ["outlasts somebody else's hand", { ...OFF_SINCE_MONDAY, answer: hold(200, "disabled") }, 90, wait(200)],
    [
      "outlasts a mode that only observes",
      { answer: hold(200, "flagged") },
      90,
      wait(200),
      standing({ mode: "observe" }),
    ],
    [
      "does not take back what may not have been us",
      { ...ADOPTED, answer: hold(200, "flagged") },
      90,
      wait(114, MAYBE_NOT_US),
      { state: OFF },
    ],
    [
      "waits no longer than it lasts",
      { ...ADOPTED, answer: hold(100, "flagged") },
      90,
      wait(100, MAYBE_NOT_US),
      { state: OFF },
    ],
    [
      "waits for a person where only a person can bring it back",
      { ...REVOKED, answer: hold(200, "flagged") },
      90,
      wait(114, PERSON_ONLY),
      GONE,
    ],
    [
      "starts anew once a person brought it back",
      { ...REVOKED, answer: hold(200, "flagged") },
      90,
      BACK,
      { isBack: true },
    ],
    ["does not keep open for good what is gone", { ...REVOKED, answer: hold(80, "flagged") }, 90, close("gone"), GONE],
    [
      "does not keep open what is gone at the rung that it names",
      { ...REVOKED, answer: hold(200, "disabled") },
      90,
      close("gone"),
      GONE,
    ],
  ]);
});

describe("a keep", () => {
  holds([
    [
      "is offered to the one named, even past the deadline",
      { answer: keep(false, 96) },
      80,
      { do: "offer", to: "acc_ada", until: at(96) },
    ],
    ["that nobody takes is a new question", { answer: keep(false, 96) }, 96, ask(NOBODY)],
    ["closes once that one accepts", { answer: keep(true, 96) }, 0, close("kept")],
    ["holds for good once accepted", { answer: keep(true, 96) }, 9_999, close("kept")],
    [
      "switches on again what is kept after all",
      { ...OFF_SINCE_MONDAY, answer: keep(true, 96) },
      90,
      SWITCHES_ON,
      { state: OFF },
    ],
    [
      "switches nothing on before it is accepted",
      { ...OFF_SINCE_MONDAY, answer: keep(false, 96) },
      90,
      { do: "offer", to: "acc_ada", until: at(96) },
      { state: OFF },
    ],
    ["outlasts the new owner's own hand", { ...OFF_SINCE_MONDAY, answer: keep(true, 96) }, 90, SWITCHES_ON],
    [
      "takes back nothing that somebody changed",
      { ...OFF_SINCE_MONDAY, answer: keep(true, 96) },
      90,
      REOPENS,
      { state: ELSE },
    ],
    [
      "is taken back even where it now only observes",
      { ...OFF_SINCE_MONDAY, answer: keep(true, 96) },
      90,
      SWITCHES_ON,
      { state: OFF, ...standing({ mode: "observe" }) },
    ],
    [
      "is taken back even where it is protected now, and at night",
      { ...OFF_SINCE_MONDAY, answer: keep(true, 96) },
      90,
      SWITCHES_ON,
      { state: OFF, ...standing({ protected: "never", notBefore: at(99) }) },
    ],
    ["takes back what may not have been us", { ...ADOPTED, answer: keep(true, 96) }, 90, SWITCHES_ON, { state: OFF }],
    ["cannot consent for others", { ...REVOKED, answer: keep(true, 96) }, 90, wait(114, PERSON_ONLY), { state: OFF }],
    [
      "waits for a person though nothing is to be seen",
      { ...REVOKED, answer: keep(true, 96) },
      90,
      wait(114, PERSON_ONLY),
      GONE,
    ],
    [
      "is still offered though nothing is to be seen",
      { ...REVOKED, answer: keep(false, 96) },
      90,
      { do: "offer", to: "acc_ada", until: at(96) },
      GONE,
    ],
    [
      "that nobody took keeps nothing open that is gone",
      { ...REVOKED, answer: keep(false, 90) },
      90,
      close("gone"),
      GONE,
    ],
    ["starts anew once a person brought it back", { ...REVOKED, answer: keep(true, 96) }, 90, BACK, { isBack: true }],
    [
      "starts anew once a person brought it back in another place",
      { ...REVOKED, answer: keep(true, 96) },
      90,
      BACK,
      { ...GONE, isBack: true },
    ],
    [
      "calls nothing gone before that is confirmed",
      { ...DELETED, answer: keep(true, 96) },
      90,
      wait(114, "not found, and nothing confirms that it is gone"),
      { state: undefined },
    ],
    ["comes too late for what is deleted", { ...DELETED, answer: keep(true, 96) }, 90, close("gone"), GONE],
    [
      "comes too late for what is final and still to be seen",
      { rung: "disabled", ladder: [{ ...DISABLE, reversibility: "R3" }], acts: [anAct()], answer: keep(true, 96) },
      90,
      close("gone"),
      { state: OFF },
    ],
    ["finds out where a deletion did not hold", { ...DELETED, answer: keep(true, 96) }, 90, REOPENS, { state: OFF }],
    [
      "takes nothing for final that its ladder no longer names",
      { rung: "disabled", ladder: [], acts: [anAct()], answer: keep(true, 96) },
      90,
      wait(114, PERSON_ONLY),
      { state: OFF },
    ],
    [
      "says so where it is down and not by us",
      { rung: "disabled", answer: keep(true, 96) },
      90,
      wait(114, "it is down, and not by us"),
      { state: OFF },
    ],
  ]);
});

describe("an undo", () => {
  const BY_US = undoBy(undefined);
  holds([
    ["of nothing is done", { answer: BY_US }, 0, close("undone")],
    ["brings back the state of before", { ...OFF_SINCE_MONDAY, answer: BY_US }, 90, SWITCHES_ON, { state: OFF }],
    [
      "takes the newest act back first",
      { ...TWICE, answer: BY_US },
      90,
      { do: "undo", to: "quarantined", plan: back(THEN_OFF.receipt) },
      { state: OFF },
    ],
    [
      "then the one before it",
      { ...TWICE, rung: "quarantined", acts: [QUARANTINED], answer: BY_US },
      90,
      LIFTS,
      { state: LIMITED },
    ],
    [
      "is read back before it is called done",
      { returned: anAct({ verified: undefined }), answer: BY_US },
      2,
      VERIFIES,
      { settled: at(1) },
    ],
    ["is done once it was read back", { answer: BY_US }, 2, close("undone")],
    ["is finished though it is on already", { ...OFF_SINCE_MONDAY, answer: BY_US }, 90, SWITCHES_ON, { state: ON }],
    [
      "is refused for what somebody changed since",
      { ...OFF_SINCE_MONDAY, answer: BY_US },
      90,
      REOPENS,
      { state: ELSE },
    ],
    [
      "is not stopped where it now only observes",
      { ...OFF_SINCE_MONDAY, answer: BY_US },
      90,
      SWITCHES_ON,
      { state: OFF, ...standing({ mode: "observe" }) },
    ],
    [
      "is not stopped by protection, by night or by a new owner",
      { ...OFF_SINCE_MONDAY, answer: BY_US },
      90,
      SWITCHES_ON,
      { state: OFF, ...standing({ protected: "never", notBefore: at(99), owner: undefined, departed: false }) },
    ],
    [
      "of what may not have been us wants a person's yes",
      { ...ADOPTED, answer: BY_US },
      90,
      wait(114, MAYBE_NOT_US),
      { state: OFF },
    ],
    [
      "of what may not have been us is done on it",
      { ...ADOPTED, answer: undoBy("acc_ada") },
      90,
      SWITCHES_ON,
      { state: OFF },
    ],
    ["cannot consent for others", { ...REVOKED, answer: undoBy("acc_ada") }, 90, wait(114, PERSON_ONLY), GONE],
    ["starts anew once a person brought it back", { ...REVOKED, answer: BY_US }, 90, BACK, { isBack: true }],
    [
      "ends as undone once a person brought it back under another id",
      { answer: undoBy("acc_grace") },
      91,
      close("undone"),
      GONE,
    ],
    ["asked by nobody, ends as gone where it is gone", { answer: BY_US }, 91, close("gone"), GONE],
    ["of what is deleted is none", { ...DELETED, answer: undoBy("acc_ada") }, 90, close("gone"), GONE],
    ["of what somebody else removed is none", { ...OFF_SINCE_MONDAY, answer: BY_US }, 90, close("gone"), GONE],
    [
      "does not take one empty read for the end",
      { ...OFF_SINCE_MONDAY, answer: BY_US },
      90,
      wait(114, "not found, and nothing confirms that it is gone"),
      { state: undefined },
    ],
    [
      "takes back what we did before that which a person brought back",
      { ...TWICE, ladder: [QUARANTINE, REVOKE], answer: BY_US },
      90,
      LIFTS,
      { state: LIMITED, isBack: true },
    ],
    [
      "believes one way back for one act only",
      { ...TWICE, ladder: [{ ...QUARANTINE, reversibility: "R2" }, REVOKE], answer: BY_US },
      90,
      wait(114, PERSON_ONLY),
      { state: LIMITED, isBack: true },
    ],
    [
      "goes by the act that was taken where two lead to one rung",
      { ...OFF_SINCE_MONDAY, ladder: [REVOKE, DISABLE], answer: BY_US },
      90,
      wait(114, PERSON_ONLY),
      { state: OFF },
    ],
  ]);
});

describe("somebody else's hand", () => {
  holds([
    ["begins it anew, though there is a yes", { ...OFF_SINCE_MONDAY, answer: yes(GRACE) }, 720, REOPENS],
    ["begins it anew weeks after", { ...OFF_SINCE_MONDAY, question: undefined }, 600, REOPENS, { state: ELSE }],
    ["is seen where it now only observes", OFF_SINCE_MONDAY, 90, REOPENS, standing({ mode: "observe" })],
    ["is seen at the bottom", { ...OFF_SINCE_MONDAY, ladder: [DISABLE] }, 90, REOPENS],
    [
      "is seen though it was on and off again between two looks",
      { ...OFF_SINCE_MONDAY, answer: yes(GRACE) },
      720,
      REOPENS,
      { state: OFF, restored: at(1) },
    ],
    [
      "is none where it was on before we switched it off",
      { ...OFF_SINCE_MONDAY, ladder: [DISABLE] },
      90,
      close("bottom"),
      { state: OFF, restored: at(0) },
    ],
    [
      "is none where we switched it on again ourselves",
      { ...TWICE, rung: "quarantined", acts: [QUARANTINED] },
      90,
      { do: "descend", to: "disabled", plan: aView().plan } as Step,
      { state: LIMITED, restored: at(50) },
    ],
    [
      "does not stop a keep",
      { ...OFF_SINCE_MONDAY, ladder: [DISABLE, DELETE], answer: keep(true, 96) },
      90,
      SWITCHES_ON,
      { state: OFF, restored: at(50) },
    ],
  ]);
});
