import { describe, expect, it } from "vitest";
import { asking, caught, DONE, errorOutput, fails, named, pass, type Row, retry, task, throws, told } from "./trial.ts";

const ROWS: readonly Row[] = [
  [
    "a function's error, uncaught, ends with its name",
    { A: task("fn") },
    {},
    { error: "Throttled" },
    { fn: throws("Throttled") },
  ],
  [
    "a message for a name is not kept",
    { A: task("fn") },
    {},
    { error: "Unknown" },
    { fn: throws("the body was hunter2") },
  ],
  [
    "a catcher takes a name",
    { A: task("fn", caught(["Throttled"])), Caught: pass({}) },
    {},
    { output: errorOutput("Throttled") },
    { fn: throws("Throttled") },
  ],
  [
    "a catcher leaves other names",
    { A: task("fn", caught(["Throttled"])), Caught: pass({}) },
    {},
    { error: "Conflict" },
    { fn: throws("Conflict") },
  ],
  [
    "the first catcher that takes it",
    {
      A: task("fn", {
        Catch: [
          { ErrorEquals: ["A"], Next: "Z" },
          { ErrorEquals: ["B"], Next: "Caught" },
          { ErrorEquals: ["States.ALL"], Next: "Z" },
        ],
      }),
      Caught: DONE,
      Z: { Type: "Fail", Error: "Z" },
    },
    {},
    { output: errorOutput("B") },
    { fn: throws("B") },
  ],
  [
    "States.TaskFailed takes any name",
    { A: task("fn", caught(["States.TaskFailed"])), Caught: DONE },
    {},
    { output: errorOutput("B") },
    { fn: throws("B") },
  ],
  [
    "a catcher assigns and gives out",
    {
      A: task(
        "fn",
        caught(["States.ALL"], { Assign: { e: "{% $states.errorOutput.Error %}" }, Output: "{% $states.input.a %}" }),
      ),
      Caught: pass({ Output: "{% [$e, $states.input] %}" }),
    },
    { a: 1 },
    { output: ["B", 1] },
    { fn: throws("B") },
  ],
  [
    "a failing argument is an error of its task",
    {
      A: task("fn", {
        Arguments: { FunctionName: "fn", Payload: "{% $none %}" },
        ...caught(["States.QueryEvaluationError"]),
      }),
      Caught: DONE,
    },
    {},
    { output: errorOutput("States.QueryEvaluationError") },
  ],
  [
    "a failing Output is an error of its task",
    { A: task("fn", { Output: "{% $none %}", ...caught(["States.ALL"]) }), Caught: DONE },
    {},
    { output: errorOutput("States.QueryEvaluationError") },
  ],
  [
    "a catcher's own failing Output ends it",
    { A: task("fn", caught(["States.ALL"], { Output: "{% $none %}" })), Caught: DONE },
    {},
    { error: "States.QueryEvaluationError" },
    { fn: throws("B") },
  ],
  [
    "a catcher's own failing Output is not caught in turn",
    {
      A: task("fn", {
        Catch: [
          { ErrorEquals: ["B"], Next: "Caught", Output: "{% $none %}" },
          { ErrorEquals: ["States.QueryEvaluationError"], Next: "Caught" },
        ],
      }),
      Caught: DONE,
    },
    {},
    { error: "States.QueryEvaluationError" },
    { fn: throws("B") },
  ],
  [
    "a result beyond Step Functions' limit ends it, whatever is made of it",
    { A: task("fn", { Output: "{% 1 %}", ...caught(["States.ALL"]) }), Caught: DONE },
    {},
    { error: "States.DataLimitExceeded" },
    { fn: () => "x".repeat(262_144) },
  ],
  [
    "a retrier goes again",
    { A: task("fn", retry(["Throttled"])) },
    {},
    { output: { Payload: "worked" } },
    { fn: fails(3, "Throttled") },
  ],
  [
    "a retrier goes three times again, unless it says otherwise",
    { A: task("fn", retry(["Throttled"])) },
    {},
    { error: "Throttled" },
    { fn: fails(4, "Throttled") },
  ],
  [
    "a retrier of none goes never again",
    { A: task("fn", retry(["Throttled"], { MaxAttempts: 0 })) },
    {},
    { error: "Throttled" },
    { fn: fails(1, "Throttled") },
  ],
  [
    "a used-up retrier hands over to the catcher, not to the next retrier",
    {
      A: task("fn", {
        Retry: [
          { ErrorEquals: ["B"], MaxAttempts: 1 },
          { ErrorEquals: ["States.ALL"], MaxAttempts: 9 },
        ],
        ...caught(["B"]),
      }),
      Caught: DONE,
    },
    {},
    { output: errorOutput("B") },
    { fn: fails(3, "B") },
  ],
  [
    "retriers count apart",
    {
      A: task("fn", {
        Retry: [
          { ErrorEquals: ["B"], MaxAttempts: 1 },
          { ErrorEquals: ["C"], MaxAttempts: 1 },
        ],
      }),
    },
    {},
    { output: { Payload: "worked" } },
    {
      fn: ((n) => () => {
        n += 1;
        if (n < 3) throw named(n === 1 ? "B" : "C");
        return "worked";
      })(0),
    },
  ],
  [
    "a state entered anew counts anew",
    {
      A: task("fn", {
        End: undefined,
        Next: "B",
        Output: "{% $states.result.Payload %}",
        ...retry(["B"], { MaxAttempts: 1 }),
      }),
      B: { Type: "Choice", Choices: [{ Condition: "{% $states.input < 2 %}", Next: "A" }], Default: "C" },
      C: DONE,
    },
    {},
    { output: 2 },
    {
      fn: ((n) => () => {
        n += 1;
        if (n % 2 === 1) throw named("B");
        return n / 2;
      })(0),
    },
  ],
  [
    "a token's task that fails at once fails",
    { A: asking("ask", caught(["Throttled"])), Caught: DONE },
    {},
    { output: errorOutput("Throttled") },
    { ask: throws("Throttled") },
  ],
  [
    "a token that nobody answers times out",
    { A: asking("ask", caught(["States.Timeout"])), Caught: DONE },
    {},
    { output: errorOutput("States.Timeout") },
  ],
  [
    "States.TaskFailed does not take a timeout",
    { A: asking("ask", caught(["States.TaskFailed"])), Caught: DONE },
    {},
    { error: "States.Timeout" },
  ],
];

describe("what errors do", () => {
  it.each(ROWS)("%s", async (_title, states, input, ends, handlers) => {
    expect(await told(states, input, handlers)).toEqual(ends);
  });
});
