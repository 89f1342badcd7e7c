import type { Command } from "../command/index.ts";
import { ask } from "../estate/index.ts";
import { count } from "../terminal/index.ts";

/** Walks every chain of the audit trail from its first entry. */
export const auditVerify: Command = {
  about: "walk every chain of the audit trail, or one, from its first entry",
  args: ["[trail]"],
  more: ["[trail] is a case (cas_…) or a wind-down (wdc_…)."],
  no: "a chain is broken: the first thing that is wrong with it is named",
  run: async (call) => {
    const [trail] = call.args;
    const { whole, trails } = (await ask(call, "audit-verify", trail === undefined ? {} : { trail })).answer;
    const wrong = trails.filter(({ broken }) => broken !== undefined);
    const entries = trails.reduce((sum, one) => sum + one.entries, 0);
    return {
      json: { whole, trails },
      text: [
        ...wrong.map(({ trail: of, broken }) => `BROKEN ${of}: ${broken}`),
        `${count(trails.length, "trail")}, ${count(entries, "entry", "entries")}: ${wrong.length === 0 ? "every chain whole" : `${wrong.length} broken`}`,
      ],
      exit: wrong.length === 0 ? 0 : 1,
    };
  },
};
