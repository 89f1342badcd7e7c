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

export interface OnHold {
  readonly because: string;
  readonly until: string; // what ends it: no directory of ours gives a hold a date
}

/** Why nothing may be issued for somebody now; undefined where it may. Whoever grants a lease or renews it asks this. */
export const heldNow = async (world: HeldPorts, account: AccountId): Promise<string | undefined> =>
  (await holdNow(world, account))?.because;

type HeldPorts = Pick<World, "graph" | "cases" | "config" | "clock">;

/** That, and what ends it. */
export async function holdNow(world: HeldPorts, account: AccountId): Promise<OnHold | undefined> {
  const people = peopleOf(world, world.clock());
  const { accounts } = await people.cluster(account);
  const { value, account: whose } = await people.standing(account);
  if (HELD.includes(value)) return { because: `their directory says ${value}`, until: ACTIVE };
  for (const one of accounts) {
    const node = await world.graph.node(one);
    if (one === whose && node !== undefined && isVanished(node.value.subject))
      return { because: "a whole list has them no longer", until: "a list has them again" };
    const open = node?.value.openCase && (await world.cases.get(node.value.openCase));
    if (open?.case.status === "open" && OPEN.includes(open.case.gate))
      return {
        because: `${open.case.id} asks whether they have left`,
        until: "its directory says active, or it is closed",
      };
  }
  return undefined;
}

const ACTIVE = "it says active again";
const HELD: readonly string[] = ["suspended", "on-leave", "departed"];
const OPEN: readonly string[] = ["unconfirmed", "departed"];
