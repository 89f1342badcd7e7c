import { calls } from "./calls.ts";
import { configCheck, planned } from "./foreseen.ts";

/** The table with what foresees, too: for the laptop alone, since a stage's function has no room for the planner yet. */
export const everyCall = { ...calls, plan: planned, "config-check": configCheck } as const;

export type EveryCallName = keyof typeof everyCall;
export type InputOf<Name extends EveryCallName> = Parameters<(typeof everyCall)[Name]["run"]>[1];
export type AnswerOf<Name extends EveryCallName> = Awaited<ReturnType<(typeof everyCall)[Name]["run"]>>;
