import * as z from "zod/mini";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** What may stand where a value is meant: plain JSON, with `{% … %}` anywhere in it. */
const Template = z.unknown();
const Expression = z.string().check(z.regex(/^\{%[\s\S]*%\}$/, "an expression stands between {% and %}"));
const Name = z.string().check(z.minLength(1), z.maxLength(80));
const Assign = z.record(z.string().check(z.regex(/^[A-Za-z_]\w{0,79}$/, "a variable has the name of one")), Template);
const Common = { Comment: z.optional(z.string()), QueryLanguage: z.optional(z.literal("JSONata")) };
const Leaves = { Assign: z.optional(Assign), Output: z.optional(Template) };
const Goes = { Next: z.optional(Name), End: z.optional(z.literal(true)) };

const Retrier = z.strictObject({
  Comment: z.optional(z.string()),
  ErrorEquals: z.array(z.string().check(z.minLength(1))).check(z.minLength(1)),
  IntervalSeconds: z.optional(z.int().check(z.minimum(1))),
  BackoffRate: z.optional(z.number().check(z.minimum(1))),
  MaxAttempts: z.optional(z.int().check(z.minimum(0), z.maximum(99_999_999))),
  MaxDelaySeconds: z.optional(z.int().check(z.minimum(1), z.maximum(31_622_400))),
  JitterStrategy: z.optional(z.literal(["FULL", "NONE"])),
});
const Catcher = z.strictObject({
  Comment: z.optional(z.string()),
  ErrorEquals: z.array(z.string().check(z.minLength(1))).check(z.minLength(1)),
  Next: Name,
  ...Leaves,
});
const Guards = {
  Retry: z.optional(z.array(Retrier).check(z.minLength(1))),
  Catch: z.optional(z.array(Catcher).check(z.minLength(1))),
};

const RESOURCES = [
  "arn:aws:states:::lambda:invoke",
  "arn:aws:states:::lambda:invoke.waitForTaskToken",
  "arn:aws:states:::events:putEvents",
  "arn:aws:states:::states:startExecution",
] as const;

const Task = z.strictObject({
  Type: z.literal("Task"),
  Resource: z.literal(RESOURCES),
  Arguments: z.record(z.string(), Template),
  TimeoutSeconds: z.optional(z.union([z.int().check(z.minimum(1)), Expression])),
  ...Common,
  ...Leaves,
  ...Goes,
  ...Guards,
});
const Choice = z.strictObject({
  Type: z.literal("Choice"),
  Choices: z
    .array(
      z.strictObject({
        Comment: z.optional(z.string()),
        Condition: Expression,
        Next: Name,
        ...Leaves,
      }),
    )
    .check(z.minLength(1)),
  Default: z.optional(Name),
  ...Common,
  ...Leaves,
});
const Wait = z.strictObject({
  Type: z.literal("Wait"),
  Seconds: z.optional(z.union([z.int().check(z.minimum(0)), Expression])),
  Timestamp: z.optional(z.string()),
  ...Common,
  ...Leaves,
  ...Goes,
});
const Pass = z.strictObject({ Type: z.literal("Pass"), ...Common, ...Leaves, ...Goes });
const Succeed = z.strictObject({ Type: z.literal("Succeed"), ...Common, Output: z.optional(Template) });
const Fail = z.strictObject({
  Type: z.literal("Fail"),
  Error: z.string().check(z.minLength(1)),
  Cause: z.optional(z.string()),
  ...Common,
});
const Mapping = z.strictObject({
  Type: z.literal("Map"),
  Items: z.optional(z.union([Expression, z.array(Template)])),
  ItemSelector: z.optional(Template),
  MaxConcurrency: z.optional(z.union([z.int().check(z.minimum(0)), Expression])),
  get ItemProcessor() {
    return z.strictObject({
      ProcessorConfig: z.optional(z.strictObject({ Mode: z.literal("INLINE") })),
      StartAt: Name,
      get States(): z.ZodMiniType<States> {
        return z.record(Name, State);
      },
    });
  },
  ...Common,
  ...Leaves,
  ...Goes,
  ...Guards,
});

export type Task = z.infer<typeof Task>;
export type Choice = z.infer<typeof Choice>;
export type Wait = z.infer<typeof Wait>;
export type MapState = Omit<z.infer<typeof Mapping>, "ItemProcessor"> & { ItemProcessor: Flow };
export type Assigned = z.infer<typeof Assign>;
export type State =
  | Task
  | Choice
  | Wait
  | MapState
  | z.infer<typeof Pass>
  | z.infer<typeof Succeed>
  | z.infer<typeof Fail>;
export type States = Readonly<Record<string, State>>;

/** What has a beginning and states: a machine, or what a Map does with each item. */
export interface Flow {
  readonly StartAt: string;
  readonly States: States;
}

const State: z.ZodMiniType<State> = z.discriminatedUnion("Type", [
  Task,
  Choice,
  Wait,
  Pass,
  Succeed,
  Fail,
  Mapping,
]) as unknown as z.ZodMiniType<State>;

/** The subset of the Amazon States Language that the laptop and AWS read alike. All else is refused, never ignored. */
export const Machine = z.strictObject({
  Comment: z.optional(z.string()),
  Version: z.optional(z.literal("1.0")),
  QueryLanguage: z.literal("JSONata"),
  StartAt: Name,
  States: z.record(Name, State),
});
export type Machine = z.infer<typeof Machine>;

/** The state that a frame stands in: below the Maps that lead to it. */
export function stateAt(machine: Flow, scope: readonly string[], name: string): State | undefined {
  return flowAt(machine, scope)?.States[name];
}

export function flowAt(machine: Flow, scope: readonly string[]): Flow | undefined {
  return scope.reduce<Flow | undefined>((flow, map) => {
    const state = flow?.States[map];
    return state?.Type === "Map" ? state.ItemProcessor : undefined;
  }, machine);
}
