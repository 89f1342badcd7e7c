import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { type Instant, later } from "@leasehold/core/kernel";
import { type File, openFile } from "@leasehold/store/file";
import { jumpingClock, type Random, type Timer } from "../clock/index.ts";
import { createPump } from "../schedule/index.ts";
import { createInterpreter, type Interpreter } from "./interpreter.ts";
import { lint } from "./lint.ts";
import type { Json } from "./model.ts";

export const START = "2026-11-02T09:00:00.000Z" as Instant;

type States = Readonly<Record<string, unknown>>;
export type Handler = (payload: Json) => unknown;

/** A small world for one interpreter: functions by name, a clock that jumps, and a diary of what was called. */
export function trial(handlers: Readonly<Record<string, Handler>> = {}, file: File = openFile(":memory:")) {
  const calls: { readonly name: string; readonly payload: Json }[] = [];
  const events: { readonly key: string; readonly entries: readonly Json[] }[] = [];
  const timers: (() => void)[] = [];
  const clock = jumpingClock(START, file);
  const random = counted();
  const timer: Timer = (_millis, up) => {
    timers.push(up);
    return () => {};
  };
  const open = (over: File = file): Interpreter =>
    createInterpreter({
      file: over,
      clock: clock.now,
      random,
      guarded: false,
      timer,
      invoke: async (name, payload) => {
        calls.push({ name, payload });
        return handlers[name]?.(payload);
      },
      putEvents: (entries, key) => void events.push({ entries, key }),
    });
  const pumpOf = (interpreter: Interpreter) => createPump({ parts: [interpreter], clock });
  return { file, clock, calls, events, timers, open, pumpOf };
}

/** Random enough to differ, and the same in every run. */
function counted(): Random {
  let n = 0;
  return (bytes) => createHash("shake256", { outputLength: bytes }).update(String(n++)).digest();
}

/** An error of a given name, as a function throws it; its message is something nobody may keep. */
export function named(name: string): Error {
  return Object.assign(new Error("the body was hunter2"), { name });
}

export const machine = (States: States, StartAt = Object.keys(States)[0]) => ({
  QueryLanguage: "JSONata",
  StartAt,
  States,
});

export const task = (FunctionName: string, more: object = {}) => ({
  Type: "Task",
  Resource: "arn:aws:states:::lambda:invoke",
  Arguments: { FunctionName, Payload: "{% $states.input %}" },
  End: true,
  ...more,
});

export const asking = (FunctionName: string, more: object = {}) => ({
  Type: "Task",
  Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
  Arguments: { FunctionName, Payload: { token: "{% $states.context.Task.Token %}" } },
  TimeoutSeconds: 3_600,
  End: true,
  ...more,
});

export const YES = "{% true %}";
export const NO = "{% false %}";
export const DONE = { Type: "Succeed" };
export const pass = (more: object) => ({ Type: "Pass", End: true, ...more });
export const caught = (ErrorEquals: readonly string[], more: object = {}) => ({
  Catch: [{ ErrorEquals, Next: "Caught", ...more }],
});
export const retry = (ErrorEquals: readonly string[], more: object = {}) => ({ Retry: [{ ErrorEquals, ...more }] });
export const errorOutput = (name: string) => ({ Error: name, Cause: JSON.stringify({ errorType: name }) });
export const each = (states: States, more: object = {}) => ({
  Type: "Map",
  ItemProcessor: { ProcessorConfig: { Mode: "INLINE" }, StartAt: Object.keys(states)[0], States: states },
  End: true,
  ...more,
});

export const echo: Readonly<Record<string, Handler>> = { fn: (payload) => payload };
export const throws =
  (name: string): Handler =>
  () => {
    throw named(name);
  };
export const fails = (times: number, name: string): Handler => {
  let left = times;
  return () => {
    if (left-- > 0) throw named(name);
    return "worked";
  };
};

const aslValidator = createRequire(import.meta.url)("asl-validator") as (
  definition: unknown,
  options: object,
) => { readonly errors: readonly unknown[] }; // it has no types

/** What an outside reader of the language says against a definition. */
function outsideProblems(definition: unknown): readonly unknown[] {
  return aslValidator(structuredClone(definition), { checkArn: false }).errors; // it writes into what it reads
}

export type Ends = { readonly output: Json } | { readonly error: string };
export type Row = [
  title: string,
  states: States,
  input: Json,
  ends: Ends,
  handlers?: Readonly<Record<string, Handler>>,
];

/** How a story ends within a week. Its definition is one that both readers accept, and it keeps no message. */
export async function told(states: States, input: Json, handlers: Row[4] = {}): Promise<unknown> {
  const definition = JSON.parse(JSON.stringify(machine(states)));
  const problems = [...lint(definition, { guarded: false }), ...outsideProblems(definition)];
  if (problems.length > 0) return problems;
  const { open, pumpOf, file } = trial(handlers);
  const interpreter = open();
  interpreter.define("story", definition);
  interpreter.start("story", "run", input);
  await pumpOf(interpreter).settleUntil(later(START, 168));
  const kept = ["run_execution", "run_frame", "run_history"].flatMap((table) =>
    file.db.prepare(`SELECT * FROM ${table}`).all(),
  );
  if (JSON.stringify(kept).includes("hunter2")) return "kept a message";
  const { status, output, error } = interpreter.describe("run") ?? {};
  if (status === "SUCCEEDED" && interpreter.nextDue() === undefined) return { output };
  return status === "FAILED" && interpreter.nextDue() === undefined ? { error } : status;
}
