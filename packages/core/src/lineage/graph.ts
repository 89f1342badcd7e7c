import type { Signal } from "../signal/index.ts";
import { contributions } from "./contributions.ts";
import { join, joinEdge, joinEvidence } from "./join.ts";
import type { Edge, Subject } from "./model.ts";

/** The graph that signals make: what ingest keeps in the store, in one piece. A rebuild from the archive is this. */
export interface Lineage {
  readonly subjects: readonly Subject[];
  readonly edges: readonly Edge[];
}

export function lineageOf(signals: Iterable<Signal>): Lineage {
  const subjects = new Map<string, Subject>();
  const edges = new Map<string, Edge>();
  for (const signal of signals)
    for (const said of contributions(signal)) {
      subjects.set(said.subject.id, join(subjects.get(said.subject.id), said));
      for (const edge of said.edges) {
        const other = edges.get(edgeKey(edge));
        edges.set(edgeKey(edge), other === undefined ? edge : joinEdge(other, edge));
      }
    }
  for (const { rel, from, to } of edges.values()) if (rel === "holds") inherit(subjects, from, to);
  return { subjects: sorted(subjects), edges: sorted(edges) };
}

export const edgeKey = ({ from, rel, to }: Pick<Edge, "from" | "rel" | "to">): string => `${from}/${rel}/${to}`;

/** A credential with what is known of the maker of an identity that holds it. */
export function withInherited(credential: Subject, identity: Subject | undefined): Subject {
  if (identity === undefined) return credential;
  return { ...credential, evidence: joinEvidence(credential.evidence, identity.evidence) };
}

function inherit(subjects: Map<string, Subject>, from: string, to: string): void {
  const credential = subjects.get(to);
  if (credential !== undefined) subjects.set(to, withInherited(credential, subjects.get(from)));
}

const sorted = <T>(all: ReadonlyMap<string, T>): readonly T[] =>
  [...all].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, one]) => one);
