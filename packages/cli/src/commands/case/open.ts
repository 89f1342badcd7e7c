import type { Command } from "../../command/index.ts";
import { ask } from "../../estate/index.ts";
import { calledOf } from "../../terminal/index.ts";

/** From the report of the first sweep: a departure from before the installation is a person's to open. */
export const caseOpen: Command = {
  about: "open the case of somebody who left, where no event did: from the first sweep's report",
  args: ["<account or e-mail>"],
  more: ["The directory is asked before anything is planned; an open case of theirs is found, not repeated."],
  no: "no directory says that this person has left",
  run: async (call) => {
    const { answer, settled } = await ask(call, "case-open", { person: call.args[0] ?? "" });
    const { standing, person, case: opened } = answer;
    if (opened === undefined)
      return {
        json: { standing },
        text: [`${calledOf(person)} has not left: the directory says ${standing}`],
        exit: 1,
      };
    return { json: { case: opened, settled }, text: [opened] };
  },
};
