import type { Command } from "../../command/index.ts";
import { ask } from "../../estate/index.ts";
import { calledOf } from "../../terminal/index.ts";

/** From a sweep's report: a departure from before the installation is a person's to open, and so is what is nobody's. */
export const caseOpen: Command = {
  about: "open the case of somebody who left, or of a credential that is nobody's: from a sweep's report",
  args: ["<account, e-mail or key>"],
  more: ["The directory is asked before anything is planned; an open case of theirs is found, not repeated."],
  no: "no directory says that this person, or the owner of this credential, has left",
  run: async (call) => {
    const { answer, settled } = await ask(call, "case-open", { person: call.args[0] ?? "" });
    const { standing, person, case: opened } = answer;
    if (opened === undefined)
      return {
        json: { standing },
        text: [`${person ? calledOf(person) : "its owner"} has not left: the directory says ${standing}`],
        exit: 1,
      };
    return { json: { case: opened, settled }, text: [opened] };
  },
};
