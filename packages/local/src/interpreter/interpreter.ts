import { randomUUID } from "node:crypto";
import { badInput, type Clock, type Instant } from "@leasehold/core/kernel";
import type { File } from "@leasehold/store/file";
import { drain, nameOnly } from "../bus/index.ts";
import { type Random, realTimer, type Timer } from "../clock/index.ts";
import { decide } from "./decide.ts";
import { lint } from "./lint.ts";
import { type Json, Machine, stateAt } from "./model.ts";
import { createQuery } from "./query.ts";
import { type Described, type Frame, type Happened, type RunTable, runTable } from "./table.ts";
import { perform } from "./task.ts";
import { answer, settle, write } from "./write.ts";

/** Runs the state machines that AWS runs, on one file. A crash at any point resumes; a task that was running runs again. */
export interface Interpreter {
  /** Takes a machine, or refuses what AWS would refuse or read otherwise. Executions keep the definition they began with. */
  define(name: string, definition: unknown): void;
  /** Begins an execution; of one name there is one, and a second start finds it. Joins an open transaction. */
  start(machine: string, executionName: string, input: Json): { readonly begun: boolean };
  /** Answers a waiting task. A token that was answered, timed out or never was is "ended". */
  succeed(token: string, output: Json): "taken" | "ended";
  fail(token: string, error: string): "taken" | "ended";
  describe(executionName: string, machine?: string): Described | undefined;
  history(executionName: string, machine?: string): readonly Happened[];
  nextDue(): Instant | undefined;
  /** Makes one move, if any is due. */
  step(): Promise<boolean>;
  /** Makes every move that is due now; returns how many. */
  run(): Promise<number>;
}

export interface InterpreterParts {
  readonly file: File;
  readonly clock: Clock;
  readonly random: Random;
  readonly invoke: (name: string, payload: Json) => Promise<unknown>;
  /** The key is the same when the same task runs again: events made from it are the same events. */
  readonly putEvents: (entries: readonly Json[], key: string) => unknown;
  /** Whether every Task must retry Lambda's transient errors and catch all others; so it is unless said otherwise. */
  readonly guarded?: boolean;
  readonly concurrency?: number;
  readonly timer?: Timer;
}

export function createInterpreter(parts: InterpreterParts): Interpreter {
  const { file, clock, guarded = true, concurrency = 8 } = parts;
  const table = runTable(file);
  const machines = new Map<string, Machine>();
  const start: Interpreter["start"] = (machine, name, input) =>
    file.transaction(() => ({ begun: begin(table, machines.get(machine), machine, name, input, clock()) }));
  const runner = createRunner(parts, table, start);
  const byToken = (token: string, came: { readonly value: Json } | { readonly error: string }) =>
    file.transaction(() => {
      const frame = table.frameOfToken(token);
      const writing = { table, now: clock(), worker: "" };
      return frame !== undefined && answer(writing, frame, came) ? "taken" : "ended";
    });
  return {
    define: (name, definition) => {
      const [first, ...more] = lint(definition, { guarded });
      if (first !== undefined)
        throw badInput("AWS and the laptop would not run this state machine alike", {
          machine: name,
          ...first,
          more: more.length,
        });
      machines.set(name, Machine.parse(definition));
    },
    start,
    succeed: (token, value) => byToken(token, { value }),
    fail: (token, error) => byToken(token, { error: nameOnly(error) }),
    describe: (name, machine) => describe(table, name, machine),
    history: (name, machine) => {
      const row = table.named(name, machine);
      return row === undefined ? [] : table.historyOf(Number(row["id"]));
    },
    nextDue: table.nextDue,
    step: async () => {
      const move = runner.take();
      await move?.();
      return move !== undefined;
    },
    run: () => drain(concurrency, runner.take),
  };
}

function createRunner(parts: InterpreterParts, table: RunTable, start: Interpreter["start"]) {
  const { file, clock, random, invoke, putEvents, timer = realTimer } = parts;
  const worker = randomUUID(); // of this run of the process: frames that run under another name were left behind
  const query = createQuery(clock, random);
  const held = new Set<string>(); // frames that are being moved right now; one that was answered meanwhile is another version
  let begun = false;

  async function advance(frame: Frame): Promise<void> {
    const execution = table.execution(frame.execution);
    if (execution === undefined) return;
    const move = await decide({ query, clock, random }, execution, frame);
    const moved = file.transaction(() => write({ table, now: clock(), worker }, execution, frame, move));
    const state = stateAt(execution.definition, frame.body.scope, frame.body.state);
    if (!moved || move.do !== "call" || state?.Type !== "Task") return;
    const running = table.frame(frame.id); // as written: with its token, its deadline and its new version
    if (running === undefined) return;
    const came = await perform({ invoke, putEvents, start, timer, clock }, execution, running, state, move);
    file.transaction(() => settle({ table, now: clock(), worker }, running, came));
  }

  return {
    /** The next move that is due, as a thing to do. */
    take: (): (() => Promise<void>) | undefined => {
      if (!begun) file.transaction(() => table.takeBack(worker, clock()));
      begun = true;
      const frame = table.dueFrames(clock(), held.size + 1).find((due) => !held.has(keyOf(due)));
      if (frame === undefined) return undefined;
      held.add(keyOf(frame));
      return () => advance(frame).finally(() => held.delete(keyOf(frame)));
    },
  };
}

const keyOf = ({ id, version }: Frame): string => `${id}/${version}`;

function begin(
  table: RunTable,
  definition: Machine | undefined,
  machine: string,
  name: string,
  input: Json,
  now: Instant,
): boolean {
  if (definition === undefined) throw badInput("no state machine has this name", { machine });
  const id = table.begin(machine, name, definition, input, now);
  if (id === undefined) return false;
  const state = definition.StartAt;
  table.addFrame(id, null, null, {
    scope: [],
    path: "",
    state,
    input,
    variables: {},
    entered: now,
    visit: 0,
    retries: [],
  });
  table.note(id, now, "entered", state);
  return true;
}

function describe(table: RunTable, name: string, machine: string | undefined): Described | undefined {
  const row = table.named(name, machine);
  if (row === undefined) return undefined;
  const { output, error, ended } = row;
  return {
    machine: String(row["machine"]),
    name,
    status: row["status"] as Described["status"],
    input: JSON.parse(String(row["input"])),
    output: typeof output === "string" ? JSON.parse(output) : undefined,
    error: error ?? undefined,
    started: row["started"] as Instant,
    ended: (ended ?? undefined) as Instant | undefined,
    at: table.framesOf(Number(row["id"])).map(({ body, phase, due }) => ({
      path: body.path,
      state: body.state,
      phase,
      due: due ?? undefined,
    })),
  };
}
