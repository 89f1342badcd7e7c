import type { EventPattern } from "@leasehold/core/connector";
import { flatten } from "./flatten.ts";
import { type Branch, type Condition, holds } from "./match.ts";
import { asksForAbsence, RESERVED, testOf } from "./operators.ts";
import { refuse } from "./refuse.ts";

export type Matcher = (event: unknown) => boolean;

const MOST_BRANCHES = 1_000; // EventBridge's own limit on combinations of $or

/** EventBridge's pattern language, whole. What EventBridge would refuse is refused here, with the path of the fault. */
export function compile(pattern: EventPattern): Matcher {
  if (!isObject(pattern)) refuse("a pattern is an object", "");
  const branches = branchesOf(pattern, "", false).map(sorted);
  return (event) => {
    const leaves = flatten(event);
    return branches.some((branch) => holds(branch, leaves));
  };
}

/** For one look; whoever looks often compiles once. */
export function matches(pattern: EventPattern, event: unknown): boolean {
  return compile(pattern)(event);
}

type Conditions = ReadonlyMap<string, Condition>;

/** Every way in which the object can hold, `$or` multiplied out. */
function branchesOf(node: Readonly<Record<string, unknown>>, at: string, inOr: boolean): readonly Conditions[] {
  const entries = Object.entries(node);
  if (entries.length === 0) refuse("an empty pattern or object matches nothing that can be meant", at);
  let branches: readonly Conditions[] = [new Map()];
  for (const [key, inner] of entries) {
    branches = times(branches, key === "$or" ? either(inner, at) : under(key, inner, at, inOr));
    if (branches.length > MOST_BRANCHES) refuse("more than a thousand combinations of $or", at);
  }
  return branches;
}

function under(key: string, inner: unknown, at: string, inOr: boolean): readonly Conditions[] {
  const path = at === "" ? key : `${at}.${key}`;
  if (inOr && RESERVED.has(key)) refuse("inside $or a field cannot have the name of an operator", path);
  if (isObject(inner)) return branchesOf(inner, path, inOr);
  if (!Array.isArray(inner)) refuse("a path ends in a list of what may stand there", path);
  if (inner.length === 0) refuse("an empty list matches nothing", path);
  const tests = inner.map((member, n) => testOf(member, `${path}[${n}]`));
  return [new Map([[path, { path, tests, absent: inner.some(asksForAbsence) }]])];
}

function either(inner: unknown, at: string): readonly Conditions[] {
  const path = at === "" ? "$or" : `${at}.$or`;
  if (!Array.isArray(inner) || inner.length < 2) refuse("$or is a list of at least two objects", path);
  return inner.flatMap((member, n) => {
    if (!isObject(member)) refuse("$or is a list of objects", `${path}[${n}]`);
    return branchesOf(member, at, true);
  });
}

function times(left: readonly Conditions[], right: readonly Conditions[]): readonly Conditions[] {
  return left.flatMap((a) => right.map((b) => both(a, b)));
}

/** AWS would read a path that is constrained twice as *either*; whoever wrote it meant *both*. */
function both(a: Conditions, b: Conditions): Conditions {
  for (const path of b.keys())
    if (a.has(path))
      refuse("a path is constrained twice, as both outside and inside $or: EventBridge would read either", path);
  return new Map([...a, ...b]);
}

function sorted(conditions: Conditions): Branch {
  return [...conditions.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function isObject(node: unknown): node is Readonly<Record<string, unknown>> {
  return typeof node === "object" && node !== null && !Array.isArray(node);
}
