import { cidr } from "./cidr.ts";
import type { Value } from "./flatten.ts";
import type { Test } from "./match.ts";
import { numeric } from "./numeric.ts";
import { refuse } from "./refuse.ts";
import { wildcard } from "./wildcard.ts";

type Operator = (operand: unknown, path: string) => Test;

const folded = (text: string) => text.toLowerCase();
const affix =
  (fits: (value: string, part: string) => boolean): Operator =>
  (operand, path) => {
    if (typeof operand === "string") return (value) => typeof value === "string" && fits(value, operand);
    const [name, part] = only(operand, "a prefix or suffix is text, or text under equals-ignore-case", path);
    if (name !== "equals-ignore-case" || typeof part !== "string")
      refuse("a prefix or suffix is text, or text under equals-ignore-case", path);
    return (value) => typeof value === "string" && fits(folded(value), folded(part));
  };
const prefix = affix((value, part) => value.startsWith(part));
const suffix = affix((value, part) => value.endsWith(part));

const equalsIgnoreCase: Operator = (operand, path) => {
  if (typeof operand !== "string") refuse("equals-ignore-case compares with text", path);
  return (value) => typeof value === "string" && folded(value) === folded(operand);
};

const OPERATORS = new Map<string, Operator>([
  ["prefix", prefix],
  ["suffix", suffix],
  ["equals-ignore-case", equalsIgnoreCase],
  ["wildcard", wildcard],
  ["numeric", numeric],
  ["cidr", cidr],
  ["anything-but", anythingBut],
  ["exists", exists],
]);

/** Inside `$or` a field of such a name would be read as a match: EventBridge refuses it. */
export const RESERVED: ReadonlySet<string> = new Set([...OPERATORS.keys(), "exactly"]);

/** One member of a pattern's list as a test. */
export function testOf(member: unknown, path: string): Test {
  if (isPlain(member)) return (value) => value === member;
  const [name, operand] = only(
    member,
    "a match is text, a number, true, false, null, or an object of one operator",
    path,
  );
  const operator = OPERATORS.get(name);
  if (operator === undefined) refuse("EventBridge has no such operator", `${path}.${name}`);
  return operator(operand, `${path}.${name}`);
}

/** Whether this member asks for the path to be away. */
export function asksForAbsence(member: unknown): boolean {
  return !isPlain(member) && (member as { exists?: unknown }).exists === false;
}

function exists(operand: unknown, path: string): Test {
  if (typeof operand !== "boolean") refuse("exists is true or false", path);
  return () => operand;
}

const BUT = new Map<string, Operator>([
  ["prefix", prefix],
  ["suffix", suffix],
  ["equals-ignore-case", equalsIgnoreCase],
  ["wildcard", wildcard],
]);

/** Anything that is there and is none of these; null is there. */
function anythingBut(operand: unknown, path: string): Test {
  if (typeof operand === "string" || typeof operand === "number") return (value) => value !== operand;
  if (Array.isArray(operand)) return noneOf(operand, path);
  const [name, inner] = only(operand, "anything-but takes text, numbers, or one operator", path);
  const operator = BUT.get(name);
  if (operator === undefined) refuse("anything-but has no such operator", `${path}.${name}`);
  const members: readonly unknown[] = Array.isArray(inner) ? inner : [inner];
  if (members.length === 0) refuse("anything-but needs something to be different from", path);
  const tests = members.map((member) => {
    if (typeof member !== "string") refuse("anything-but compares with text here", `${path}.${name}`);
    if (member === "" && name.endsWith("fix")) refuse("everything begins and ends with nothing", `${path}.${name}`);
    return operator(member, `${path}.${name}`);
  });
  return (value) => !tests.some((test) => test(value));
}

function noneOf(members: readonly unknown[], path: string): Test {
  const kinds = new Set(members.map((member) => typeof member));
  if (kinds.size !== 1 || !(kinds.has("string") || kinds.has("number")))
    refuse("an anything-but list is all text or all numbers", path);
  return (value) => !members.includes(value);
}

function only(node: unknown, message: string, path: string): readonly [string, unknown] {
  if (typeof node !== "object" || node === null || Array.isArray(node)) refuse(message, path);
  const [entry, ...more] = Object.entries(node);
  if (entry === undefined || more.length > 0) refuse("a match has exactly one operator", path);
  return entry;
}

function isPlain(node: unknown): node is Value {
  return node === null || typeof node === "string" || typeof node === "number" || typeof node === "boolean";
}
