import type { BrakeView, HoldView } from "@leasehold/app/brake";
import type { Command } from "../../command/index.ts";
import { ask } from "../../estate/index.ts";
import { count, shortly, table } from "../../terminal/index.ts";

/** Whose hand is on it, whether it tripped, what it holds, and how much of each limit is used. */
export const brakeStatus: Command = {
  about:
    "whether the brake is on or has tripped, what it holds and until when it is released; how much of each limit is used",
  args: [],
  no: "it is on or has tripped: nothing is acted but what was released",
  run: async (call) => {
    const { answer } = await ask(call, "brake-status", {});
    return { json: answer, text: linesOf(answer), exit: answer.on ? 1 : 0 };
  },
};

const LIMITS: Readonly<Record<BrakeView["limits"][number]["limit"], string>> = {
  peopleAnHour: "departed people acted on in an hour",
  peopleADay: "departed people acted on in a day",
  credentialsAnHour: "credentials without a yes in an hour",
};

function linesOf(view: BrakeView): readonly string[] {
  const { held, named, limits } = view;
  return [
    stateOf(view),
    ...held.flatMap(linesOfHold),
    ...named.map(({ case: id, until, by }) => `${id} was released by ${by.join(" and ")} until ${shortly(until)}`),
    ...table(
      ["LIMIT", "OF", "USED", "MOST"],
      limits.map(({ limit, source = "all", used, most }) => [LIMITS[limit], source, used, most]),
    ),
  ];
}

function stateOf({ frozen, tripped }: BrakeView): string {
  if (frozen !== undefined) return `the brake is ON since ${shortly(frozen.at)} by ${frozen.by}: ${frozen.because}`;
  if (tripped === undefined) return "the brake is off: acts take places as far as there are any";
  return `the brake has TRIPPED since ${shortly(tripped.at)}: nothing is acted until somebody releases ${tripped.id}`;
}

function linesOfHold(hold: HoldView): readonly string[] {
  const { id, kind, at, people, waiting, cases, released, twoPeople, agreed } = hold;
  const more = waiting > cases.length ? ` and ${waiting - cases.length} more` : "";
  return [
    `${id}: a ${kind} since ${shortly(at)}, ${count(people, "person", "people")} in it, ${waiting} held; ${whyOf(hold)}`,
    ...(released === undefined ? [] : [`  released by ${released.by.join(" and ")} until ${shortly(released.until)}`]),
    ...(twoPeople && released === undefined
      ? [`  two people release it${agreed ? `; ${agreed} has said so` : ""}`]
      : []),
    ...(cases.length === 0 ? [] : [`  holds ${cases.join(", ")}${more}`]),
  ];
}

function whyOf({ over, most, timesOver }: HoldView): string {
  if (over === undefined) return "what left more than an hour before we learned of it";
  return `${LIMITS[over.limit]}, of ${over.source ?? "all"}: ${most} at most, ${timesOver} times that`;
}
