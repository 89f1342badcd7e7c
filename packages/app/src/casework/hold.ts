import { found } from "@leasehold/core/finding";
import { type AccountId, derivedId } from "@leasehold/core/kernel";
import { isVanished } from "@leasehold/core/lineage";
import { peopleOf } from "../question/index.ts";
import type { World } from "../world/index.ts";

type HoldPorts = Pick<World, "graph" | "config" | "findings" | "clock">;

/** Nothing new is to be issued for them from now on: a finding for as long as that holds, so that no hold is silent. */
export async function holdOn(world: HoldPorts, account: AccountId, because: string): Promise<void> {
  const about = await firstOf(world, account);
  const remedy =
    "nothing is issued for this person until their directory has them active again: see that this is meant";
  await world.findings.put(found("issuance is on hold", about, world.clock(), remedy, { account: about, because }));
}

export async function holdOver(world: HoldPorts, account: AccountId): Promise<void> {
  await world.findings.close(derivedId("fnd", "issuance is on hold", await firstOf(world, account)));
}

const firstOf = async (world: HoldPorts, account: AccountId): Promise<AccountId> =>
  (await peopleOf(world, world.clock()).cluster(account)).first;

/** Why nothing may be issued for somebody now; undefined where it may. Whoever grants a lease or renews it asks this. */
export async function heldNow(
  world: Pick<World, "graph" | "cases" | "config" | "clock">,
  account: AccountId,
): Promise<string | undefined> {
  const people = peopleOf(world, world.clock());
  const { accounts } = await people.cluster(account);
  const { value, account: whose } = await people.standing(account);
  if (HELD.includes(value)) return `their directory says ${value}`;
  for (const one of accounts) {
    const node = await world.graph.node(one);
    if (one === whose && node !== undefined && isVanished(node.value.subject)) return "a whole list has them no longer";
    const open = node?.value.openCase && (await world.cases.get(node.value.openCase));
    if (open?.case.status === "open" && OPEN.includes(open.case.gate))
      return `${open.case.id} asks whether they have left`;
  }
  return undefined;
}

const HELD: readonly string[] = ["suspended", "on-leave", "departed"];
const OPEN: readonly string[] = ["unconfirmed", "departed"];
