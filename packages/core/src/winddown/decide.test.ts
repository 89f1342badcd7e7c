import { describe, expect, it } from "vitest";
import { decide, type Step } from "./decide.ts";
import {
  anAct,
  aPlan,
  ask,
  asked,
  at,
  aView,
  aWindDown,
  close,
  DELETE,
  DELETES,
  DISABLE,
  DISABLES,
  ELSE,
  GRACE,
  hold,
  keep,
  LEAVE_OFF,
  OFF,
  OFF_SINCE_MONDAY,
  QUARANTINE,
  REOPENS,
  REVOKE,
  SAM,
  standing,
  VERIFIES,
  voice,
  wait,
  yes,
} from "./example.ts";
import type { View, WindDown } from "./model.ts";

const POLICY = { grace: 720 };
const NOBODY = "nobody has been asked yet";
const NO_FURTHER = "silence may go no further";
const PERSON = "the next step needs a person's answer";
const OTHERS = "the next step takes others down with it";
const UNSAID = "silence would now do what the question did not say";
const BY_HAND = "we cannot switch it off: somebody must, by hand";
const NOT_OFF = "it has not been seen switched off";
const FINAL = "final, and never switched off first: two people, one from security";
const NOT_FOUND = "not found, and nothing confirms that it is gone";
const LATE = { ...OFF_SINCE_MONDAY, question: undefined };
const GRACE_LATE = voice("grace", false, 700);
const SAM_LATE = voice("sam", true, 700);

type Row = [title: string, given: Partial<WindDown>, hours: number, then: Step, seen?: Partial<View>];
const holds = (rows: readonly Row[]) =>
  it.each(rows)("%s", (_title, given, hours, then, seen = {}) => {
    expect(decide(aWindDown(given), aView(seen), POLICY, at(hours))).toEqual(then);
  });

describe("before anything else it", () => {
  const settled = { settled: at(2), state: OFF };
  holds([
    ["lets what was done settle", OFF_SINCE_MONDAY, 1, wait(2), settled],
    ["reads it back at the instant when it can be believed", OFF_SINCE_MONDAY, 2, VERIFIES, settled],
    [
      "reads it back before it closes what is gone",
      OFF_SINCE_MONDAY,
      2,
      VERIFIES,
      { ...settled, state: undefined, gone: true },
    ],
    ["reads it back before an answer", { ...OFF_SINCE_MONDAY, answer: keep(true, 9) }, 2, VERIFIES, settled],
    ["reads it back before it sees somebody's hand", OFF_SINCE_MONDAY, 2, VERIFIES, { ...settled, state: ELSE }],
    ["reads it back before it goes on", { ...OFF_SINCE_MONDAY, answer: yes(GRACE_LATE) }, 720, VERIFIES, settled],
    [
      "reads it back where it now only observes",
      OFF_SINCE_MONDAY,
      2,
      VERIFIES,
      { ...settled, ...standing({ mode: "observe" }) },
    ],
  ]);
});

describe("of what is not to be seen it", () => {
  const unseen = { state: undefined };
  const gone = { state: undefined, gone: true };
  holds([
    ["closes nothing on one empty read", {}, 0, wait(24, NOT_FOUND), unseen],
    ["does nothing on an empty read, even on a yes", { answer: yes(GRACE) }, 72, wait(96, NOT_FOUND), unseen],
    ["closes what is gone", { answer: yes(GRACE) }, 0, close("gone"), gone],
    ["closes what is gone though somebody holds it", { answer: hold(200, "flagged") }, 0, close("gone"), gone],
    ["does not take for gone what is there", {}, 0, wait(72), { gone: true }],
    [
      "closes what we deleted once that is confirmed",
      {
        rung: "deleted",
        acts: [anAct(), anAct({ from: "disabled", to: "deleted", receipt: { ...anAct().receipt, after: undefined } })],
      },
      999,
      close("gone"),
      gone,
    ],
  ]);
});

describe("on silence it", () => {
  holds([
    ["asks first", { question: undefined }, 0, ask(NOBODY)],
    ["counts none while no desk took the question", { question: undefined }, 9_999, ask(NOBODY)],
    ["waits out the notice", {}, 71, wait(72)],
    ["disables when nobody answers", {}, 72, DISABLES],
    [
      "quarantines where that comes first",
      { ladder: [QUARANTINE, DISABLE] },
      72,
      { ...DISABLES, to: "quarantined" } as Step,
    ],
    ["shortens no notice below the least", { question: asked(0, 1) }, 3, wait(4)],
    ["counts the least notice from when it was asked", { question: asked(70, 71) }, 73, wait(74)],
    ["goes down at the end of the least notice", { question: asked(0, 1) }, 4, DISABLES],
    ["does not touch an active owner's", {}, 72, ask(NO_FURTHER), standing({ departed: false })],
    ["does not touch what nobody owns", {}, 72, ask(NO_FURTHER), standing({ owner: undefined })],
    ["does not touch what is in use", {}, 72, ask(NO_FURTHER), standing({ inUse: true })],
    ["takes not knowing the use for use", {}, 72, ask(NO_FURTHER), standing({ inUse: undefined })],
    ["does not touch what is shared", {}, 72, ask(NO_FURTHER), standing({ shared: true })],
    ["does not believe what could be forged", {}, 72, ask(NO_FURTHER), standing({ unforgeable: false })],
    ["does not disable a likely owner's", {}, 72, ask(NO_FURTHER), standing({ confidence: 0.94 })],
    [
      "quarantines a likely owner's",
      { ladder: [QUARANTINE] },
      72,
      { ...DISABLES, to: "quarantined" } as Step,
      standing({ confidence: 0.8 }),
    ],
    [
      "does not touch a possible owner's",
      { ladder: [QUARANTINE] },
      72,
      ask(NO_FURTHER),
      standing({ confidence: 0.79 }),
    ],
    ["does not act on what is contested", {}, 72, ask(NO_FURTHER), standing({ contested: true })],
    ["does nothing where the connector acts on a yes only", {}, 72, ask(NO_FURTHER), standing({ mode: "ask" })],
    ["takes nobody else down", { ladder: [{ ...DISABLE, blast: "identity" }] }, 72, ask(OTHERS)],
    ["takes nothing shared down", { ladder: [{ ...DISABLE, blast: "shared" }] }, 72, ask(OTHERS)],
    ["revokes no consent", { ladder: [REVOKE] }, 999, ask(PERSON)],
    ["deletes nothing, however long it is disabled", OFF_SINCE_MONDAY, 9_999, ask(PERSON), { state: OFF }],
    [
      "deletes nothing even where that could be taken back",
      { ...OFF_SINCE_MONDAY, ladder: [DISABLE, { ...DELETE, reversibility: "R1" }] },
      999,
      ask(NO_FURTHER),
      { state: OFF },
    ],
    ["waits for staffed hours", {}, 72, wait(80), standing({ notBefore: at(80) })],
    ["is not held up by staffed hours that have begun", {}, 72, DISABLES, standing({ notBefore: at(72) })],
    ["waits out the notice though it is day", {}, 60, wait(72), standing({ notBefore: at(65) })],
    ["does not cover a plan that has grown", {}, 72, ask(UNSAID), { plan: aPlan({ alsoAffects: ["agent-8"] }) }],
    ["does not cover another owner's", {}, 72, ask(UNSAID), standing({ owner: "acc_bob" })],
    ["does not do what the question did not say", { question: asked(0, 72, { ifSilent: "nothing" }) }, 72, ask(UNSAID)],
    ["goes down though it asked the last one", { question: asked(0, 72, { last: true }) }, 72, DISABLES],
    [
      "leaves what is protected",
      {},
      72,
      ask("never touched: break glass"),
      standing({ protected: "never touched: break glass" }),
    ],
    ["leaves what the plan refuses", {}, 72, ask("shared"), { plan: aPlan({ refusals: ["shared"] }) }],
  ]);
});

describe("on a yes it", () => {
  const UNTOUCHED = standing({ protected: "never touched: break glass" });
  holds([
    ["disables at once", { answer: yes(GRACE) }, 0, DISABLES],
    ["disables though nobody was asked", { answer: yes(GRACE), question: undefined }, 0, DISABLES],
    ["does not wait for day", { answer: yes(GRACE) }, 72, DISABLES, standing({ notBefore: at(80) })],
    ["acts where the connector acts on a yes only", { answer: yes(GRACE) }, 0, DISABLES, standing({ mode: "ask" })],
    [
      "acts on what is in use, shared, contested, and hardly known",
      { answer: yes(GRACE) },
      0,
      DISABLES,
      standing({ inUse: true, shared: true, contested: true, unforgeable: false, confidence: 0.1 }),
    ],
    ["takes an identity down", { ladder: [{ ...DISABLE, blast: "identity" }], answer: yes(GRACE) }, 0, DISABLES],
    ["revokes a consent", { ladder: [REVOKE], answer: yes(GRACE) }, 0, DISABLES],
    [
      "never acts where it only observes",
      { answer: yes(GRACE) },
      0,
      wait(24, "the connector only observes"),
      standing({ mode: "observe" }),
    ],
    ["leaves what is protected", { answer: yes(GRACE, SAM) }, 72, ask("never touched: break glass"), UNTOUCHED],
    [
      "leaves what is protected, even at night",
      { answer: yes(GRACE, SAM) },
      72,
      ask("never touched: break glass"),
      { standing: { ...aView(UNTOUCHED).standing, notBefore: at(80) } },
    ],
    [
      "leaves what the plan refuses",
      { answer: yes(GRACE) },
      72,
      ask("shared"),
      { plan: aPlan({ refusals: ["shared"] }) },
    ],
    [
      "says what protects it before what the plan refuses",
      { answer: yes(GRACE) },
      72,
      ask("never touched: break glass"),
      { ...UNTOUCHED, plan: aPlan({ refusals: ["shared"] }) },
    ],
    [
      "looks within the hour whether what the plan refuses has passed, as another's key that must go first",
      ...([{ answer: yes(GRACE) }, 0, wait(1), { plan: aPlan({ refusals: ["shared"] }) }] as const),
    ],
    ["but not where nobody has said yes", ...([{}, 0, wait(72), { plan: aPlan({ refusals: ["shared"] }) }] as const)],
    ["takes one to another plan for none", { answer: { kind: "yes", token: "other", voices: [GRACE] } }, 0, wait(72)],
    [
      "takes one about a leaver for none about an active owner",
      { answer: yes(GRACE) },
      72,
      ask(NO_FURTHER),
      standing({ departed: false }),
    ],
    [
      "takes one about one owner for none about another",
      { answer: yes(GRACE) },
      10,
      wait(72),
      standing({ owner: "acc_bob" }),
    ],
    ["takes one without a voice for none", { answer: yes() }, 10, wait(72)],
    ["keeps one for seven days", { answer: yes(GRACE), question: asked(160, 200) }, 167, DISABLES],
    ["and no longer", { answer: yes(GRACE), question: asked(160, 200) }, 168, wait(200)],
    [
      "keeps the grace, even on two voices",
      { ...LATE, answer: yes(GRACE_LATE, SAM_LATE) },
      719,
      wait(720),
      { state: OFF },
    ],
    ["deletes after the grace", { ...LATE, answer: yes(GRACE_LATE) }, 720, DELETES, { state: OFF }],
    [
      "deletes nothing that was never seen switched off",
      { rung: "disabled", answer: yes(GRACE, SAM) },
      72,
      ask(NOT_OFF),
      { state: OFF },
    ],
    [
      "deletes nothing whose switching off is unconfirmed",
      { ...LATE, acts: [anAct({ verified: "unconfirmed" })], answer: yes(GRACE_LATE, SAM_LATE) },
      720,
      ask(NOT_OFF),
      { state: OFF },
    ],
    [
      "deletes nothing that is still alive",
      { ...LATE, acts: [anAct({ verified: "still alive" })], answer: yes(GRACE_LATE) },
      720,
      ask(NOT_OFF),
      { state: OFF },
    ],
    [
      "does not count a quarantine towards the grace",
      {
        ...LATE,
        rung: "quarantined",
        ladder: [QUARANTINE, DISABLE, DELETE].filter(({ to }) => to !== "disabled").concat(DISABLE),
        acts: [anAct({ to: "quarantined" })],
        answer: yes(GRACE_LATE, SAM_LATE),
      },
      720,
      ask(NOT_OFF),
      { state: OFF },
    ],
    [
      "does not count what cannot simply be switched on again",
      { ...LATE, ladder: [REVOKE, DISABLE, DELETE], answer: yes(GRACE_LATE) },
      720,
      ask(FINAL),
      { state: OFF },
    ],
    [
      "waits out no grace for a deletion that can be taken back",
      { ...LATE, ladder: [DISABLE, { ...DELETE, reversibility: "R1" }], answer: yes(GRACE) },
      1,
      DELETES,
      { state: OFF },
    ],
    ["wants a second voice where deletion is all there is", { ladder: [DELETE], answer: yes(SAM) }, 72, ask(FINAL)],
    ["wants one of the two from security", { ladder: [DELETE], answer: yes(GRACE, voice("ada")) }, 72, ask(FINAL)],
    [
      "takes one person's two accounts for one",
      { ladder: [DELETE], answer: yes(voice("sam", false, 0, "sam-github"), SAM) },
      72,
      ask(FINAL),
    ],
    [
      "takes one account that two people may have had for one",
      { ladder: [DELETE], answer: yes(voice("sam-before", false, 0, "sam"), SAM) },
      72,
      ask(FINAL),
    ],
    [
      "wants both voices within seven days",
      { ladder: [DELETE], answer: yes(GRACE, voice("sam", true, 100)) },
      168,
      ask(FINAL),
    ],
    ["deletes on two voices where deletion is all there is", { ladder: [DELETE], answer: yes(GRACE, SAM) }, 0, DELETES],
  ]);
});

describe("in the end it", () => {
  const CALLED = { question: asked(600, 720, { last: true }) };
  holds([
    ["asks the next when one is silent", {}, 72, ask(NO_FURTHER), standing({ inUse: true })],
    ["gives each the notice", {}, 71, wait(72), standing({ inUse: true })],
    [
      "is a finding when the last one is silent",
      { question: asked(0, 72, { last: true }) },
      72,
      close("unresolved"),
      standing({ inUse: true }),
    ],
    [
      "is a finding where it is only quarantined",
      { rung: "quarantined", ladder: [QUARANTINE, DISABLE], acts: [anAct({ to: "quarantined" })], ...CALLED },
      720,
      close("unresolved"),
      { state: OFF, ...standing({ inUse: true }) },
    ],
    [
      "stays disabled when the last one is silent",
      { ...OFF_SINCE_MONDAY, ...CALLED },
      720,
      close("bottom"),
      { state: OFF },
    ],
    [
      "stays disabled where there is nothing below",
      { ...OFF_SINCE_MONDAY, ladder: [DISABLE] },
      0,
      close("bottom"),
      { state: OFF, plan: undefined },
    ],
    [
      "does not end at a quarantine unasked",
      { rung: "quarantined", ladder: [QUARANTINE], acts: [anAct({ to: "quarantined" })], question: undefined },
      0,
      ask(BY_HAND),
      { state: OFF, plan: undefined },
    ],
    ["asks for a hand where we have none", { ladder: [] }, 72, ask(BY_HAND), { plan: undefined }],
    ["asks for a hand where no plan could be drawn", {}, 72, ask(BY_HAND), { plan: undefined }],
    [
      "ends as a finding where nobody lent a hand",
      { ladder: [], question: asked(0, 72, { last: true }) },
      72,
      close("unresolved"),
      { plan: undefined },
    ],
    ["does not ask for a deletion that is weeks away", LATE, 1, wait(720 - 168), { state: OFF }],
    ["asks for it in the last seven days of the grace", LATE, 720 - 168, ask(PERSON), { state: OFF }],
    ["stays off when somebody says so", { ...LATE, answer: LEAVE_OFF }, 1, close("bottom"), { state: OFF }],
    ["does not stay off what is on", { answer: LEAVE_OFF }, 10, wait(72)],
    ["does not stay off what somebody switched on", { ...LATE, answer: LEAVE_OFF }, 1, REOPENS],
    [
      "does not stay off what is only quarantined",
      { rung: "quarantined", ladder: [QUARANTINE, DISABLE], acts: [anAct({ to: "quarantined" })], answer: LEAVE_OFF },
      10,
      wait(72),
      { state: OFF },
    ],
  ]);

  it.each([0, 167, -1])("holds to a least grace of a week, where the policy says %d hours", (grace) => {
    const given = aWindDown({ ...OFF_SINCE_MONDAY, answer: yes(GRACE) });
    expect(decide(given, aView({ state: OFF }), { grace }, at(167))).toEqual(wait(168));
  });
});
