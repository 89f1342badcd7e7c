import { found } from "@leasehold/core/finding";
import type { AccountId, CaseId, WindDownId } from "@leasehold/core/kernel";
import type { WindDown } from "@leasehold/core/winddown";
import { ownedBy, peopleOf } from "../question/index.ts";
import type { World } from "../world/index.ts";

type OfferPorts = Pick<World, "graph" | "config" | "clock" | "cases" | "windDowns" | "findings">;

const SHOWN = 10; // items of one case that are named; `case show` has them all

/**
 * Whoever is back after their case was closed may need what we took down, and may not: weeks have gone by, and people have
 * decided since. So nothing is taken back by itself; each of their closed cases whose acts stand is offered to a person, item by
 * item.
 */
export async function offerBack(world: OfferPorts, account: AccountId): Promise<void> {
  const people = peopleOf(world, world.clock());
  const { accounts } = await people.cluster(account);
  const items = new Map<CaseId, readonly WindDown[]>();
  for (const { credential } of await ownedBy(world, people, account)) {
    const left = (await world.graph.node(credential))?.value.left;
    const its = (left && (await world.windDowns.get(left)))?.windDown;
    if (its) items.set(its.case, [...(items.get(its.case) ?? []), its]);
  }
  for (const [id, standing] of items) {
    const opened = (await world.cases.get(id))?.case;
    if (!opened?.accounts.some((one) => accounts.includes(one))) continue; // somebody else's, who left it to them
    const command = undoOf(id);
    const remedy = `see what they need again: ${standing.slice(0, SHOWN).map(itemOf).join(", ")}; all of it: ${command}`;
    await world.findings.put(
      found("back after their case was closed", id, world.clock(), remedy, {
        ...{ account, standing: standing.length, command },
      }),
    );
  }
}

const undoOf = (id: CaseId | WindDownId) => `leasehold case undo ${id}`;
const itemOf = ({ id, credential, rung }: WindDown) => `${credential} is ${rung} (${undoOf(id)})`;
