import type { Leaf, Membership, Value } from "./flatten.ts";

export type Test = (value: Value) => boolean;

/** What one path must be: any test of its list is enough. `absent`: being away is enough, too. */
export interface Condition {
  readonly path: string;
  readonly tests: readonly Test[];
  readonly absent: boolean;
}

/** All of these must hold, in the order of their paths. */
export type Branch = readonly Condition[];

/**
 * Whether every condition holds for leaves that agree with each other about the array elements they lie in.
 * Absence is judged within the elements chosen so far, path by path in text order: so does AWS's own matcher.
 */
export function holds(branch: Branch, leaves: ReadonlyMap<string, readonly Leaf[]>): boolean {
  let chosen: readonly Membership[] = [new Map()];
  for (const [n, condition] of branch.entries()) {
    const there = leaves.get(condition.path) ?? [];
    const next = chosen.flatMap((soFar) => goOn(condition, there, soFar));
    chosen = distinct(next, arraysOf(branch.slice(n + 1), leaves));
    if (chosen.length === 0) return false;
  }
  return true;
}

function goOn({ tests, absent }: Condition, there: readonly Leaf[], soFar: Membership): readonly Membership[] {
  const within = there.filter(({ membership }) => agree(soFar, membership));
  const passed = within.filter(({ value }) => tests.some((test) => test(value)));
  const joined = passed.map(({ membership }) => new Map([...soFar, ...membership]));
  return absent && within.length === 0 ? [...joined, soFar] : joined;
}

function agree(a: Membership, b: Membership): boolean {
  return [...b].every(([array, index]) => (a.get(array) ?? index) === index);
}

/** Forgets the arrays that nothing later lies in, so that two long lists do not multiply. */
function distinct(memberships: readonly Membership[], matter: ReadonlySet<number>): readonly Membership[] {
  const kept = new Map<string, Membership>();
  for (const membership of memberships) {
    const relevant = [...membership].filter(([array]) => matter.has(array)).sort(([a], [b]) => a - b);
    kept.set(relevant.join(";"), new Map(relevant));
  }
  return [...kept.values()];
}

function arraysOf(branch: Branch, leaves: ReadonlyMap<string, readonly Leaf[]>): ReadonlySet<number> {
  return new Set(branch.flatMap(({ path }) => (leaves.get(path) ?? []).flatMap((leaf) => [...leaf.membership.keys()])));
}
