import { found } from "@leasehold/core/finding";
import type { AccountId, CaseId } from "@leasehold/core/kernel";
import { ownedBy, peopleOf } from "../question/index.ts";
import type { World } from "../world/index.ts";

type OfferPorts = Pick<World, "graph" | "config" | "clock" | "cases" | "windDowns" | "findings">;

/**
 * Whoever is back after their case was closed may need what we took down, and may not: weeks have gone by, and people have
 * decided since. So nothing is taken back by itself; each of their closed cases whose acts stand is offered to a person.
 */
export async function offerBack(world: OfferPorts, account: AccountId): Promise<void> {
  const people = peopleOf(world, world.clock());
  const { accounts } = await people.cluster(account);
  const items = new Map<CaseId, number>();
  for (const { credential } of await ownedBy(world, people, account)) {
    const left = (await world.graph.node(credential))?.value.left;
    const stored = left && (await world.windDowns.get(left));
    if (stored) items.set(stored.windDown.case, (items.get(stored.windDown.case) ?? 0) + 1);
  }
  for (const [id, standing] of items) {
    const opened = (await world.cases.get(id))?.case;
    if (!opened?.accounts.some((one) => accounts.includes(one))) continue; // somebody else's, who left it to them
    const command = `leasehold case undo ${id}`;
    const remedy = `see what they need again; to take all of it back: ${command}`;
    await world.findings.put(
      found("back after their case was closed", id, world.clock(), remedy, { account, standing, command }),
    );
  }
}
