import { type AccountId, badInput } from "@leasehold/core/kernel";
import { emailAccount } from "@leasehold/core/lineage";
import { peopleOf } from "../question/index.ts";
import { livePerson } from "../winddown/index.ts";
import type { World } from "../world/index.ts";
import type { Caller } from "./model.ts";

/** A terminal may borrow a name that the directory knows, now; whoever has one of their own speaks in that. */
export async function speaker(
  world: Pick<World, "graph" | "config" | "clock" | "estate">,
  caller: Caller,
  as: string | undefined,
): Promise<AccountId | undefined> {
  if (caller.as === "person") {
    if (as !== undefined)
      throw badInput("your own identity signs this request: nobody speaks as another", { where: "as" });
    return caller.account;
  }
  if (as === undefined) return undefined;
  const people = peopleOf(world, world.clock());
  const { first } = await people.cluster(emailAccount(as));
  const { state } = await livePerson(world, people, first);
  if (state !== "active") throw badInput("the directory does not say that this person is active", { as });
  return first;
}
