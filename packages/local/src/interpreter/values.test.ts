import { describe, expect, it } from "vitest";
import { caught, DONE, echo, NO, pass, type Row, START, task, told, YES } from "./trial.ts";

const ROWS: readonly Row[] = [
  ["a Pass gives its input on", { A: pass({}) }, { a: 1 }, { output: { a: 1 } }],
  [
    "an Output replaces it",
    { A: pass({ Output: { b: "{% $states.input.a + 1 %}" } }) },
    { a: 1 },
    { output: { b: 2 } },
  ],
  ["an Output may be a literal", { A: pass({ Output: "{% null %}" }) }, { a: 1 }, { output: null }],
  [
    "a list in a template is read member by member",
    { A: pass({ Output: { list: [1, "{% 1 + 1 %}"] } }) },
    {},
    { output: { list: [1, 2] } },
  ],
  [
    "what JSONata selects is plain JSON",
    { A: pass({ Output: "{% $states.input.a[$ > 1] %}" }) },
    { a: [1, 2, 3] },
    { output: [2, 3] },
  ],
  [
    "all assignments see the variables as they were, and so does the Output",
    {
      A: pass({ End: undefined, Next: "B", Assign: { x: 1 } }),
      B: pass({ End: undefined, Next: "C", Assign: { x: 2, y: "{% $x %}" }, Output: "{% $x %}" }),
      C: pass({ Output: "{% [$x, $y, $states.input] %}" }),
    },
    {},
    { output: [2, 1, 1] },
  ],
  [
    "an expression that gives nothing fails",
    { A: pass({ Output: "{% $states.input.none %}" }) },
    {},
    { error: "States.QueryEvaluationError" },
  ],
  [
    "an expression that gives a function fails",
    { A: pass({ Output: "{% function($x){$x} %}" }) },
    {},
    { error: "States.QueryEvaluationError" },
  ],
  [
    "the input is not the root of an expression",
    { A: pass({ Output: "{% a %}" }) },
    { a: 1 },
    { error: "States.QueryEvaluationError" },
  ],
  [
    "time is the clock's",
    { A: pass({ Output: "{% [$now(), $millis()] %}" }) },
    {},
    { output: [START, Date.parse(START)] },
  ],
  ["time has a picture", { A: pass({ Output: "{% $now('[Y0001]-[M01]') %}" }) }, {}, { output: "2026-11" }],
  [
    "the functions that Step Functions adds",
    {
      A: pass({
        Output:
          "{% [$count($partition([1,2,3],2)), $range(0,6,3), $parse('{\"a\":7}').a, $length($uuid()), $random(7) = $random(7)] %}",
      }),
    },
    {},
    { output: [2, 0, 3, 6, 7, 36, true] },
  ],
  [
    "$hash",
    { A: pass({ Output: "{% $hash('a', 'SHA-256') %}" }) },
    {},
    { output: "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb" },
  ],
  [
    "the context names the execution, the state and the machine",
    {
      A: pass({
        Output:
          "{% [$states.context.Execution.Name, $states.context.Execution.Input.a, $states.context.State.Name, $states.context.StateMachine.Name, $states.context.State.EnteredTime] %}",
      }),
    },
    { a: 1 },
    { output: ["run", 1, "A", "story", START] },
  ],
  ["a Succeed ends", { A: { ...DONE, Output: "{% $states.input.a %}" } }, { a: 1 }, { output: 1 }],
  ["a Fail ends with its error", { A: { Type: "Fail", Error: "NoSuchDesk", Cause: "x" } }, {}, { error: "NoSuchDesk" }],
  ["a Fail's error may be computed", { A: { Type: "Fail", Error: "{% 'No' & 'Desk' %}" } }, {}, { error: "NoDesk" }],
  ["a function's answer is its Payload", { A: task("fn") }, { a: 1 }, { output: { Payload: { a: 1 } } }, echo],
  [
    "a function's answer may be read",
    { A: task("fn", { Output: "{% $states.result.Payload.a %}" }) },
    { a: 1 },
    { output: 1 },
    echo,
  ],
  ["a function that answers nothing answers null", { A: task("fn") }, {}, { output: { Payload: null } }],
  [
    "a placeholder names its function",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the stack's placeholder
    { A: task("${fn}", { Output: "{% $states.result.Payload.a %}" }) },
    { a: 1 },
    { output: 1 },
    echo,
  ],
  [
    "a choice takes the first that is met",
    {
      A: {
        Type: "Choice",
        Choices: [
          { Condition: "{% $states.input.n > 9 %}", Next: "X" },
          { Condition: "{% $states.input.n > 1 %}", Next: "Y" },
        ],
        Default: "X",
      },
      X: { Type: "Fail", Error: "X" },
      Y: DONE,
    },
    { n: 5 },
    { output: { n: 5 } },
  ],
  [
    "a choice assigns and gives out",
    {
      A: { Type: "Choice", Choices: [{ Condition: YES, Next: "B", Assign: { x: 1 }, Output: "{% 2 %}" }] },
      B: pass({ Output: "{% [$x, $states.input] %}" }),
    },
    {},
    { output: [1, 2] },
  ],
  [
    "a default assigns and gives out by the state",
    {
      A: { Type: "Choice", Choices: [{ Condition: NO, Next: "B" }], Default: "B", Assign: { x: 3 }, Output: "{% 4 %}" },
      B: pass({ Output: "{% [$x, $states.input] %}" }),
    },
    {},
    { output: [3, 4] },
  ],
  [
    "a choice without an answer fails",
    { A: { Type: "Choice", Choices: [{ Condition: NO, Next: "B" }] }, B: DONE },
    {},
    { error: "States.Runtime" },
  ],
  [
    "a condition that is not true or false fails",
    { A: { Type: "Choice", Choices: [{ Condition: "{% 1 %}", Next: "B" }] }, B: DONE },
    {},
    { error: "States.QueryEvaluationError" },
  ],
  [
    "a payload beyond Step Functions' limit ends it",
    { A: task("fn", caught(["States.ALL"])), Caught: DONE },
    {},
    { error: "States.DataLimitExceeded" },
    { fn: () => "x".repeat(262_144) },
  ],
  [
    "an output beyond Step Functions' limit ends it",
    { A: pass({ Output: "{% $join($map([1..300], function($n) { $pad('', 1000, 'x') })) %}" }) },
    {},
    { error: "States.DataLimitExceeded" },
  ],
  ["a Wait gives its input on", { A: { Type: "Wait", Seconds: 60, End: true } }, { a: 1 }, { output: { a: 1 } }],
  [
    "a Wait for an instant that has passed is none",
    { A: { Type: "Wait", Timestamp: "2026-11-01T00:00:00Z", End: true } },
    1,
    { output: 1 },
  ],
  [
    "a Wait until nonsense fails",
    { A: { Type: "Wait", Timestamp: "{% 'soon' %}", End: true } },
    1,
    { error: "States.QueryEvaluationError" },
  ],
  [
    "a Wait of less than nothing fails",
    { A: { Type: "Wait", Seconds: "{% -1 %}", End: true } },
    1,
    { error: "States.QueryEvaluationError" },
  ],
];

describe("what states and expressions give", () => {
  it.each(ROWS)("%s", async (_title, states, input, ends, handlers) => {
    expect(await told(states, input, handlers)).toEqual(ends);
  });
});
