import type { AccountId } from "@leasehold/core/kernel";
import { emailAccount } from "@leasehold/core/lineage";
import { type Group, groupsIn } from "../config/index.ts";
import { peopleOf } from "../question/index.ts";
import type { World } from "../world/index.ts";
import { roll, type Unread } from "./roll.ts";

/** Who speaks in a capacity, read just now: how many living people, by addresses and by groups. */
export interface Voiced {
  readonly as: "security" | "operators";
  readonly groups: readonly Group[];
  readonly people: number; // persons of whom no directory says that they left
  readonly unread: readonly Unread[];
}

export async function voicedNow(
  world: Pick<World, "graph" | "config" | "estate" | "clock">,
): Promise<readonly Voiced[]> {
  const people = peopleOf(world, world.clock());
  const all: Voiced[] = [];
  for (const as of ["security", "operators"] as const) {
    const listed = world.config[as];
    const { emails, unread } = await roll(world, people, listed);
    const persons = new Set<AccountId>();
    for (const email of emails) {
      const { first } = await people.cluster(emailAccount(email));
      if ((await people.standing(first)).value !== "departed") persons.add(first);
    }
    all.push({ as, groups: groupsIn(listed), people: persons.size, unread });
  }
  return all;
}
