/** One statement of a policy, with every verb written out. */
export interface Statement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: readonly Condition[];
}
export interface Condition {
  readonly test: string;
  readonly variable: string;
  readonly values: readonly string[];
}

/** As IAM reads it: what is allowed, and nothing else. */
export function document(statements: readonly Statement[]): object {
  const Statement = statements.map(({ actions, resources, conditions = [] }) => ({
    Effect: "Allow",
    Action: actions,
    Resource: resources,
    ...(conditions.length > 0 && {
      Condition: Object.fromEntries(conditions.map(({ test, variable, values }) => [test, { [variable]: values }])),
    }),
  }));
  return { Version: "2012-10-17", Statement };
}
