import type { Signal } from "../signal/index.ts";
import { ownersFrom } from "./code-owners.ts";
import { contributions } from "./contributions.ts";
import { type Deed, handedOn } from "./evidence.ts";
import { exposedOn } from "./exposed.ts";
import { join, joinEdge, joinEvidence, joinFacts } from "./join.ts";
import type { Contribution, Edge, Subject, SubjectId } from "./model.ts";
import { isSession } from "./session.ts";

/** The graph that signals make: what ingest keeps in the store, in one piece. A rebuild from the archive is this. */
export interface Lineage {
  readonly subjects: readonly Subject[];
  readonly edges: readonly Edge[];
}

export function lineageOf(signals: Iterable<Signal>): Lineage {
  const { add, lineage } = gathering({ subject: () => true, edge: () => true });
  for (const signal of signals) add(contributions(signal));
  return lineage();
}

/** What of a graph is kept while signals are gone through. */
export interface Wants {
  subject(id: SubjectId): boolean;
  edge(edge: Edge): boolean;
}
export interface Gathering {
  add(said: readonly Contribution[]): void;
  subjects(): Iterable<Subject>; // as gathered: nothing is handed on yet
  edges(): Iterable<Edge>;
  /** What was gathered, with what is known of makers handed on to what they made, as far as both are wanted. */
  lineage(): Lineage;
}

/** Joins what signals say one after the other, and keeps only what is wanted: a pass over an archive costs what it answers. */
export function gathering(wants: Wants): Gathering {
  const subjects = new Map<string, Subject>();
  const edges = new Map<string, Edge>();
  const keep = (edge: Edge) => {
    const other = edges.get(edgeKey(edge));
    edges.set(edgeKey(edge), other === undefined ? edge : joinEdge(other, edge));
  };
  return {
    add: (said) => {
      for (const one of said) {
        const { id } = one.subject;
        if (wants.subject(id)) subjects.set(id, join(subjects.get(id), one));
        for (const edge of one.edges) if (wants.edge(edge)) keep(edge);
      }
    },
    subjects: () => subjects.values(),
    edges: () => edges.values(),
    lineage: () => {
      inherit(subjects, [...edges.values()]);
      return { subjects: sorted(subjects), edges: sorted(edges) };
    },
  };
}

export const edgeKey = ({ from, rel, to }: Pick<Edge, "from" | "rel" | "to">): string => `${from}/${rel}/${to}`;

/** A subject with what is known of its maker, itself where that is nothing new: of the session in which it came into being, of a credential also of the identity that holds it. */
export function withInherited(subject: Subject, maker: Subject | undefined): Subject {
  if (maker === undefined) return subject;
  const inherited = isSession(maker.id)
    ? handedOn(maker.evidence, maker.id, DEEDS[subject.kind])
    : subject.kind === "credential"
      ? maker.evidence
      : [];
  const evidence = joinEvidence(subject.evidence, inherited);
  const owners = joinFacts(subject.facts, ownersFrom(maker, subject));
  const facts = subject.kind === "credential" ? joinFacts(owners, exposedOn(maker)) : owners;
  return evidence === subject.evidence && facts === subject.facts ? subject : { ...subject, evidence, facts };
}

const DEEDS: Readonly<Record<Subject["kind"], Deed>> = {
  session: "opened",
  identity: "identity-made",
  credential: "issued",
  account: "opened", // nobody's account is made in a session as far as we are told
};

/**
 * Makers before what they made: sessions among themselves until nothing changes, then identities, then credentials. Evidence
 * counts the sessions that it came through, so this ends, cycles or not.
 */
function inherit(subjects: Map<string, Subject>, edges: readonly Edge[]): void {
  const made = edges.filter(({ rel }) => rel === "made");
  const among = made.filter(({ to }) => isSession(to));
  while (among.map((edge) => handDown(subjects, edge)).includes(true));
  for (const edge of made) if (!isSession(edge.to)) handDown(subjects, edge);
  for (const edge of edges) if (edge.rel === "holds") handDown(subjects, edge);
}

function handDown(subjects: Map<string, Subject>, { from, to }: Edge): boolean {
  const before = subjects.get(to);
  if (before === undefined) return false;
  const after = withInherited(before, subjects.get(from));
  subjects.set(to, after);
  return after !== before;
}

const sorted = <T>(all: ReadonlyMap<string, T>): readonly T[] =>
  [...all].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, one]) => one);
