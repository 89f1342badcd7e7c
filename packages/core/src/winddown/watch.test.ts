import { describe, expect, it } from "vitest";
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
  LEAVE_OFF,
  OFF,
  REVOKE,
  SWITCHES_ON,
  undoBy,
  VERIFIES,
  wait,
} from "./example.ts";
import type { View, WindDown } from "./model.ts";

/** Switched off on Monday and read back; a session that was opened before lives until hour 48. */
const WATCHED = anAct({ proof: { at: at(0.01), sessions: at(48) } });
const READ_AGAIN = anAct({ proof: { at: at(48), sessions: at(48) } });
const BOTTOM: Partial<WindDown> = { rung: "disabled", ladder: [DISABLE], acts: [WATCHED] };
const GONE = { state: undefined, gone: true };
const REVOKED: Partial<WindDown> = {
  rung: "disabled",
  ladder: [REVOKE],
  acts: [{ ...WATCHED, receipt: { ...WATCHED.receipt, after: undefined } }],
};

describe("while a session can live it", () => {
  it.each<[title: string, given: Partial<WindDown>, hours: number, then: Step, seen?: Partial<View>]>([
    ["does not end at the bottom", BOTTOM, 2, wait(48)],
    ["does not end as gone", REVOKED, 2, wait(48), GONE],
    ["does not end because somebody says to leave it off", { ...BOTTOM, answer: LEAVE_OFF }, 2, wait(48)],
    ["reads it back once more at the end of that", BOTTOM, 48, VERIFIES],
    ["and then ends", { ...BOTTOM, acts: [READ_AGAIN] }, 48, close("bottom")],
    ["ends where it opens none", { ...BOTTOM, acts: [anAct({ proof: { at: at(0.01) } })] }, 2, close("bottom")],
    ["sleeps over no end of the watch", { ...BOTTOM, ladder: [DISABLE, DELETE] }, 2, wait(48)],
    [
      "asks whom it must ask",
      { ...BOTTOM, ladder: [DISABLE, DELETE], question: undefined },
      720,
      ask("the next step needs a person's answer"),
    ],
    ["is taken back all the same", { ...BOTTOM, answer: undoBy("acc_ada") }, 2, SWITCHES_ON],
  ])("%s", (_title, given, hours, then, seen = {}) => {
    expect(decide(aWindDown(given), aView({ state: OFF, ...seen }), { grace: 720 }, at(hours))).toEqual(then);
  });
});

describe("the bottom needs a confirmed off: what is", () => {
  const last = { question: asked(0, 72, { last: true }) };
  it.each<[WindDown["acts"][number]["verified"], string]>([
    ["confirmed", "bottom"],
    ["unconfirmed", "unresolved"],
    ["still alive", "unresolved"],
  ])("%s ends as %s, and only the last who is asked can end it otherwise", (verified, as) => {
    const down = (more: Partial<WindDown>) =>
      decide(
        aWindDown({ ...BOTTOM, acts: [anAct({ verified })], ...more }),
        aView({ state: OFF }),
        { grace: 720 },
        at(90),
      );
    expect(down(last)).toEqual(close(as as "bottom"));
    if (as === "bottom") return expect(down({ answer: LEAVE_OFF })).toEqual(close("bottom"));
    expect(down({ question: undefined })).toEqual(ask("we cannot switch it off: somebody must, by hand"));
    expect(down({ question: undefined, answer: LEAVE_OFF })).toMatchObject({ do: "ask" });
    expect(down({ ...last, ladder: [DISABLE, DELETE] })).toEqual(close("unresolved"));
  });
});
