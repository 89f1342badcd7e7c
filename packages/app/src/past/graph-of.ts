import { type CredentialId, Fault } from "@leasehold/core/kernel";
import type { Edge, Lineage, Node, Subject } from "@leasehold/core/lineage";
import type { Graph } from "../world/index.ts";

/** A graph in memory, to be asked and never written. */
export function graphOf(
  { subjects, edges }: Lineage,
  attributed: ReadonlyMap<string, ReadonlySet<CredentialId>>,
): Graph {
  const nodes = new Map(subjects.map((one) => [one.id as string, { value: nodeOf(one), version: 1 }]));
  const from = new Map<string, Edge[]>();
  for (const edge of edges) {
    const key = `${edge.from}/${edge.rel}`;
    const beside = from.get(key);
    if (beside === undefined) from.set(key, [edge]);
    else beside.push(edge);
  }
  const none = async () => ({ items: [], next: undefined });
  return {
    node: async (id) => nodes.get(id),
    glance: async (id) => nodes.get(id),
    edges: async (id, rel) => from.get(`${id}/${rel}`) ?? [],
    ownedBy: async (account) => ({ items: [...(attributed.get(account) ?? [])], next: undefined }),
    candidates: async () => [],
    ...{ unowned: none, leavers: none, list: none, pending: none },
    ...{ put: readOnly, join: readOnly, clear: readOnly },
  };
}

const readOnly = async (): Promise<never> => {
  throw new Fault("Unreachable", "the past cannot be written");
};

const nodeOf = (subject: Subject): Node => ({
  ...{ subject, owner: undefined, announced: undefined, openCase: undefined },
  ...{ windDown: undefined, contested: undefined, pending: [] },
});
