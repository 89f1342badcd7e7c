import { evidenceOn, joinEvidence, type Subject, type SubjectId } from "@leasehold/core/lineage";
import type { World } from "../world/index.ts";

/**
 * An identity that nobody was seen making, with what is known of the credentials that it holds: a console makes a user and its
 * key in one click, and one of the two records may never come. Only read: nothing is handed back to the credentials.
 */
export async function withHeld({ graph }: Pick<World, "graph">, subject: Subject): Promise<Subject> {
  if (subject.kind !== "identity" || subject.evidence.length > 0) return subject;
  const held = await graph.edges(subject.id, "holds");
  const nodes = await Promise.all(held.map(({ to }) => graph.node(to as SubjectId)));
  const evidence = nodes.map((node) => (node ? evidenceOn(node.value.subject) : []));
  return { ...subject, evidence: evidence.reduce(joinEvidence, []) };
}

/** Said wherever an answer rests on that. */
export const byHeld = (asked: Subject, answered: Subject): readonly string[] =>
  asked === answered || answered.evidence.length === 0
    ? []
    : ["Nobody was seen making this identity: the answer is that of the credentials which it holds."];
