import type { Command } from "../../command/index.ts";
import { ask } from "../../estate/index.ts";
import { count } from "../../terminal/index.ts";

/** Looks again now, where a wait would have ended later: after a permission was granted, or a provider is back. */
export const caseRetry: Command = {
  about: "look again now at what waits: after a permission was granted, or a provider came back",
  args: ["<case or wind-down>"],
  no: "it is closed, and nothing of it waits",
  run: async (call) => {
    const { answer, settled } = await ask(call, "case-retry", { id: call.args[0] ?? "" });
    const { woken } = answer;
    const none = woken.length === 0;
    return {
      json: { woken, settled },
      text: [none ? "it is closed: nothing waits" : `looked again at ${count(woken.length, "subject")}`],
      exit: none ? 1 : 0,
    };
  },
};
