import { describe, expect, it } from "vitest";
import {
  caught,
  DONE,
  each,
  echo,
  errorOutput,
  fails,
  NO,
  pass,
  type Row,
  retry,
  task,
  throws,
  told,
} from "./trial.ts";

const ROWS: readonly Row[] = [
  [
    "a Map goes over its input",
    { A: each({ I: pass({ Output: "{% $states.input * 2 %}" }) }) },
    [1, 2, 3],
    { output: [2, 4, 6] },
  ],
  ["a Map over nothing gives nothing", { A: each({ I: pass({}) }) }, [], { output: [] }],
  ["a Map over no list fails", { A: each({ I: pass({}) }) }, {}, { error: "States.QueryEvaluationError" }],
  [
    "a Map selects, and knows the item and its place",
    {
      A: each(
        { I: pass({}) },
        {
          Items: "{% $states.input.list %}",
          ItemSelector: {
            n: "{% $states.context.Map.Item.Index %}",
            v: "{% $states.context.Map.Item.Value %}",
            who: "{% $states.input.who %}",
          },
        },
      ),
    },
    { list: ["a", "b"], who: "ada" },
    {
      output: [
        { n: 0, v: "a", who: "ada" },
        { n: 1, v: "b", who: "ada" },
      ],
    },
  ],
  [
    "a Map of width one goes in order",
    { A: each({ I: task("fn", { Output: "{% $states.result.Payload %}" }) }, { MaxConcurrency: 1 }) },
    ["a", "b", "c"],
    { output: ["a", "b", "c"] },
    echo,
  ],
  [
    "a Map's result may be read",
    { A: each({ I: pass({}) }, { Output: "{% $sum($states.result) %}" }) },
    [1, 2, 3],
    { output: 6 },
  ],
  [
    "an item sees the variables outside, and keeps its own",
    {
      A: pass({ End: undefined, Next: "B", Assign: { x: 10 }, Output: "{% [1, 2] %}" }),
      B: each(
        {
          I: pass({ End: undefined, Next: "J", Assign: { y: "{% $x + $states.input %}" } }),
          J: pass({ Output: "{% $y %}" }),
        },
        { End: undefined, Next: "C" },
      ),
      C: pass({ Output: "{% [$states.input, $exists($y)] %}" }),
    },
    {},
    { output: [11, 12, false] },
  ],
  ["an item may end in a Succeed", { A: each({ I: { Type: "Succeed", Output: "{% 1 %}" } }) }, [0], { output: [1] }],
  [
    "an item's failure is the Map's",
    { A: each({ I: task("fn") }, caught(["Broken"])), Caught: DONE },
    [1, 2],
    { output: errorOutput("Broken") },
    { fn: throws("Broken") },
  ],
  [
    "an item that caught its failure is no failure",
    { A: each({ I: task("fn", caught(["States.ALL"])), Caught: pass({ Output: "{% 'ok' %}" }) }) },
    [1],
    { output: ["ok"] },
    { fn: throws("Broken") },
  ],
  [
    "a Map goes again as a whole",
    { A: each({ I: task("fn", { Output: "{% $states.result.Payload %}" }) }, retry(["Broken"])) },
    [1],
    { output: ["worked"] },
    { fn: fails(1, "Broken") },
  ],
  [
    "a Map in a Map",
    { A: each({ I: each({ J: pass({ Output: "{% $states.input + 1 %}" }) }) }) },
    [[1], [2, 3]],
    { output: [[2], [3, 4]] },
  ],
  [
    "what ends an execution is not caught outside a Map",
    {
      A: each({ I: { Type: "Choice", Choices: [{ Condition: NO, Next: "J" }] }, J: pass({}) }, caught(["States.ALL"])),
      Caught: DONE,
    },
    [1],
    { error: "States.Runtime" },
  ],
];

describe("what a Map does", () => {
  it.each(ROWS)("%s", async (_title, states, input, ends, handlers) => {
    expect(await told(states, input, handlers)).toEqual(ends);
  });
});
