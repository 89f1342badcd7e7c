import type { Command } from "../command/index.ts";
import { ask } from "../estate/index.ts";
import { orNone, shortly, table } from "../terminal/index.ts";

/** What is wrong, worst first, and what a person should do about it. */
export const findingList: Command = {
  about: "what is wrong, worst first, and what to do about it",
  args: [],
  run: async (call) => {
    const { findings } = (await ask(call, "finding-list", {})).answer;
    const rows = findings.map(({ severity, kind, about, at, remedy }) => [severity, kind, about, shortly(at), remedy]);
    return {
      json: { findings },
      text: orNone(table(["SEVERITY", "FINDING", "ABOUT", "SINCE", "WHAT TO DO"], rows), "no finding"),
    };
  },
};
