import { KNOWN, TRANSIENT, takes } from "./errors.ts";
import type { State, Task } from "./model.ts";
import type { Problem } from "./problem.ts";

/** What one state promises when something goes wrong, and what its type needs to be read alike. */
export function lintGuards(state: State, at: string, guarded: boolean): readonly Problem[] {
  if (state.Type === "Wait" && (state.Seconds === undefined) === (state.Timestamp === undefined))
    return [{ at, problem: "a Wait has either Seconds or Timestamp" }];
  if (state.Type !== "Task" && state.Type !== "Map") return [];
  const lists = [...lintNames(state.Retry, `${at}.Retry`), ...lintNames(state.Catch, `${at}.Catch`)];
  if (state.Type === "Map") return lists;
  return [...lists, ...lintTask(state, at), ...(guarded ? lintGuarded(state, at) : [])];
}

function lintNames(
  list: readonly { readonly ErrorEquals: readonly string[] }[] | undefined,
  at: string,
): readonly Problem[] {
  return (list ?? []).flatMap(({ ErrorEquals }, n) => {
    const place = `${at}.${n}.ErrorEquals`;
    const unknown = ErrorEquals.filter((name) => name.startsWith("States.") && !KNOWN.has(name));
    const all = ErrorEquals.includes("States.ALL");
    return [
      ...unknown.map(() => ({ at: place, problem: "Step Functions reports no such error here" })),
      ...(all && ErrorEquals.length > 1 ? [{ at: place, problem: "States.ALL stands alone" }] : []),
      ...(all && n < (list ?? []).length - 1 ? [{ at: place, problem: "States.ALL stands last" }] : []),
    ];
  });
}

const NEEDED: Readonly<Record<Task["Resource"], readonly string[]>> = {
  "arn:aws:states:::lambda:invoke": ["FunctionName"],
  "arn:aws:states:::lambda:invoke.waitForTaskToken": ["FunctionName"],
  "arn:aws:states:::events:putEvents": ["Entries"],
  "arn:aws:states:::states:startExecution": ["StateMachineArn"],
};
const ALLOWED: readonly string[] = ["FunctionName", "Payload", "Entries", "StateMachineArn", "Name", "Input"];

function lintTask(task: Task, at: string): readonly Problem[] {
  const given = Object.keys(task.Arguments);
  const waits = task.Resource.endsWith(".waitForTaskToken");
  const named = given.filter((key) => key === "FunctionName" || key === "StateMachineArn");
  return [
    ...NEEDED[task.Resource]
      .filter((key) => !given.includes(key))
      .map((key) => ({ at: `${at}.Arguments`, problem: `${key} is missing` })),
    ...given
      .filter((key) => !ALLOWED.includes(key))
      .map((key) => ({ at: `${at}.Arguments.${key}`, problem: "AWS and the laptop do not both read this field" })),
    ...named
      .filter((key) => typeof task.Arguments[key] !== "string" || String(task.Arguments[key]).startsWith("{%"))
      .map((key) => ({ at: `${at}.Arguments.${key}`, problem: "what is called is named, not computed" })),
    ...(waits && !JSON.stringify(task.Arguments).includes("$states.context.Task.Token")
      ? [{ at: `${at}.Arguments`, problem: "nobody is given the token" }]
      : []),
    ...(waits && task.TimeoutSeconds === undefined
      ? [{ at, problem: "a wait for an answer has an end: TimeoutSeconds is missing" }]
      : []),
  ];
}

function lintGuarded(task: Task, at: string): readonly Problem[] {
  const retried = (name: string) =>
    (task.Retry ?? []).find(({ ErrorEquals }) => takes(ErrorEquals, name))?.MaxAttempts !== 0 &&
    (task.Retry ?? []).some(({ ErrorEquals }) => takes(ErrorEquals, name));
  const missing = task.Resource.startsWith("arn:aws:states:::lambda:")
    ? TRANSIENT.filter((name) => !retried(name))
    : [];
  const caught = (task.Catch ?? []).some(({ ErrorEquals }) => ErrorEquals.includes("States.ALL"));
  return [
    ...missing.map((name) => ({ at: `${at}.Retry`, problem: `${name} is not retried` })),
    ...(caught ? [] : [{ at: `${at}.Catch`, problem: "States.ALL is not caught" }]),
  ];
}
