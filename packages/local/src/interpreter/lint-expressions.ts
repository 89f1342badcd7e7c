import jsonata from "jsonata";
import type { State } from "./model.ts";
import type { Problem } from "./problem.ts";
import { expressionOf } from "./query.ts";

/** Every expression of one state: that it can be read, and that it asks for nothing that is not there. */
export function lintExpressions(state: State, at: string): readonly Problem[] {
  const { ItemProcessor: _, ...own } = state as State & { readonly ItemProcessor?: unknown }; // has states of its own
  const waits = state.Type === "Task" && state.Resource.endsWith(".waitForTaskToken");
  return strings(own, at).flatMap(({ text, place }) => {
    if (place.endsWith(".$")) return [{ at: place, problem: "a JSONPath field: expressions are JSONata here" }];
    const source = expressionOf(text);
    if (source === undefined)
      return /\{%|%\}/.test(text) ? [{ at: place, problem: "an expression is the whole string or none of it" }] : [];
    return expressionProblems(source, waits).map((problem) => ({ at: place, problem }));
  });
}

function expressionProblems(source: string, waits: boolean): readonly string[] {
  const names = variablesOf(source);
  if (names === undefined) return ["the expression cannot be read"];
  return [
    ...(names.has("eval") ? ["Step Functions has no $eval"] : []),
    ...(!waits && /\$states\.context\.Task\b/.test(source) ? ["only a task that waits for its token has one"] : []),
  ];
}

function variablesOf(source: string): ReadonlySet<string> | undefined {
  try {
    const names = new Set<string>();
    collect(jsonata(source).ast(), names);
    return names;
  } catch {
    return undefined;
  }
}

function collect(node: unknown, names: Set<string>): void {
  if (typeof node !== "object" || node === null) return;
  const { type, value } = node as { readonly type?: unknown; readonly value?: unknown };
  if (type === "variable" && typeof value === "string") names.add(value);
  for (const inner of Object.values(node)) collect(inner, names);
}

interface Found {
  readonly text: string;
  readonly place: string;
}

function strings(node: unknown, place: string): readonly Found[] {
  if (typeof node === "string") return place.endsWith(".Comment") ? [] : [{ text: node, place }];
  if (typeof node !== "object" || node === null) return place.endsWith(".$") ? [{ text: "", place }] : [];
  return Object.entries(node).flatMap(([key, inner]) => strings(inner, `${place}.${key}`));
}
