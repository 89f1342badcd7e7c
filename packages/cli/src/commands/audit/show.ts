import type { Command } from "../../command/index.ts";
import { ask } from "../../estate/index.ts";
import { table } from "../../terminal/index.ts";

/** One trail from its first entry: what was done, when, and by whom; people by their account ids. */
export const auditShow: Command = {
  about: "every entry of one trail: what was done, when, and by whom",
  args: ["<trail>"],
  more: [
    "<trail> is a case (cas_…) or a wind-down (wdc_…); `case show` names them. `brake` is whose hands were on the brake.",
  ],
  run: async (call) => {
    const { trail, entries } = (await ask(call, "audit-show", { trail: call.args[0] ?? "" })).answer;
    const rows = entries.map(({ n, at, did, by, facts, hash }) => [
      ...[String(n), at, did, by, hash.slice(0, 8)],
      Object.entries(facts)
        .map(([key, value]) => `${key}=${value}`)
        .join(" "),
    ]);
    return { json: { trail, entries }, text: table(["N", "AT", "DID", "BY", "HASH", "FACTS"], rows) };
  },
};
