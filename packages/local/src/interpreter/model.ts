import * as z from "zod";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** What may stand where a value is meant: plain JSON, with `{% … %}` anywhere in it. */
const Template = z.unknown();
const Expression = z.string().regex(/^\{%[\s\S]*%\}$/, "an expression stands between {% and %}");
const Name = z.string().min(1).max(80);
const Assign = z.record(z.string().regex(/^[A-Za-z_]\w{0,79}$/, "a variable has the name of one"), Template);
const Common = { Comment: z.string().optional(), QueryLanguage: z.literal("JSONata").optional() };
const Leaves = { Assign: Assign.optional(), Output: Template.optional() };
const Goes = { Next: Name.optional(), End: z.literal(true).optional() };

const Retrier = z.strictObject({
  Comment: z.string().optional(),
  ErrorEquals: z.array(z.string().min(1)).min(1),
  IntervalSeconds: z.int().min(1).optional(),
  BackoffRate: z.number().min(1).optional(),
  MaxAttempts: z.int().min(0).max(99_999_999).optional(),
  MaxDelaySeconds: z.int().min(1).max(31_622_400).optional(),
  JitterStrategy: z.literal(["FULL", "NONE"]).optional(),
});
const Catcher = z.strictObject({
  Comment: z.string().optional(),
  ErrorEquals: z.array(z.string().min(1)).min(1),
  Next: Name,
  ...Leaves,
});
const Guards = { Retry: z.array(Retrier).min(1).optional(), Catch: z.array(Catcher).min(1).optional() };

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
  TimeoutSeconds: z.union([z.int().min(1), Expression]).optional(),
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
        Comment: z.string().optional(),
        Condition: Expression,
        Next: Name,
        ...Leaves,
      }),
    )
    .min(1),
  Default: Name.optional(),
  ...Common,
  ...Leaves,
});
const Wait = z.strictObject({
  Type: z.literal("Wait"),
  Seconds: z.union([z.int().min(0), Expression]).optional(),
  Timestamp: z.string().optional(),
  ...Common,
  ...Leaves,
  ...Goes,
});
const Pass = z.strictObject({ Type: z.literal("Pass"), ...Common, ...Leaves, ...Goes });
const Succeed = z.strictObject({ Type: z.literal("Succeed"), ...Common, Output: Template.optional() });
const Fail = z.strictObject({
  Type: z.literal("Fail"),
  Error: z.string().min(1),
  Cause: z.string().optional(),
  ...Common,
});
const Mapping = z.strictObject({
  Type: z.literal("Map"),
  Items: z.union([Expression, z.array(Template)]).optional(),
  ItemSelector: Template.optional(),
  MaxConcurrency: z.union([z.int().min(0), Expression]).optional(),
  get ItemProcessor() {
    return z.strictObject({
      ProcessorConfig: z.strictObject({ Mode: z.literal("INLINE") }).optional(),
      StartAt: Name,
      get States(): z.ZodType<States> {
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

const State: z.ZodType<State> = z.discriminatedUnion("Type", [
  Task,
  Choice,
  Wait,
  Pass,
  Succeed,
  Fail,
  Mapping,
]) as unknown as z.ZodType<State>;

/** The subset of the Amazon States Language that the laptop and AWS read alike. All else is refused, never ignored. */
export const Machine = z.strictObject({
  Comment: z.string().optional(),
  Version: z.literal("1.0").optional(),
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
