import { describe, expect, it } from "vitest";
import { back } from "../connector/index.ts";
import { decide, type Step } from "./decide.ts";
import {
  anAct,
  ask,
  at,
  aView,
  aWindDown,
  close,
  DISABLE,
  ELSE,
  keep,
  OFF,
  OFF_SINCE_MONDAY,
  QUARANTINE,
  RECEIPT,
  REOPENS,
  standing,
  undoBy,
  voice,
  wait,
  yes,
} from "./example.ts";
import type { Act, View, WindDown } from "./model.ts";

const NO_FURTHER = "silence may go no further";
const CONTESTED = { state: ELSE, ...standing({ contested: true }) };

/** Quarantined by us, and then nobody knows. */
const LIMITED = { status: "Limited" };
const QUARANTINED: Act = anAct({ to: "quarantined", receipt: { ...RECEIPT, verb: "quarantine", after: LIMITED } });
const LIFTS: Step = { do: "undo", to: "flagged", plan: back(QUARANTINED.receipt) };

type Row = [title: string, given: Partial<WindDown>, hours: number, then: Step, seen?: Partial<View>];
const holds = (rows: readonly Row[]) =>
  it.each(rows)("%s", (_title, given, hours, then, seen = {}) => {
    expect(decide(aWindDown(given), aView(seen), { grace: 720 }, at(hours))).toEqual(then);
  });

describe("an act of which nobody knows what came", () => {
  const IN_DOUBT: Partial<WindDown> = {
    rung: "quarantined",
    ladder: [QUARANTINE, DISABLE],
    acts: [QUARANTINED],
    doubt: { seen: ELSE },
  };
  const BACK_FROM_THERE = { do: "undo", to: "flagged", plan: { ...back(QUARANTINED.receipt), before: ELSE } } as const;
  const UNSURE = "nobody knows what came of our last act: only a person's yes takes it back";
  const undone = (given: Partial<WindDown>, seen: Partial<View> = {}) =>
    decide(aWindDown({ ...IN_DOUBT, ...given }), aView({ state: ELSE, ...seen }), { grace: 720 }, at(90));

  it.each<[string, WindDown["answer"]]>([
    ["an undo", undoBy("acc_ada")],
    ["an accepted keep", keep(true, 96)],
  ])("is taken back to the state before the first by a person: %s", (_title, answer) => {
    const { token, ...plan } = BACK_FROM_THERE.plan;
    expect(undone({ answer })).toMatchObject({ ...BACK_FROM_THERE, plan });
    expect(undone({ answer })).not.toMatchObject({ plan: { token } }); // it says from where
  });

  holds([
    ["is no hand of somebody else's", { ...IN_DOUBT, question: undefined }, 90, ask(NO_FURTHER), CONTESTED],
    [
      "waits for a person where only a reinstatement asks",
      { ...IN_DOUBT, answer: undoBy(undefined) },
      90,
      wait(114, UNSURE),
      { state: ELSE },
    ],
    [
      "leaves what we did before to be taken back, where it stands",
      { ...IN_DOUBT, answer: undoBy(undefined) },
      90,
      LIFTS,
      { state: LIMITED },
    ],
    [
      "is somebody's hand once it is something else again",
      { ...IN_DOUBT, question: undefined },
      90,
      REOPENS,
      { state: OFF },
    ],
    [
      "is not the bottom",
      { ...OFF_SINCE_MONDAY, ladder: [DISABLE], doubt: { seen: ELSE } },
      90,
      ask("we cannot switch it off: somebody must, by hand"),
      { state: ELSE },
    ],
    [
      "ends the grace: a deletion needs it seen switched off",
      { ...OFF_SINCE_MONDAY, doubt: { seen: ELSE }, answer: yes(voice("grace", false, 700)), question: undefined },
      720,
      ask("it has not been seen switched off"),
      { state: ELSE },
    ],
  ]);
});

describe("an act that we lost", () => {
  const BY_US = undoBy(undefined);
  const GONE = { state: undefined, gone: true };
  holds([
    [
      "ends as undone though nobody asked for it but a reinstatement, where a person brought it back",
      { answer: BY_US, lost: [{ act: anAct(), as: "a person brought it back" }] },
      91,
      close("undone"),
      GONE,
    ],
    [
      "ends as gone where somebody changed it and it is gone by now",
      { answer: BY_US, lost: [{ act: anAct(), as: "somebody changed it after us" }] },
      91,
      close("gone"),
      GONE,
    ],
  ]);
});
