import { badInput } from "@leasehold/core/kernel";
import type { Call, Command, Report } from "../../command/index.ts";
import { ask } from "../../estate/index.ts";
import { list, shortly, table } from "../../terminal/index.ts";
import type { Past } from "./past.ts";
import { simulated } from "./simulated.ts";

/** A canary leaves, and goes the way that any leaver goes: minutes for each stage. */
export const drill: Command = {
  about: "a leaver drill: a canary leaves, and its key goes the real way and back; minutes for each stage",
  args: [],
  flags: { history: { about: "the drills there were, newest first, and where the one that runs stands" } },
  more: [
    "Without --config it runs in the simulators, in a store of its own (.leasehold/drill.db), on a clock that jumps.",
    "With it, or on a stage, it opens the case of the canary that `drill` in the configuration names; the case goes on by",
    "itself, and what was switched off is switched on again once that is proven. A drill acts on nothing else",
    "(docs/audit.md). A stage begins its drills by the clock, too; beginning one is for those who operate it.",
  ],
  no: "the drill, or the last there was, has not gone the whole way to its end",
  run: (call) => {
    const real = call.flags["config"] !== undefined || call.flags["stage"] !== undefined;
    if (call.flags["history"] === true) return past(real ? call : ownStore(call));
    return real ? begun(call) : apart(ownStore(call));
  },
};

/** Not the demo's own store: a drill moves the clock by days. */
const ownStore = (call: Call): Call => ({
  ...call,
  flags: { ...call.flags, store: call.flags["store"] ?? ".leasehold/drill.db" },
});

async function begun(call: Call): Promise<Report> {
  const { answer } = await ask(call, "drill", {});
  const text = [`the drill has begun: ${answer.case}`, "`leasehold drill --history` shows where it stands"];
  return { json: answer, text };
}

async function apart(call: Call): Promise<Report> {
  const done = await simulated(call);
  if (done === undefined) throw badInput("another process runs the drill's store: end that one first");
  return { json: done, text: linesOf(done), exit: isWhole(done) ? 0 : 1 };
}

async function past(call: Call): Promise<Report> {
  const { drills } = (await ask(call, "drill-history", {})).answer;
  const text = drills.length === 0 ? ["no drill yet"] : drills.flatMap(linesOf);
  return { json: { drills }, text, exit: drills[0] === undefined || isWhole(drills[0]) ? 0 : 1 };
}

/** Ended, and no stage of the way was left out. */
const isWhole = ({ stages, ended }: Past): boolean => ended !== undefined && stages.every(({ at }) => at !== undefined);

const linesOf = ({ n, case: id, at, stages, ended }: Past): readonly string[] =>
  list(
    `Drill ${n}, ${id}, begun ${shortly(at)}: ${ended === undefined ? "not ended" : `ended ${shortly(ended)}`}`,
    table(
      ["TO", "MINUTES", "AT"],
      stages.map(({ stage, minutes, at: when }) => [stage, minutes?.toFixed(1), shortly(when)]),
    ),
  );
