import {
  contributions,
  type Edge,
  gathering,
  handedFacts,
  isMaker,
  isMaking,
  joinEvidence,
  joinFacts,
  type Subject,
  type SubjectId,
  withInherited,
} from "@leasehold/core/lineage";
import type { Archived } from "../world/index.ts";

/** A part of the graph, whole in itself: the subjects of this slice, and the edges that begin there. */
export interface Slice {
  take(one: Archived): void;
  subjects(makers: ReadonlyMap<string, Subject>): readonly Subject[];
  edges(): readonly Edge[];
}

export function slice(n: number, of: number): Slice {
  const mine = (id: string) => of === 1 || sliceOf(id, of) === n;
  const part = gathering({ subject: mine, edge: ({ from }) => mine(from) });
  const makersOf = new Map<string, Set<SubjectId>>();
  return {
    take: ({ signal }) => {
      const said = contributions(signal);
      part.add(said);
      for (const { from, to } of said.flatMap(({ edges }) => edges.filter(isMaking)))
        if (mine(to) && !isMaker(to)) makersOf.set(to, (makersOf.get(to) ?? new Set()).add(from as SubjectId));
    },
    subjects: (makers) =>
      [...part.subjects()].map((subject) =>
        isMaker(subject.id)
          ? withKnown(subject, makers.get(subject.id))
          : [...(makersOf.get(subject.id) ?? [])].reduce((one, id) => withInherited(one, makers.get(id)), subject),
      ),
    edges: () => [...part.edges()],
  };
}

/** What reached a maker is known since the first pass. */
function withKnown(subject: Subject, maker: Subject | undefined): Subject {
  if (maker === undefined) return subject;
  const facts = joinFacts(subject.facts, handedFacts(maker));
  return { ...subject, facts, evidence: joinEvidence(subject.evidence, maker.evidence) };
}

function sliceOf(id: string, of: number): number {
  let mixed = 0;
  for (let at = 0; at < id.length; at += 1) mixed = (Math.imul(mixed, 31) + id.charCodeAt(at)) | 0;
  return (mixed >>> 0) % of;
}
