import type * as z from "zod/mini";
import en from "zod/v4/locales/en.js";
import { lintExpressions } from "./lint-expressions.ts";
import { assignedBy, lintFlow } from "./lint-flow.ts";
import { lintGuards } from "./lint-guards.ts";
import { type Flow, Machine } from "./model.ts";
import type { Problem } from "./problem.ts";

export interface LintOptions {
  /** Every Task retries Lambda's own transient errors and catches States.ALL. */
  readonly guarded: boolean;
}

/** Everything that is wrong with a definition; empty where the laptop and AWS run it alike. */
export function lint(definition: unknown, { guarded }: LintOptions = { guarded: true }): readonly Problem[] {
  const read = Machine.safeParse(definition, { error: en().localeError });
  if (!read.success) return read.error.issues.flatMap((issue) => shapeProblems(issue));
  return flows(read.data, "").flatMap(({ flow, at, outer }) => [
    ...lintFlow(flow, at, outer),
    ...Object.entries(flow.States).flatMap(([name, state]) => {
      const place = `${at}States.${name}`;
      return [...lintGuards(state, place, guarded), ...lintExpressions(state, place)];
    }),
  ]);
}

interface Placed {
  readonly flow: Flow;
  readonly at: string;
  readonly outer: ReadonlySet<string>; // names that enclosing flows assign
}

/** The machine and, below it, what every Map does with its items. */
function flows(flow: Flow, at: string, outer: ReadonlySet<string> = new Set()): readonly Placed[] {
  const mine = new Set([...outer, ...Object.values(flow.States).flatMap(assignedBy)]);
  const below = Object.entries(flow.States).flatMap(([name, state]) =>
    state.Type === "Map" ? flows(state.ItemProcessor, `${at}States.${name}.ItemProcessor.`, mine) : [],
  );
  return [{ flow, at, outer }, ...below];
}

/** A union names what is wrong in each of its members; the deepest says most. */
function shapeProblems(issue: z.core.$ZodIssue, at: readonly PropertyKey[] = []): readonly Problem[] {
  const path = [...at, ...issue.path];
  if (issue.code === "invalid_union" && issue.errors.length > 0) {
    const tried = issue.errors.map((issues) => issues.flatMap((inner) => shapeProblems(inner, path)));
    return tried.reduce((best, other) => (other.length < best.length ? other : best));
  }
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({
      at: [...path, key].join("."),
      problem: "AWS and the laptop do not both read this field",
    }));
  return [{ at: path.join("."), problem: issue.message }];
}
