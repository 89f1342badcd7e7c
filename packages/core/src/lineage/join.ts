import { type Evidence, KINDS } from "../attribution/index.ts";
import type { Instant } from "../kernel/index.ts";
import type { Contribution, Edge, Fact, Subject, Turn } from "./model.ts";

/** What was known and what is said, together. Commutative, associative, idempotent: order and repetition do not matter. */
export function join(subject: Subject | undefined, said: Omit<Contribution, "edges">): Subject {
  const facts = joinFacts(subject?.facts ?? {}, said.facts);
  return {
    id: said.subject.id,
    kind: said.subject.kind,
    tenant: facts["tenant"]?.value ?? greater(subject?.tenant ?? "", said.subject.tenant),
    facts,
    turns: joinTurns(subject?.turns ?? {}, said.turns),
    evidence: joinEvidence(subject?.evidence ?? [], said.evidence),
    statements: subject?.statements ?? [],
  };
}

export function joinEdge(a: Edge, b: Edge): Edge {
  return {
    ...{ from: a.from, rel: a.rel, to: a.to },
    first: a.first < b.first ? a.first : b.first,
    last: greater(a.last, b.last),
    retracted: a.retracted && b.retracted ? greater(a.retracted, b.retracted) : (a.retracted ?? b.retracted),
  };
}

export const holds = ({ last, retracted }: Edge): boolean => retracted === undefined || last > retracted;

/**
 * Per candidate, kind and source one. Of what is said of the thing itself the latest: the weights of one kind are equal, so it is
 * the greatest in log2(weight) + t/half-life. Of who is behind a session, and of what came through sessions, what came through
 * the fewest, and of that the earliest: a session is opened once, and whatever is done in it says the same thing again.
 */
export function joinEvidence(a: readonly Evidence[], b: readonly Evidence[]): readonly Evidence[] {
  const kept = new Map<string, Evidence>();
  for (const item of [...a, ...b]) {
    const key = `${item.candidate}/${item.kind}/${item.source}`;
    const other = kept.get(key);
    if (other === undefined || outdoes(item, other)) kept.set(key, item);
  }
  return inOrder(kept);
}

/** Of two of one key; a total order, so that the join is one. */
function outdoes(a: Evidence, b: Evidence): boolean {
  if (hopsOf(a) !== hopsOf(b)) return hopsOf(a) < hopsOf(b);
  if (a.at !== b.at || a.eventId !== b.eventId) return later(a, b) !== isOfSession(a);
  return pathOf(a) < pathOf(b);
}

const hopsOf = ({ through = [] }: Evidence): number => through.length;
const pathOf = ({ through = [] }: Evidence): string => through.join();
const isOfSession = (item: Evidence): boolean => hopsOf(item) > 0 || KINDS[item.kind].sourceClass === "opening";

function joinFacts(a: Subject["facts"], b: Subject["facts"]): Subject["facts"] {
  const kept = new Map<string, Fact>();
  for (const [name, fact] of [...Object.entries(a), ...Object.entries(b)]) {
    const other = kept.get(name);
    if (other === undefined || later(fact, other)) kept.set(name, fact);
  }
  return Object.fromEntries([...kept].sort(byKey));
}

/** A union, and never compressed: what lies between two equal turns may still come. */
function joinTurns(a: Subject["turns"], b: Subject["turns"]): Subject["turns"] {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
  return Object.fromEntries(names.map((name) => [name, union(a[name] ?? [], b[name] ?? [])]));
}

function union(a: readonly Turn[], b: readonly Turn[]): readonly Turn[] {
  return inOrder(new Map([...a, ...b].map((turn) => [JSON.stringify([turn.at, turn.value]), turn])));
}

interface Dated {
  readonly at: Instant;
  readonly eventId: string;
  readonly value?: string;
}

function later(a: Dated, b: Dated): boolean {
  if (a.at !== b.at) return a.at > b.at;
  if (a.eventId !== b.eventId) return a.eventId > b.eventId;
  return (a.value ?? "") > (b.value ?? "");
}

const inOrder = <T>(kept: ReadonlyMap<string, T>): readonly T[] => [...kept].sort(byKey).map(([, item]) => item);
const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : a > b ? 1 : 0);
const greater = <T extends string>(a: T, b: T): T => (a > b ? a : b);
