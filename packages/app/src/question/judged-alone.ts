import { isOnlyJudged, type Subject } from "@leasehold/core/lineage";
import type { LookingPorts } from "../world/index.ts";

/** Nobody has told of it but whoever judged it: none of the estate's. What was read by somebody is there, though nobody lists it. */
export const isJudgedAlone = async ({ graph }: Pick<LookingPorts, "graph">, subject: Subject): Promise<boolean> =>
  isOnlyJudged(subject) && (await graph.edges(subject.id, "read-by")).length === 0;
