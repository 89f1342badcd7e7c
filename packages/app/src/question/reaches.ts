import { type Reached, reachedBy, roleBehind, type Subject, type SubjectId } from "@leasehold/core/lineage";
import type { World } from "../world/index.ts";

/** What one policy names for it, and whose policy that is. */
export interface Reaches extends Reached {
  readonly by: string; // the role's name, or its own
}

/** By its own policies, and by those of the role that it acts by; of a credential, by those of whoever holds it. */
export async function reachOf({ graph }: Pick<World, "graph">, subject: Subject): Promise<readonly Reaches[]> {
  const read = async (id: SubjectId | undefined) => id && (await graph.node(id))?.value.subject;
  const holder = subject.kind === "identity" ? subject : await read(subject.facts["identity"]?.value as SubjectId);
  const role = holder && (await read(roleBehind(holder)));
  return [holder, role].flatMap((one) =>
    one === undefined || one === null
      ? []
      : reachedBy(one).map((told) => ({ by: one.facts["name"]?.value ?? one.id, ...told })),
  );
}

const CLUSTER = /^arn:aws[a-z-]*:rds:[^:]*:[^:]*:cluster:/;

/** Where policies end, and something further in decides. */
export const beyond = (reaches: readonly Reaches[]): readonly string[] =>
  [...new Set(reaches.flatMap(({ resources }) => resources))]
    .filter((one) => CLUSTER.test(one))
    .map((one) => `What it may do within ${one} is not known at table level: policies end at the cluster.`);
