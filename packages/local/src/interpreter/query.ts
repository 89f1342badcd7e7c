import { badInput, type Clock } from "@leasehold/core/kernel";
import jsonata from "jsonata";
import type { Random } from "../clock/index.ts";
import { functionsOf } from "./functions.ts";
import type { Json } from "./model.ts";

/** What an expression may see. */
export interface Sight {
  readonly input: Json;
  readonly context: Json;
  readonly variables: Readonly<Record<string, Json>>;
  readonly result?: Json;
  readonly errorOutput?: Json;
}

/** Reads a template: every `{% … %}` in it becomes its value. Throws where an expression fails or gives nothing. */
export type Query = (template: unknown, sight: Sight) => Promise<Json>;

/** The expression of a string, if it is one whole. */
export function expressionOf(text: string): string | undefined {
  return /^\{%([\s\S]*)%\}$/.exec(text)?.[1];
}

export function createQuery(clock: Clock, random: Random): Query {
  const functions = functionsOf(clock, random);
  const compiled = new Map<string, jsonata.Expression>();

  async function evaluate(source: string, { input, context, variables, result, errorOutput }: Sight): Promise<Json> {
    const expression = compiled.get(source) ?? jsonata(source);
    compiled.set(source, expression);
    const states = {
      input,
      context,
      ...(result !== undefined && { result }),
      ...(errorOutput !== undefined && { errorOutput }),
    };
    return plain(await expression.evaluate(undefined, { ...functions, ...variables, states }));
  }

  return async function query(template, sight): Promise<Json> {
    if (typeof template === "string") {
      const source = expressionOf(template);
      return source === undefined ? template : evaluate(source, sight);
    }
    if (Array.isArray(template)) return Promise.all(template.map((member) => query(member, sight)));
    if (typeof template !== "object" || template === null) return plain(template);
    const entries = Object.entries(template).map(async ([key, inner]) => [key, await query(inner, sight)] as const);
    return Object.fromEntries(await Promise.all(entries));
  };
}

/** JSONata's lists and functions are objects of its own; what is stored is JSON. */
function plain(value: unknown): Json {
  if (value === undefined || typeof value === "function" || isLambda(value))
    throw badInput("an expression gave nothing, or a function");
  return JSON.parse(JSON.stringify(value)) as Json;
}

function isLambda(value: unknown): boolean {
  return typeof value === "object" && value !== null && ("_jsonata_lambda" in value || "_jsonata_function" in value);
}
