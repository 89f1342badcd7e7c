import type { IdentityId } from "@leasehold/core/kernel";
import { runsAs } from "@leasehold/core/lineage";
import type { LookingPorts } from "../world/index.ts";

/** What acts by a role now: agents, functions, gateways, whosesoever they are. */
export async function actingBy(
  { graph }: Pick<LookingPorts, "graph">,
  role: IdentityId,
): Promise<readonly IdentityId[]> {
  const nodes = await Promise.all((await graph.edges(role, "runs")).map(({ to }) => graph.node(to as IdentityId)));
  return nodes.flatMap((node) =>
    node && runsAs(node.value.subject, role) ? [node.value.subject.id as IdentityId] : [],
  );
}
