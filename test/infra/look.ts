import type { Synth } from "./harness.ts";
import type { Made } from "./mocks.ts";

export type Fields = Record<string, unknown>;
export interface Statement {
  readonly Effect: string;
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly NotResource?: readonly string[];
  readonly Condition?: Fields;
  readonly Principal?: unknown;
}

/** Every resource of a type, as AWS's provider calls it: "sqs/queue:Queue". */
export const of = ({ resources }: Synth, type: string): readonly Made[] =>
  resources.filter((one) => one.type === `aws:${type}`);

export const text = (one: Made, field: string) => String(one.inputs[field] ?? "");
export const at = (one: Made, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((inside, key) => (inside as Fields | undefined)?.[key], one.inputs);

const list = (one: unknown): readonly string[] => (one === undefined ? [] : Array.isArray(one) ? one : [String(one)]);

export function statementsIn(json: unknown): readonly Statement[] {
  const { Statement = [] } = JSON.parse(String(json)) as { Statement?: Fields[] };
  return Statement.map((one) => ({
    ...(one as unknown as Statement),
    Action: list(one["Action"]),
    Resource: list(one["Resource"]),
  }));
}

/** What a role may, by its own policy. */
export function allowedTo(role: Made): readonly Statement[] {
  const inline = (role.inputs["inlinePolicies"] ?? []) as readonly { policy: string }[];
  return inline.flatMap(({ policy }) => statementsIn(policy)).filter(({ Effect }) => Effect === "Allow");
}

export const roleOf = (synth: Synth, called: string) =>
  of(synth, "iam/role:Role").find((one) => text(one, "name") === called);

/** The roles of functions, which are called as the function is. */
export function functionRoles(synth: Synth): readonly Made[] {
  const names = of(synth, "lambda/function:Function").map((one) => text(one, "name"));
  return of(synth, "iam/role:Role").filter((one) => names.includes(text(one, "name")));
}

export const regionOf = ({ region }: Synth, one: Made) => String(one.inputs["region"] ?? region);
export const actionsOf = (role: Made) => allowedTo(role).flatMap(({ Action }) => Action);

/** The rule of a target: they share their name in the state. */
export const ruleOf = (synth: Synth, target: Made) =>
  of(synth, "cloudwatch/eventRule:EventRule").find(({ name }) => name === target.name);

/** Rules of the outside: all but those of our own bus. */
export const isOutside = (one: Made) => !text(one, "eventBusName").endsWith("-bus");
export const problemsIf = (wrong: boolean, problem: string): readonly string[] => (wrong ? [problem] : []);
