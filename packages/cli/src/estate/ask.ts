import {
  type CallAnswer as AnswerOf,
  type Call as Asking,
  type CallName,
  calls,
  type CallInput as InputOf,
  inputOf,
} from "@leasehold/app/calls";
import type { Laptop } from "@leasehold/local/laptop";
import type { Call } from "../command/index.ts";
import { withLaptop } from "./open.ts";
import { settled } from "./settle.ts";

export interface Asked<T> {
  readonly answer: T;
  readonly settled: boolean | undefined; // of what was changed here; a stage goes on by itself
}

/** One question or act of the table that every door shares: put to the store of this laptop, or to a stage. */
export async function ask<Name extends CallName>(
  call: Call,
  name: Name,
  input: InputOf<Name>,
): Promise<Asked<AnswerOf<Name>>> {
  if (call.flags["stage"] === undefined)
    return withLaptop(call, calls[name].does, (laptop) => askHere(call, laptop, name, input));
  const { askStage } = await import("../stage/index.ts"); // lazy: only who asks a stage loads what signs
  const answer = await askStage(call, name, inputOf(calls[name] as Asking, input));
  return { answer: answer as AnswerOf<Name>, settled: undefined };
}

/** Whoever holds the file asks: a terminal proves no name. */
export async function askHere<Name extends CallName>(
  call: Pick<Call, "note">,
  laptop: Laptop,
  name: Name,
  input: InputOf<Name>,
): Promise<Asked<AnswerOf<Name>>> {
  const asking = calls[name] as Asking;
  const answer = await asking.run(laptop.world, inputOf(asking, input), { as: "terminal" });
  const goesOn = asking.does === "writes" ? await settled(call, laptop) : undefined;
  return { answer: answer as AnswerOf<Name>, settled: goesOn };
}
