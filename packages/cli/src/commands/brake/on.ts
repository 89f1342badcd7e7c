import { badInput } from "@leasehold/core/kernel";
import type { Command } from "../../command/index.ts";
import { ask } from "../../estate/index.ts";
import { shortly } from "../../terminal/index.ts";

/** A person's hand on the brake: from here on nothing is acted, whoever said yes. */
export const brakeOn: Command = {
  about: "stop every act at once, also what somebody said yes to; undo and messages go on",
  args: [],
  flags: { because: { value: "text", about: "why: one line, kept in the trail `brake`" } },
  more: [
    "On a stage operators may. What is under way with a provider is not called back: look for `under way` in `case show`.",
    "`leasehold brake release` ends it; what was counted stays counted.",
  ],
  run: async (call) => {
    const { because } = call.flags;
    if (typeof because !== "string") throw badInput("say why", { flag: "--because", value: "text" });
    const { answer, settled } = await ask(call, "brake-on", { because });
    const { outcome, frozen } = answer;
    const first = `since ${shortly(frozen.at)} by ${frozen.by}: ${frozen.because}`;
    return { json: { outcome, frozen, settled }, text: [outcome === "on" ? "the brake is on" : `it was on, ${first}`] };
  },
};
