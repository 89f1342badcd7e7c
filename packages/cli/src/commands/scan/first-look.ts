import type { Command } from "../../command/index.ts";
import { ask } from "../../estate/index.ts";
import { isClean, linesOf } from "./lines.ts";

/** The report after an installation, and as often as anybody likes. */
export const firstLooked: Command = {
  about:
    "what stands open: credentials and agents with no living owner, naked servers, keys for ever, what is not seen",
  args: [],
  more: ["It is told from what is known: `leasehold sweep` looks again. It opens nothing and tells nobody."],
  no: "something stands open, or was not seen",
  run: async (call) => {
    const { answer } = await ask(call, "first-look", {});
    return { json: answer, text: linesOf(answer), exit: isClean(answer) && answer.whole ? 0 : 1 };
  },
};
