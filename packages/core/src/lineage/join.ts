import type { Evidence } from "../attribution/index.ts";
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
 * Per candidate, kind and source the one that weighs most at every later instant. The weights of one kind
 * are equal, so the greatest in log2(weight) + t/half-life is the latest. What came through fewer sessions is kept beside
 * a later one that came through more, because it can be handed on further; so what is handed on does not depend on the order.
 */
export function joinEvidence(a: readonly Evidence[], b: readonly Evidence[]): readonly Evidence[] {
  const kept = new Map<string, Evidence>();
  for (const item of [...a, ...b]) {
    const key = `${item.candidate}/${item.kind}/${item.source}/${hopsOf(item)}`;
    const other = kept.get(key);
    if (other === undefined || later(item, other) || (sameEvent(item, other) && pathOf(item) < pathOf(other)))
      kept.set(key, item);
  }
  const all = inOrder(kept);
  return all.filter((item) => !all.some((other) => outdoes(other, item)));
}

const hopsOf = ({ through = [] }: Evidence): number => through.length;
const pathOf = ({ through = [] }: Evidence): string => through.join();
const sameEvent = (a: Evidence, b: Evidence) => a.at === b.at && a.eventId === b.eventId;

/** As late or later, and through fewer sessions. */
const outdoes = (a: Evidence, b: Evidence): boolean =>
  hopsOf(a) < hopsOf(b) && a.candidate === b.candidate && a.kind === b.kind && a.source === b.source && !later(b, a);

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
