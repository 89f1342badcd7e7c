export { createInterpreter, type Interpreter, type InterpreterParts } from "./interpreter.ts";
export { type LintOptions, lint } from "./lint.ts";
export { type Json, Machine } from "./model.ts";
export type { Problem } from "./problem.ts";
export type { Described, Happened } from "./table.ts";
