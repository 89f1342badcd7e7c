import { describe, expect, it } from "vitest";
import {
  anAct,
  aPlan,
  at,
  aView,
  aWindDown,
  DELETE,
  DISABLE,
  GRACE,
  OFF_SINCE_MONDAY,
  PLAN,
  QUARANTINE,
  REVOKE,
  SAM,
  standing,
  TOKEN,
  yes,
} from "./example.ts";
import { ifSilent, isFinal, nextOf, offSince, voicesFor } from "./judge.ts";
import { shown, type View, type WindDown } from "./model.ts";

describe("a question says that silence", () => {
  it.each<[title: string, given: Partial<WindDown>, seen: Partial<View>, says: "nothing" | "goes down"]>([
    ["goes down with a leaver's idle credential", {}, {}, "goes down"],
    ["does nothing where there is nothing below", { ladder: [] }, {}, "nothing"],
    ["does nothing without a plan", {}, { plan: undefined }, "nothing"],
    ["does nothing that the plan refuses", {}, { plan: aPlan({ refusals: ["shared"] }) }, "nothing"],
    ["does nothing to what is protected", {}, standing({ protected: "never touched" }), "nothing"],
    ["does nothing that takes others down", { ladder: [{ ...DISABLE, blast: "shared" }] }, {}, "nothing"],
    ["revokes nothing", { ladder: [REVOKE] }, {}, "nothing"],
    ["deletes nothing", OFF_SINCE_MONDAY, {}, "nothing"],
    ["does nothing to what is in use", {}, standing({ inUse: true }), "nothing"],
    ["does nothing where it only observes", {}, standing({ mode: "observe" }), "nothing"],
    ["goes down by day, when it is night", {}, standing({ notBefore: at(9) }), "goes down"],
  ])("%s", (_title, given, seen, says) => {
    expect(ifSilent(aWindDown(given), aView(seen))).toBe(says);
  });
});

it("goes to the nearest rung that is deeper, and to none above", () => {
  const ladder = [QUARANTINE, DISABLE, DELETE];
  expect(nextOf({ ladder, rung: "flagged" })).toBe(QUARANTINE);
  expect(nextOf({ ladder, rung: "quarantined" })).toBe(DISABLE);
  expect(nextOf({ ladder, rung: "disabled" })).toBe(DELETE);
  expect(nextOf({ ladder, rung: "deleted" })).toBeUndefined();
  expect(nextOf({ ladder: [QUARANTINE], rung: "disabled" })).toBeUndefined();
});

describe("it stands switched off", () => {
  it.each<[title: string, acts: WindDown["acts"], ladder: WindDown["ladder"], since: number | undefined]>([
    ["since it was, and was read back", [anAct({ at: at(3) })], [DISABLE, DELETE], 3],
    ["not while nothing was done", [], [DISABLE, DELETE], undefined],
    ["not before it was read back", [anAct({ verified: undefined })], [DISABLE], undefined],
    ["not where that is unconfirmed", [anAct({ verified: "unconfirmed" })], [DISABLE], undefined],
    ["not where it is still alive", [anAct({ verified: "still alive" })], [DISABLE], undefined],
    ["not while it is quarantined", [anAct({ to: "quarantined" })], [QUARANTINE, DISABLE], undefined],
    ["not by what needs a new consent", [anAct()], [REVOKE], undefined],
    ["not by what needs a new consent, though another way would not", [anAct()], [REVOKE, DISABLE], undefined],
  ])("%s", (_title, acts, ladder, since) => {
    expect(offSince({ acts, ladder })).toBe(since === undefined ? undefined : at(since));
  });
});

describe("a yes", () => {
  it("has the voices of the last seven days, to what is shown now", () => {
    expect(voicesFor(aView(), yes(GRACE, { ...SAM, at: at(1) }), at(168))).toEqual([{ ...SAM, at: at(1) }]);
    expect(voicesFor(aView(), { kind: "yes", token: "other", voices: [GRACE] }, at(0))).toEqual([]);
    expect(voicesFor(aView({ plan: undefined }), yes(GRACE), at(0))).toEqual([]);
    expect(voicesFor(aView(), undefined, at(0))).toEqual([]);
  });

  it.each<[title: string, token: string]>([
    ["another plan", shown(aPlan({ alsoAffects: ["agent-8"] }), aView().standing)],
    ["another owner's", shown(PLAN, { ...aView().standing, owner: "acc_bob" })],
    ["nobody's", shown(PLAN, { ...aView().standing, owner: undefined })],
    ["an owner's who has not left", shown(PLAN, { ...aView().standing, departed: false })],
  ])("to what was shown is none to %s", (_title, token) => {
    expect(token).not.toBe(TOKEN);
  });
});

it("an act that left something on is never final, though it was confirmed", () => {
  const act = anAct({ verified: "confirmed" });
  expect(isFinal(act)).toBe(true);
  const left = { ...act.receipt, after: { ...act.receipt.after, left: "a password" } };
  expect(isFinal({ ...act, receipt: left })).toBe(false);
});
