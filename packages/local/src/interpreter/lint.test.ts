import { describe, expect, it } from "vitest";
import { lint } from "./lint.ts";
import { asking, DONE, each, machine, pass, task, YES } from "./trial.ts";

const TRANSIENT = [
  "Lambda.ServiceException",
  "Lambda.AWSLambdaException",
  "Lambda.SdkClientException",
  "Lambda.TooManyRequestsException",
];
const GUARD = {
  Retry: [{ ErrorEquals: [...TRANSIENT, "Throttled"], MaxAttempts: 6 }],
  Catch: [{ ErrorEquals: ["States.ALL"], Next: "Stuck" }],
};
const STUCK = { Stuck: { Type: "Fail", Error: "Stuck" } };
const events = (more: object = {}) => ({
  Type: "Task",
  Resource: "arn:aws:states:::events:putEvents",
  Arguments: { Entries: [] },
  End: true,
  ...more,
});
const alone = (state: object) => machine({ A: state });

type Row = [title: string, definition: unknown, ...at: string[]];

const FINE: readonly Row[] = [
  ["a guarded task", machine({ A: task("fn", GUARD), ...STUCK })],
  [
    "a task whose transient errors a wildcard retries",
    machine({ A: task("fn", { ...GUARD, Retry: [{ ErrorEquals: ["States.ALL"] }] }), ...STUCK }),
  ],
  ["a task that asks", machine({ A: asking("fn", GUARD), ...STUCK })],
  [
    "a task that calls no function needs no retry of Lambda's",
    machine({ A: events({ Catch: GUARD.Catch }), ...STUCK }),
  ],
  [
    "a loop",
    machine({
      A: pass({ End: undefined, Next: "B" }),
      B: { Type: "Choice", Choices: [{ Condition: YES, Next: "A" }], Default: "C" },
      C: DONE,
    }),
  ],
  [
    "the query language said again, and comments",
    {
      ...alone(pass({ QueryLanguage: "JSONata", Comment: "a {% is no expression here" })),
      Comment: "x",
      Version: "1.0",
    },
  ],
  ["an item that calls a guarded task", alone(each({ I: task("fn", GUARD), ...STUCK }))],
];

const REFUSED: readonly Row[] = [
  ["nothing", undefined, ""],
  ["JSONPath as its language", { ...alone(pass({})), QueryLanguage: "JSONPath" }, "QueryLanguage"],
  ["no language", { StartAt: "A", States: { A: pass({}) } }, "QueryLanguage"],
  ["an end of the whole", { ...alone(pass({})), TimeoutSeconds: 60 }, "TimeoutSeconds"],
  ["a state of JSONPath", alone(pass({ QueryLanguage: "JSONPath" })), "States.A.QueryLanguage"],
  ["a beginning that is none", machine({ A: pass({}) }, "Z"), "StartAt", "States.A"],
  ["a state of another type", alone({ Type: "Parallel", Branches: [], End: true }), "States.A.Type"],
  ...["InputPath", "OutputPath", "ResultPath", "Parameters", "ResultSelector"].map(
    (field): Row => [`the JSONPath field ${field}`, alone(pass({ [field]: "$.a" })), `States.A.${field}`],
  ),
  ["a JSONPath key in a template", alone(pass({ Output: { "a.$": "$.b" } })), "States.A.Output.a.$"],
  [
    "another resource",
    alone(task("fn", { ...GUARD, Resource: "arn:aws:states:::sqs:sendMessage" })),
    "States.A.Resource",
  ],
  [
    "a function's own address as resource",
    alone(task("fn", { Resource: "arn:aws:lambda:eu-west-1:111122223333:function:fn" })),
    "States.A.Resource",
  ],
  ["a heartbeat", alone(task("fn", { HeartbeatSeconds: 5 })), "States.A.HeartbeatSeconds"],
  ["another role", alone(task("fn", { Credentials: {} })), "States.A.Credentials"],
  ["a next that is none", alone(pass({ End: undefined, Next: "Z" })), "States.A.Next"],
  ["neither next nor end", alone({ Type: "Pass" }), "States.A"],
  ["both next and end", machine({ A: pass({ Next: "B" }), B: DONE }), "States.A"],
  ["an island", machine({ A: pass({}), B: DONE }), "States.B"],
  [
    "islands that lead to each other",
    machine({ A: pass({}), B: pass({ End: undefined, Next: "C" }), C: pass({ End: undefined, Next: "B" }) }),
    "States.B",
    "States.C",
  ],
  [
    "a default that is none",
    alone({ Type: "Choice", Choices: [{ Condition: YES, Next: "A" }], Default: "Z" }),
    "States.A.Default",
  ],
  [
    "a choice that is none",
    alone({ Type: "Choice", Choices: [{ Condition: YES, Next: "Z" }] }),
    "States.A.Choices.0.Next",
  ],
  [
    "a choice by JSONPath",
    alone({ Type: "Choice", Choices: [{ Variable: "$.a", IsNull: true, Next: "A" }] }),
    "States.A.Choices.0.Condition",
    "States.A.Choices.0.Variable",
    "States.A.Choices.0.IsNull",
  ],
  ["a wait for nothing", alone({ Type: "Wait", End: true }), "States.A"],
  [
    "a wait for two things",
    alone({ Type: "Wait", Seconds: 1, Timestamp: "2026-11-02T09:00:00Z", End: true }),
    "States.A",
  ],
  ["a wait by JSONPath", alone({ Type: "Wait", SecondsPath: "$.a", End: true }), "States.A.SecondsPath"],
  ["a catcher that leads nowhere", alone(task("fn", { ...GUARD })), "States.A.Catch.0.Next"],
  [
    "States.ALL in company",
    machine({ A: task("fn", { ...GUARD, Catch: [{ ErrorEquals: ["States.ALL", "B"], Next: "Stuck" }] }), ...STUCK }),
    "States.A.Catch.0.ErrorEquals",
  ],
  [
    "States.ALL before another",
    machine({
      A: task("fn", {
        ...GUARD,
        Catch: [
          { ErrorEquals: ["States.ALL"], Next: "Stuck" },
          { ErrorEquals: ["B"], Next: "Stuck" },
        ],
      }),
      ...STUCK,
    }),
    "States.A.Catch.0.ErrorEquals",
  ],
  [
    "an error that Step Functions never reports",
    machine({ A: task("fn", { ...GUARD, Retry: [...GUARD.Retry, { ErrorEquals: ["States.Al"] }] }), ...STUCK }),
    "States.A.Retry.1.ErrorEquals",
  ],
  [
    "a retrier without names",
    machine({ A: task("fn", { ...GUARD, Retry: [{ ErrorEquals: [] }] }), ...STUCK }),
    "States.A.Retry.0.ErrorEquals",
  ],
  [
    "a retrier that shrinks",
    machine({ A: task("fn", { ...GUARD, Retry: [{ ...GUARD.Retry[0], BackoffRate: 0.5 }] }), ...STUCK }),
    "States.A.Retry.0.BackoffRate",
  ],
  ["a retry on a Pass", alone(pass({ Retry: [{ ErrorEquals: ["States.ALL"] }] })), "States.A.Retry"],
  [
    "a task without its function",
    machine({ A: task("fn", { ...GUARD, Arguments: { Payload: {} } }), ...STUCK }),
    "States.A.Arguments",
  ],
  [
    "a task with an argument of another service",
    machine({ A: task("fn", { ...GUARD, Arguments: { FunctionName: "fn", InvocationType: "Event" } }), ...STUCK }),
    "States.A.Arguments.InvocationType",
  ],
  [
    "a function that is computed",
    machine({ A: task("{% $fn %}", GUARD), ...STUCK }),
    "States.A.Arguments.FunctionName",
  ],
  [
    "a wait for an answer without an end",
    machine({ A: asking("fn", { ...GUARD, TimeoutSeconds: undefined }), ...STUCK }),
    "States.A",
  ],
  [
    "a token that nobody is given",
    machine({ A: asking("fn", { ...GUARD, Arguments: { FunctionName: "fn" } }), ...STUCK }),
    "States.A.Arguments",
  ],
  ["a token where there is none", alone(pass({ Output: "{% $states.context.Task.Token %}" })), "States.A.Output"],
  ["an expression that cannot be read", alone(pass({ Output: "{% 1 + %}" })), "States.A.Output"],
  ["an expression in the middle of a string", alone(pass({ Output: "a {% 1 %}" })), "States.A.Output"],
  ["$eval", alone(pass({ Assign: { x: ["{% $map([1], function($v) { $eval('1') }) %}"] } })), "States.A.Assign.x.0"],
  ["a variable whose name is none", alone(pass({ Assign: { "a-b": 1 } })), "States.A.Assign.a-b"],
  [
    "a Map that is distributed",
    alone({
      ...each({ I: pass({}) }),
      ItemProcessor: { ProcessorConfig: { Mode: "DISTRIBUTED" }, StartAt: "I", States: { I: pass({}) } },
    }),
    "States.A.ItemProcessor.ProcessorConfig.Mode",
  ],
  [
    "a Map that tolerates failures",
    alone(each({ I: pass({}) }, { ToleratedFailureCount: 1 })),
    "States.A.ToleratedFailureCount",
  ],
  [
    "an item that leads out of its Map",
    machine({ A: each({ I: pass({ End: undefined, Next: "B" }) }, { End: undefined, Next: "B" }), B: DONE }),
    "States.A.ItemProcessor.States.I.Next",
  ],
  ["an island in a Map", alone(each({ I: pass({}), J: DONE })), "States.A.ItemProcessor.States.J"],
  ["an unguarded task in a Map", alone(each({ I: events() })), "States.A.ItemProcessor.States.I.Catch"],
  [
    "an item that sets a variable from outside",
    machine({ A: pass({ End: undefined, Next: "B", Assign: { x: 1 } }), B: each({ I: pass({ Assign: { x: 2 } }) }) }),
    "States.B.ItemProcessor.States.I.Assign.x",
  ],
  [
    "a field of a JSONPath item",
    alone(each({ I: pass({ ResultPath: null }) })),
    "States.A.ItemProcessor.States.I.ResultPath",
  ],
];

describe("lint", () => {
  it.each(FINE)("takes %s", (_title, definition) => {
    expect(lint(json(definition))).toEqual([]);
  });

  it.each(REFUSED)("refuses %s", (_title, definition, ...at) => {
    expect(
      lint(json(definition))
        .map((problem) => problem.at)
        .sort(),
    ).toEqual([...at].sort());
  });

  it.each(TRANSIENT)("refuses a task that does not retry %s", (name) => {
    const rest = TRANSIENT.filter((other) => other !== name);
    const guarded = (MaxAttempts: number, names: readonly string[]) =>
      lint(machine({ A: task("fn", { ...GUARD, Retry: [{ ErrorEquals: names, MaxAttempts }] }), ...STUCK }));
    expect(guarded(6, rest)).toEqual([{ at: "States.A.Retry", problem: `${name} is not retried` }]);
    expect(guarded(6, TRANSIENT)).toEqual([]);
    expect(guarded(0, TRANSIENT)).toHaveLength(4);
  });

  it("refuses a task that does not catch the rest", () => {
    expect(lint(machine({ A: task("fn", { Retry: GUARD.Retry }) }))).toEqual([
      { at: "States.A.Catch", problem: "States.ALL is not caught" },
    ]);
  });

  it("asks for guards only where it is told to", () => {
    expect(lint(alone(task("fn")), { guarded: false })).toEqual([]);
    expect(lint(alone(task("fn")), { guarded: true })).toHaveLength(5);
  });
});

const json = (definition: unknown): unknown =>
  definition === undefined ? undefined : JSON.parse(JSON.stringify(definition));
