import type { Command } from "../../command/index.ts";
import { ask, atSimulatorsOnly, ownNameOnly } from "../../estate/index.ts";
import { columns, orNone } from "../../terminal/index.ts";

/** Back to the state before our first act: of one wind-down, or of everything in a case. */
export const caseUndo: Command = {
  about: "take back what was done, to the state before it, newest act first",
  args: ["<case or wind-down>"],
  flags: { as: { value: "e-mail", about: "in whose name (the demo only); must be active in the directory" } },
  more: ["Undoing voids every answer. What was consented to again, or deleted, says so."],
  no: "nothing is there that could be undone",
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
    const some = undoing.some(({ outcome }) => outcome === "undoing" || outcome === "already undone");
    return {
      json: { undoing, settled },
      text: orNone(columns(undoing.map(({ windDown, outcome }) => [windDown, outcome])), "it has no wind-down"),
      exit: some ? 0 : 1,
    };
  },
};
