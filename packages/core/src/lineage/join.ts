import { type Evidence, KINDS } from "../attribution/index.ts";
import type { Instant } from "../kernel/index.ts";
import type { Contribution, Edge, Fact, Subject, Turn } from "./model.ts";

/**
 * What was known and what is said, together. Commutative, associative, idempotent: order and repetition do not matter. The very
 * same where nothing is new, so that nine of ten looks end here.
 */
export function join(subject: Subject | undefined, said: Omit<Contribution, "edges">): Subject {
  const known = subject ?? { ...said.subject, ...NOTHING };
  const facts = joinFacts(known.facts, said.facts);
  const turns = joinTurns(known.turns, said.turns);
  const evidence = joinEvidence(known.evidence, said.evidence);
  const tenant = facts["tenant"]?.value ?? greater(known.tenant, said.subject.tenant);
  const isKnown = facts === known.facts && turns === known.turns && evidence === known.evidence;
  if (subject !== undefined && isKnown && tenant === known.tenant) return subject;
  const { id, kind, statements } = known;
  return { id, kind, tenant, facts, turns, evidence, statements };
}

const NOTHING = { facts: {}, turns: {}, evidence: [], statements: [] } as const;

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
 * the fewest, and of that the earliest: a session is opened once, and whatever is done in it says the same thing again. `a` is
 * what was joined before, and is given back where nothing outdoes it.
 */
export function joinEvidence(a: readonly Evidence[], b: readonly Evidence[]): readonly Evidence[] {
  const news = b.filter((item) => {
    const other = a.find((one) => isOfOneKey(one, item));
    return other === undefined || outdoes(item, other);
  });
  if (news.length === 0) return a;
  const kept = new Map(a.map((item) => [keyOf(item), item]));
  for (const item of news) {
    const other = kept.get(keyOf(item));
    if (other === undefined || outdoes(item, other)) kept.set(keyOf(item), item);
  }
  return inOrder(kept);
}

const keyOf = ({ candidate, kind, source }: Evidence): string => `${candidate}/${kind}/${source}`;
const isOfOneKey = (a: Evidence, b: Evidence): boolean =>
  a.kind === b.kind && a.candidate === b.candidate && a.source === b.source;

/** Of two of one key; a total order, so that the join is one. */
function outdoes(a: Evidence, b: Evidence): boolean {
  if (hopsOf(a) !== hopsOf(b)) return hopsOf(a) < hopsOf(b);
  if (a.at !== b.at || a.eventId !== b.eventId) return later(a, b) !== isOfSession(a);
  return pathOf(a) < pathOf(b);
}

const hopsOf = ({ through = [] }: Evidence): number => through.length;
const pathOf = ({ through = [] }: Evidence): string => through.join();
const isOfSession = (item: Evidence): boolean => hopsOf(item) > 0 || KINDS[item.kind].sourceClass === "opening";

export function joinFacts(a: Subject["facts"], b: Subject["facts"]): Subject["facts"] {
  const kept = new Map<string, Fact>();
  for (const name of Object.keys(b)) {
    const [said, known] = [b[name], a[name]];
    if (said !== undefined && (known === undefined || later(said, known))) kept.set(name, said);
  }
  if (kept.size === 0) return a;
  return Object.fromEntries([...new Map([...Object.entries(a), ...kept])].sort(byKey));
}

/** A union, and never compressed: what lies between two equal turns may still come. */
function joinTurns(a: Subject["turns"], b: Subject["turns"]): Subject["turns"] {
  const isKnown = (name: string) =>
    a[name] !== undefined && b[name]?.every((turn) => a[name]?.some((one) => isSame(one, turn)));
  if (Object.keys(b).every(isKnown)) return a;
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
  return Object.fromEntries(names.map((name) => [name, union(a[name] ?? [], b[name] ?? [])]));
}

const isSame = (a: Turn, b: Turn): boolean => a.at === b.at && a.value === b.value;

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
