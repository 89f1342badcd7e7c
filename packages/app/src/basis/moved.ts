import { type Basis, type Item, type Moved, movedSince } from "@leasehold/core/casework";
import type { AccountId } from "@leasehold/core/kernel";
import type { People } from "../question/index.ts";
import { usedAfter } from "../usage/index.ts";
import type { LookingPorts } from "../world/index.ts";
import { basisOf } from "./basis.ts";

/** What has moved under a case's item since its plan was drawn; undefined where nobody wrote down on what it rested. */
export async function movedUnder(
  world: LookingPorts,
  people: People,
  { credential, basis }: Item,
  present: { readonly custodian: AccountId | undefined; readonly ours: boolean },
): Promise<readonly Moved[] | undefined> {
  const node = basis && (await world.graph.node(credential));
  if (basis === undefined || node === undefined) return undefined;
  const now = await basisOf(world, people, node.value, present.custodian);
  return [...movedSince(basis, now, present), ...(await useSince(world, credential, basis))];
}

/** A call that the usage records know of; the provider's own word for it comes with its next list. */
async function useSince(world: LookingPorts, credential: Item["credential"], { at, lastUsed }: Basis) {
  const used = await usedAfter(world, credential, at, world.clock());
  return used === undefined ? [] : [{ what: "use", from: lastUsed, to: used } as const];
}
