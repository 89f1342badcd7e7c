import type { CallAnswer } from "@leasehold/app/calls";
import type { Command } from "../../command/index.ts";
import { ask, atSimulatorsOnly, ownNameOnly } from "../../estate/index.ts";
import { orNone, table } from "../../terminal/index.ts";
import { backWords } from "./item-lines.ts";

/** Back to the state before our first act: of one wind-down, or of everything in a case. */
export const caseUndo: Command = {
  about: "take back what was done, to the state before it, newest act first",
  args: ["<case or wind-down>"],
  flags: { as: { value: "e-mail", about: "in whose name (the demo only); must be active in the directory" } },
  more: [
    "Undoing voids every answer. Each item says whether it is back, on its way, needs a person, or cannot come back, and why.",
    "`case show` says so later: what somebody changed after us, and what was deleted, stays as it is.",
  ],
  no: "something cannot come back, or needs a person; or nothing is there that could be undone",
  run: async (call) => {
    const { as } = call.flags;
    if (as !== undefined) {
      ownNameOnly(call);
      atSimulatorsOnly(
        call,
        "on a real estate a terminal proves nobody's name: leave out --as, and the trail names Leasehold",
      );
    }
    const input = { id: call.args[0] ?? "", ...(typeof as === "string" && { as }) };
    const { answer, settled } = await ask(call, "case-undo", input);
    const { undoing } = answer;
    const some = undoing.some(({ as }) => as !== "nothing was done");
    const short = undoing.some(({ as }) => as === "needs a person" || as === "cannot come back");
    return {
      json: { undoing, settled },
      text: orNone(table(["WIND-DOWN", "CREDENTIAL", "ASKED", "IS"], undoing.map(rowOf)), "it has no wind-down"),
      exit: some && !short ? 0 : 1,
    };
  },
};

const rowOf = (one: CallAnswer<"case-undo">["undoing"][number]): readonly string[] => [
  ...[one.windDown, one.credential, one.outcome],
  [backWords(one), ...(one.wayBack === undefined ? [] : [`way back: ${one.wayBack}`])].join("; "),
];
