import type { BrakeView } from "@leasehold/app/brake";
import type { Command } from "../../command/index.ts";
import { ask } from "../../estate/index.ts";
import { shortly, table } from "../../terminal/index.ts";

/** Whose hand is on it, and how much of each limit is used. */
export const brakeStatus: Command = {
  about: "whether the brake is on, by whom and why; and how much of each limit is used",
  args: [],
  no: "it is on: nothing is acted",
  run: async (call) => {
    const { answer } = await ask(call, "brake-status", {});
    return { json: answer, text: linesOf(answer), exit: answer.frozen === undefined ? 0 : 1 };
  },
};

const LIMITS: Readonly<Record<BrakeView["limits"][number]["limit"], string>> = {
  peopleAnHour: "departed people acted on in an hour",
  peopleADay: "departed people acted on in a day",
  credentialsAnHour: "credentials without a yes in an hour",
};

function linesOf({ frozen, limits }: BrakeView): readonly string[] {
  return [
    frozen === undefined
      ? "the brake is off: acts take places as far as there are any"
      : `the brake is ON since ${shortly(frozen.at)} by ${frozen.by}: ${frozen.because}`,
    ...table(
      ["LIMIT", "USED", "MOST"],
      limits.map(({ limit, used, most }) => [LIMITS[limit], used, most]),
    ),
  ];
}
