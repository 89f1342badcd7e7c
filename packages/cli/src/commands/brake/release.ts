import type { Command } from "../../command/index.ts";
import { ask, atSimulatorsOnly } from "../../estate/index.ts";
import { count } from "../../terminal/index.ts";

const NOT_HERE =
  "a terminal proves nobody's name: on a real estate security lets go of the brake, on a stage, by their own identity";

/** Lets go of it. On the laptop only simulators are let go on by whoever sits there. */
export const brakeRelease: Command = {
  about: "take the hand off the brake: acts go on as far as there are places (security; or the demo)",
  args: [],
  no: "it was not on",
  run: async (call) => {
    atSimulatorsOnly(call, NOT_HERE);
    const { answer, settled } = await ask(call, "brake-release", {});
    const { outcome, frozen, woken } = answer;
    return {
      json: { outcome, frozen, woken, settled },
      text: [outcome === "released" ? `released; ${count(woken, "subject looks", "subjects look")} again` : outcome],
      exit: outcome === "released" ? 0 : 1,
    };
  },
};
