import { badInput } from "@leasehold/core/kernel";
import type { Call, Command } from "../command/index.ts";

const STAGE = /^[a-z][a-z0-9-]{0,15}$/; // as its resources are named
const OF_A_STAGE = ["region", "profile", "url"];
const OF_THE_LAPTOP = ["store", "config"];

/** Refused before anything is opened: what belongs to the laptop on a stage, and the other way round. */
export function checkStage(words: string, { notOnStage, flags: own = {} }: Command, flags: Call["flags"]): void {
  const { stage } = flags;
  const others = stage === undefined ? OF_A_STAGE : OF_THE_LAPTOP;
  const stray = others.find((name) => flags[name] !== undefined && !Object.hasOwn(own, name)); // unless it means its own by it
  if (stage === undefined) {
    if (stray === undefined) return;
    throw badInput("this flag is about a stage: say which with --stage, or leave it out", { flag: `--${stray}` });
  }
  if (typeof stage !== "string" || !STAGE.test(stage))
    throw badInput("a stage is named with up to 16 small letters, digits and dashes", { flag: "--stage" });
  if (notOnStage !== undefined) throw badInput(notOnStage, { command: words, flag: "--stage" });
  if (stray !== undefined)
    throw badInput("a stage has its own store and configuration: leave this flag out", { flag: `--${stray}` });
}
