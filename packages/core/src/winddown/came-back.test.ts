import { expect, it } from "vitest";
import { cameBack } from "./came-back.ts";
import { anAct, at, aWindDown, DELETE, ELSE, RECEIPT, REVOKE, undoBy } from "./example.ts";
import type { WindDown } from "./model.ts";

const off: Partial<WindDown> = { rung: "disabled", acts: [anAct()] };
const adopted: Partial<WindDown> = { rung: "disabled", acts: [anAct({ receipt: { ...RECEIPT, adopted: true } })] };
const doubtful: Partial<WindDown> = { ...off, doubt: { seen: ELSE } };
const nobody = undoBy(undefined);
const sam = undoBy("acc_sam");

it.each<[string, Partial<WindDown>, string | undefined, string | undefined]>([
  ["nobody wants back", off, undefined, undefined],
  ["was read back", { closed: { as: "undone", at: at(1) }, answer: sam }, "back", undefined],
  ["is being undone", { ...off, answer: nobody }, "on its way", undefined],
  ["was undone and is not read back yet", { answer: sam }, "on its way", undefined],
  ["was revoked", { ...off, ladder: [REVOKE], answer: sam }, "needs a person", "consent to it again"],
  [
    "was adopted, and nobody's name is on the undo",
    { ...adopted, answer: nobody },
    "needs a person",
    "not have been us",
  ],
  ["was adopted, and a person wants it", { ...adopted, answer: sam }, "on its way", undefined],
  ["is in doubt, and nobody's name is on the undo", { ...doubtful, answer: nobody }, "needs a person", "nobody knows"],
  ["is in doubt, and a person wants it", { ...doubtful, answer: sam }, "on its way", undefined],
  ["is deleted", { rung: "deleted" }, "cannot come back", "deleted"],
  ["was found gone", { closed: { as: "gone", at: at(1) } }, "cannot come back", "deleted"],
  [
    "ends in what is final",
    { rung: "disabled", ladder: [{ ...DELETE, to: "disabled" }], acts: [anAct()], answer: sam },
    "cannot come back",
    "final",
  ],
  [
    "somebody changed since",
    { lost: [{ act: anAct(), as: "somebody changed it after us" }] },
    "cannot come back",
    "theirs",
  ],
  [
    "a person brought back",
    { lost: [{ act: anAct(), as: "a person brought it back" }], answer: sam },
    "on its way",
    undefined,
  ],
])("what %s", (_title, over, as, because) => {
  const back = cameBack(aWindDown(over));
  expect(back?.as).toBe(as);
  if (because === undefined) expect(back?.because).toBeUndefined();
  else expect(back?.because).toContain(because);
});
