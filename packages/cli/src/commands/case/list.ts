import type { Command } from "../../command/index.ts";
import { ask } from "../../estate/index.ts";
import { nameOf, orNone, shortly, table } from "../../terminal/index.ts";

/** The cases that are open, or all that there ever were. */
export const caseList: Command = {
  about: "the open cases: about whom, how many credentials, the next deadline",
  args: [],
  flags: { all: { about: "closed ones, too" } },
  run: async (call) => {
    const { cases } = (await ask(call, "case-list", { all: call.flags["all"] === true })).answer;
    const rows = cases.map(({ id, status, gate, person, opened, items, open, until }) => [
      ...[id, status, nameOf(person), gate, shortly(opened), `${open} of ${items}`, shortly(until)],
    ]);
    return {
      json: { cases },
      text: orNone(
        table(["CASE", "STATUS", "PERSON", "DIRECTORY SAYS", "OPENED", "OPEN ITEMS", "NEXT DEADLINE"], rows),
        "no case",
      ),
    };
  },
};
