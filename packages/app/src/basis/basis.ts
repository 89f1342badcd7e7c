import type { Basis } from "@leasehold/core/casework";
import type { AccountId } from "@leasehold/core/kernel";
import type { Node } from "@leasehold/core/lineage";
import { ownerNow, type People } from "../question/index.ts";
import { identityName, protection } from "../winddown/index.ts";
import type { LookingPorts } from "../world/index.ts";

/** What a plan for it rests on by now: read from the store alone, so that it is the same for a preview and for a case. */
export async function basisOf(
  world: Pick<LookingPorts, "graph" | "config" | "clock" | "estate">,
  people: People,
  node: Node,
  custodian: AccountId | undefined,
): Promise<Basis> {
  const { subject } = node;
  const fact = (name: string) => subject.facts[name]?.value;
  const { owner } = await ownerNow(people, subject, world.clock());
  return {
    ...{ at: world.clock(), owner: owner?.account, custodian },
    ...{ state: fact("state") ?? "unknown", reach: fact("reach") ?? "unknown" },
    ...{ lastUsed: fact("lastUsed") ?? "unknown", shared: fact("shared") === "true" },
    mode: world.estate.provider(fact("connector") ?? "")?.mode ?? "observe",
    protected: protection(world.config.neverTouch, subject, await identityName(world, node)),
  };
}
