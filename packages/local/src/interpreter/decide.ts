import { type Instant as At, badInput, type Clock, Instant, laterBy } from "@leasehold/core/kernel";
import { delaySeconds, type Random } from "../clock/index.ts";
import { QUERY, RUNTIME, TIMEOUT, takes } from "./errors.ts";
import type { Assigned, Choice, Json, MapState, State, Task, Wait } from "./model.ts";
import { stateAt } from "./model.ts";
import type { Query, Sight } from "./query.ts";
import type { Execution, Frame } from "./table.ts";

type Variables = Readonly<Record<string, Json>>;

/** What becomes of a frame next. Deciding changes nothing; `write` carries it out in one transaction. */
export type Move =
  | { readonly do: "call"; readonly with: Json; readonly token: string | null; readonly deadline?: At }
  | { readonly do: "wait"; readonly until: At }
  | { readonly do: "spread"; readonly items: readonly Json[]; readonly width: number }
  | { readonly do: "rest"; readonly until: At; readonly retries: readonly number[]; readonly because: string }
  | {
      readonly do: "go";
      readonly to: string;
      readonly input: Json;
      readonly variables: Variables;
      readonly because?: string;
    }
  | { readonly do: "end"; readonly output: Json }
  | { readonly do: "fail"; readonly error: string };

export interface Judge {
  readonly query: Query;
  readonly clock: Clock;
  readonly random: Random;
}

/** The next move of a frame that is due. An expression that fails is an error of its state, like any other. */
export async function decide(judge: Judge, execution: Execution, frame: Frame): Promise<Move> {
  const state = stateAt(execution.definition, frame.body.scope, frame.body.state);
  if (state === undefined) return { do: "fail", error: RUNTIME };
  const seen: Seen = { ...judge, execution, frame };
  try {
    return await moved(seen, state);
  } catch {
    if (frame.phase === "erred") return { do: "fail", error: QUERY }; // the catcher's own expression
    return cope(seen, state, QUERY).catch((): Move => ({ do: "fail", error: QUERY }));
  }
}

interface Seen extends Judge {
  readonly execution: Execution;
  readonly frame: Frame;
}

async function moved(seen: Seen, state: State): Promise<Move> {
  const { phase, body } = seen.frame;
  if (state.Type === "Choice") return choose(seen, state);
  if (state.Type === "Fail") return { do: "fail", error: text(await seen.query(state.Error, sight(seen))) };
  if (phase === "erred") return cope(seen, state, body.error ?? RUNTIME);
  if (phase === "answered") return leave(seen, state, body.value);
  if (phase === "waiting") return state.Type === "Task" ? cope(seen, state, TIMEOUT) : leave(seen, state);
  if (state.Type === "Task") return call(seen, state);
  if (state.Type === "Map") return spread(seen, state);
  return state.Type === "Wait" ? { do: "wait", until: await untilOf(seen, state) } : leave(seen, state);
}

async function call(seen: Seen, state: Task): Promise<Move> {
  const { query, clock, random, frame } = seen;
  const { deadline: begun } = frame.body; // begun before a crash: its time runs on
  if (begun !== undefined && begun <= clock()) return cope(seen, state, TIMEOUT);
  const token = state.Resource.endsWith(".waitForTaskToken")
    ? (frame.token ?? Buffer.from(random(32)).toString("base64url"))
    : null;
  const look = sight(seen, token === null ? {} : { Task: { Token: token } });
  const seconds = state.TimeoutSeconds === undefined ? undefined : await query(state.TimeoutSeconds, look);
  const deadline = begun ?? (seconds === undefined ? undefined : laterBy(clock(), whole(seconds, 1)));
  return { do: "call", with: await query(state.Arguments, look), token, ...(deadline !== undefined && { deadline }) };
}

async function choose(seen: Seen, state: Choice): Promise<Move> {
  const look = sight(seen);
  for (const rule of state.Choices) {
    const met = await seen.query(rule.Condition, look);
    if (typeof met !== "boolean") throw badInput("a condition is true or false");
    if (met) return go(seen, rule, rule.Next, look, look.input);
  }
  if (state.Default === undefined) return { do: "fail", error: RUNTIME };
  return go(seen, state, state.Default, look, look.input);
}

async function untilOf(seen: Seen, state: Wait): Promise<At> {
  const look = sight(seen);
  const { entered } = seen.frame.body;
  if (state.Seconds !== undefined) return laterBy(entered, whole(await seen.query(state.Seconds, look), 0));
  return Instant.parse(await seen.query(state.Timestamp, look));
}

const WIDEST = 40; // items of an inline Map that Step Functions works on at once

async function spread(seen: Seen, state: MapState): Promise<Move> {
  const { query } = seen;
  const look = sight(seen);
  const items = state.Items === undefined ? look.input : await query(state.Items, look);
  if (!Array.isArray(items)) throw badInput("a Map goes over a list");
  const width = whole(await query(state.MaxConcurrency ?? 0, look), 0);
  const selected = items.map((value: Json, index) =>
    state.ItemSelector === undefined
      ? value
      : query(state.ItemSelector, sight(seen, { Map: { Item: { Index: index, Value: value } } })),
  );
  return { do: "spread", items: await Promise.all(selected), width: Math.min(width === 0 ? WIDEST : width, WIDEST) };
}

async function leave(seen: Seen, state: Exclude<State, { Type: "Choice" | "Fail" }>, result?: Json): Promise<Move> {
  const look = { ...sight(seen), ...(result !== undefined && { result }) };
  if (state.Type === "Succeed") return { do: "end", output: await outputOf(seen, state, look, look.input) };
  const left = await go(seen, state, state.Next ?? "", look, result ?? look.input);
  return state.End === true ? { do: "end", output: left.input } : left;
}

interface Leaving {
  readonly Assign?: Assigned | undefined;
  readonly Output?: unknown;
}

async function go(
  seen: Seen,
  leaving: Leaving,
  to: string,
  look: Sight,
  otherwise: Json,
): Promise<Move & { do: "go" }> {
  const assigned = (await seen.query(leaving.Assign ?? {}, look)) as Variables; // all see the variables as they were
  const input = await outputOf(seen, leaving, look, otherwise);
  return { do: "go", to, input, variables: { ...look.variables, ...assigned } };
}

async function outputOf({ query }: Seen, { Output }: Leaving, look: Sight, otherwise: Json): Promise<Json> {
  return Output === undefined ? otherwise : query(Output, look);
}

async function cope(seen: Seen, state: State, error: string): Promise<Move> {
  if (state.Type !== "Task" && state.Type !== "Map") return { do: "fail", error };
  const again = retry(seen, state, error);
  if (again !== undefined) return again;
  const catcher = state.Catch?.find(({ ErrorEquals }) => takes(ErrorEquals, error));
  if (catcher === undefined) return { do: "fail", error };
  const errorOutput = { Error: error, Cause: JSON.stringify({ errorType: error }) }; // a message may quote what it was given
  const look = { ...sight(seen), errorOutput };
  return { ...(await go(seen, catcher, catcher.Next, look, errorOutput)), because: error };
}

/** The first retrier that takes the error decides, also by having been used up. */
function retry({ frame, clock, random }: Seen, state: Task | MapState, error: string): Move | undefined {
  const n = state.Retry?.findIndex(({ ErrorEquals }) => takes(ErrorEquals, error)) ?? -1;
  const retrier = state.Retry?.[n];
  const used = frame.body.retries[n] ?? 0;
  if (retrier === undefined || used >= (retrier.MaxAttempts ?? 3)) return undefined;
  const delay = {
    first: retrier.IntervalSeconds ?? 1,
    rate: retrier.BackoffRate ?? 2,
    cap: retrier.MaxDelaySeconds ?? 31_622_400,
    spread: retrier.JitterStrategy === "FULL" ? ("full" as const) : ("none" as const),
  };
  const retries = (state.Retry ?? []).map((_, at) => (frame.body.retries[at] ?? 0) + (at === n ? 1 : 0));
  return { do: "rest", until: laterBy(clock(), delaySeconds(delay, used, random)), retries, because: error };
}

function sight(
  { execution, frame }: Pick<Seen, "execution" | "frame">,
  more: Readonly<Record<string, Json>> = {},
): Sight {
  const { machine, name, input, started } = execution;
  const { body } = frame;
  return {
    input: body.input,
    variables: body.variables,
    context: {
      Execution: { Id: `${machine}:${name}`, Name: name, Input: input, StartTime: started },
      State: { Name: body.state, EnteredTime: body.entered, RetryCount: body.retries.reduce((sum, n) => sum + n, 0) },
      StateMachine: { Id: machine, Name: machine },
      ...more,
    },
  };
}

function whole(value: Json, least: number): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= 99_999_999) return value;
  throw badInput("a number of seconds or items is whole");
}

function text(value: Json): string {
  if (typeof value === "string") return value;
  throw badInput("an error's name is text");
}
