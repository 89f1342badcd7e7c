import { ownsWhat, whoOwns } from "./questions.ts";

/** Everything that can be asked of Leasehold, by its name on the wire. */
export const calls = {
  who: whoOwns,
  owns: ownsWhat,
} as const;
export type CallName = keyof typeof calls;
export type InputOf<Name extends CallName> = Parameters<(typeof calls)[Name]["run"]>[1];
export type AnswerOf<Name extends CallName> = Awaited<ReturnType<(typeof calls)[Name]["run"]>>;
