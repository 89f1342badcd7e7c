import type { Test } from "./match.ts";
import { refuse } from "./refuse.ts";

const COMPARE: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  "=": (value, bound) => value === bound,
  "<": (value, bound) => value < bound,
  "<=": (value, bound) => value <= bound,
  ">": (value, bound) => value > bound,
  ">=": (value, bound) => value >= bound,
};

/** One comparison, or a range: the lower bound first, the upper one after it. Text is never a number. */
export function numeric(operand: unknown, path: string): Test {
  if (!Array.isArray(operand) || (operand.length !== 2 && operand.length !== 4))
    refuse("a numeric match is a comparison and a number, once or, for a range, twice", path);
  const first = comparison(operand[0], operand[1], path);
  if (operand.length === 2) return first;
  const second = comparison(operand[2], operand[3], path);
  if (!String(operand[0]).startsWith(">") || !String(operand[2]).startsWith("<"))
    refuse("a numeric range goes from > or >= to < or <=", path);
  if (Number(operand[1]) >= Number(operand[3]))
    refuse("a numeric range goes from the lower to the higher number", path);
  return (value) => first(value) && second(value);
}

function comparison(sign: unknown, bound: unknown, path: string): Test {
  const compare = typeof sign === "string" && Object.hasOwn(COMPARE, sign) ? COMPARE[sign] : undefined;
  if (compare === undefined) refuse("numbers are compared by =, <, <=, > or >=", path);
  if (typeof bound !== "number") refuse("a number is compared with a number", path);
  return (value) => typeof value === "number" && compare(value, bound);
}
