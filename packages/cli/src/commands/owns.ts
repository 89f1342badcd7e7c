import type { Command } from "../command/index.ts";
import { ask } from "../estate/index.ts";
import { calledOf, count, list, table } from "../terminal/index.ts";

/** Everything that one person owns or may own. */
export const ownsWhat: Command = {
  about: "every credential that one person owns or may own",
  args: ["<person>"],
  more: ["<person> is an e-mail address, an account id of ours or an IAM user's ARN."],
  run: async (call) => {
    const { person, credentials, notVisible } = (await ask(call, "owns", { person: call.args[0] ?? "" })).answer;
    const rows = credentials.map(({ credential, identity, type, word, first, state, lastUsed, reach }) => [
      ...[credential, type, identity, first ? word : `${word}, not the likeliest`],
      ...[state, lastUsed.slice(0, 10), reach],
    ]);
    return {
      json: { person, credentials, notVisible },
      text: [
        `${calledOf(person)}, ${person.standing}: ${count(credentials.length, "credential")}`,
        ...table(["CREDENTIAL", "TYPE", "IDENTITY", "OWNS IT", "STATE", "LAST USED", "REACH"], rows),
        ...list("What could not be seen:", notVisible),
      ],
    };
  },
};
