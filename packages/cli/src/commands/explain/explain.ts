import { explain } from "@leasehold/app/explain";
import type { Command } from "../../command/index.ts";
import { ask } from "../../estate/index.ts";
import { inPast, PAST, PAST_SAYS } from "../../past/index.ts";
import { drawing } from "./drawing.ts";

/** The chain behind a thing, drawn hop by hop. */
export const explained: Command = {
  about: "draw the chain from a credential, an identity or a session to whoever is behind it",
  args: ["<id>"],
  flags: PAST,
  more: [
    "<id> is an id of ours, an access key id, an e-mail address or an ARN.",
    "Each hop is shown with its instant, its event and who could have forged it; where a chain breaks off, it says why.",
    ...PAST_SAYS,
  ],
  no: "no chain reaches a person",
  run: async (call) => {
    const [id = ""] = call.args;
    const past = await inPast(call, id, (then) => explain(then, id));
    const answer = past ?? (await ask(call, "explain", { id })).answer;
    const reaches = answer.chains.some(({ to }) => to !== undefined);
    return { json: answer, text: drawing(answer), exit: reaches ? 0 : 1 };
  },
};
