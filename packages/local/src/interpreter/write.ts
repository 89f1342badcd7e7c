import type { Instant } from "@leasehold/core/kernel";
import type { Move } from "./decide.ts";
import { RUNTIME, TOO_LARGE } from "./errors.ts";
import { flowAt, type Json } from "./model.ts";
import type { Body, Execution, Frame, RunTable } from "./table.ts";

/** Step Functions ends an execution with more history than this, and refuses payloads larger than this. */
const MOST_EVENTS = 25_000;
const MOST_BYTES = 262_144;

interface Writing {
  readonly table: RunTable;
  readonly now: Instant;
  readonly worker: string;
}

/** Carries a move out, inside the caller's transaction. False: somebody else has moved the frame, and nothing was written. */
export function write(writing: Writing, execution: Execution, frame: Frame, move: Move): boolean {
  if (execution.events >= MOST_EVENTS) return conclude(writing, frame, undefined, RUNTIME);
  if (bytesOf(move) > MOST_BYTES) return fail(writing, frame, TOO_LARGE);
  switch (move.do) {
    case "call":
      return call(writing, frame, move);
    case "wait":
      return put(writing, frame, "waiting", move.until, frame.body);
    case "rest":
      return rest(writing, frame, move);
    case "spread":
      return spread(writing, execution, frame, move);
    case "go":
      return go(writing, frame, move);
    case "end":
      return end(writing, execution, frame, move.output);
    case "fail":
      return fail(writing, frame, move.error);
  }
}

function put({ table }: Writing, frame: Frame, phase: Frame["phase"], due: Instant | null, body: Body): boolean {
  return table.setFrame(frame, { phase, due, token: null, worker: null, body });
}

function call({ table, now, worker }: Writing, frame: Frame, { token, deadline }: Move & { do: "call" }): boolean {
  const body = deadline === undefined ? frame.body : { ...frame.body, deadline };
  if (!table.setFrame(frame, { phase: "running", due: null, token, worker, body })) return false;
  table.note(frame.execution, now, "task started", body.state);
  return true;
}

function rest(writing: Writing, frame: Frame, { until, retries, because }: Move & { do: "rest" }): boolean {
  const { deadline: _, error: __, ...body } = frame.body;
  if (!put(writing, frame, "resting", until, { ...body, retries })) return false;
  writing.table.note(frame.execution, writing.now, "retried", body.state, because);
  return true;
}

function go(writing: Writing, frame: Frame, { to: state, input, variables, because }: Move & { do: "go" }): boolean {
  const { table, now } = writing;
  const { scope, path, visit, state: left } = frame.body;
  const body = { scope, path, state, input, variables, entered: now, visit: visit + 1, retries: [] };
  if (!put(writing, frame, "ready", now, body)) return false;
  table.note(frame.execution, now, because === undefined ? "left" : "caught", left, because);
  table.note(frame.execution, now, "entered", state);
  return true;
}

function spread(writing: Writing, execution: Execution, frame: Frame, move: Move & { do: "spread" }): boolean {
  const { table, now } = writing;
  const none = move.items.length === 0;
  const body = { ...frame.body, ...(none ? { value: [] } : { items: move.items, width: move.width }) };
  const phase = none ? "answered" : "mapping";
  if (!put(writing, frame, phase, none ? now : null, body)) return false;
  table.note(frame.execution, now, "map started", body.state);
  for (const item of move.items.slice(0, move.width).keys()) addItem(writing, execution, { ...frame, body }, item);
  return true;
}

function addItem(
  { table, now }: Writing,
  { definition }: Execution,
  { id, execution, body }: Frame,
  item: number,
): void {
  const scope = [...body.scope, body.state];
  const state = flowAt(definition, scope)?.StartAt ?? "";
  const path = `${body.path}/${body.state}.${body.visit}[${item}]`;
  const input = body.items?.[item] ?? null;
  const { variables } = body;
  table.addFrame(execution, id, item, { scope, path, state, input, variables, entered: now, visit: 0, retries: [] });
  table.note(execution, now, "entered", state);
}

function end(writing: Writing, execution: Execution, frame: Frame, output: Json): boolean {
  if (frame.parent === null) return conclude(writing, frame, output);
  const { table, now } = writing;
  const body = { ...frame.body, value: output };
  if (!put(writing, frame, "done", null, body)) return false;
  table.note(frame.execution, now, "left", body.state);
  itemDone(writing, execution, frame.parent);
  return true;
}

/** Begins the next item, or, when all are done, answers the Map with their outputs in the order of the items. */
function itemDone(writing: Writing, execution: Execution, parent: number): void {
  const { table, now } = writing;
  const map = table.frame(parent);
  if (map === undefined) return;
  const begun = table.children(parent);
  const { items = [], ...rest } = map.body;
  if (begun.length < items.length) addItem(writing, execution, map, begun.length);
  else if (begun.every(({ phase }) => phase === "done")) {
    const body = { ...rest, value: begun.map((child) => child.body.value ?? null) };
    put(writing, map, "answered", now, body);
    table.dropChildren(parent);
  }
}

/** A frame that fails ends its execution; an item's failure is its Map's error, and ends the other items. */
function fail(writing: Writing, frame: Frame, error: string): boolean {
  if (frame.parent === null) return conclude(writing, frame, undefined, error);
  const { table, now } = writing;
  const map = table.frame(frame.parent);
  const still = table.frame(frame.id)?.version === frame.version;
  if (map === undefined || !still) return false;
  put(writing, map, "erred", now, { ...map.body, error });
  table.dropChildren(frame.parent);
  table.note(frame.execution, now, "failed", frame.body.state, error);
  return true;
}

function conclude({ table, now }: Writing, frame: Frame, output: Json | undefined, error?: string): boolean {
  if (table.frame(frame.id)?.version !== frame.version) return false;
  table.dropFrames(frame.execution);
  table.end(frame.execution, error === undefined ? "SUCCEEDED" : "FAILED", output, error ?? null, now);
  table.note(frame.execution, now, error === undefined ? "succeeded" : "failed", frame.body.state, error);
  return true;
}

function bytesOf(move: Move): number {
  const payload = { call: "with", go: "input", end: "output", spread: "items" }[move.do as string];
  return payload === undefined ? 0 : Buffer.byteLength(JSON.stringify((move as Record<string, unknown>)[payload]));
}

/** What a task came to: written only where its frame still runs; a token that was answered meanwhile has moved it. */
export function settle(
  writing: Writing,
  running: Frame,
  came: { readonly value: Json } | { readonly error: string },
): boolean {
  const { table } = writing;
  const { body } = running;
  const large = "value" in came && Buffer.byteLength(JSON.stringify(came.value)) > MOST_BYTES;
  const error = large ? TOO_LARGE : "error" in came ? came.error : undefined;
  if (error !== undefined || running.token === null)
    return answer(writing, running, error === undefined ? came : { error });
  const { deadline } = body;
  return table.setFrame(running, { phase: "waiting", due: deadline ?? null, token: running.token, worker: null, body });
}

/** An answer, by the task itself or by its token. */
export function answer(
  writing: Writing,
  frame: Frame,
  came: { readonly value: Json } | { readonly error: string },
): boolean {
  const { table, now } = writing;
  const { deadline: _, ...rest } = frame.body;
  const failed = "error" in came;
  if (!put(writing, frame, failed ? "erred" : "answered", now, { ...rest, ...came })) return false;
  table.note(
    frame.execution,
    now,
    failed ? "task failed" : "task succeeded",
    rest.state,
    failed ? came.error : undefined,
  );
  return true;
}
