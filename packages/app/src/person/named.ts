import { type AccountId, badInput } from "@leasehold/core/kernel";
import { type People, resolve } from "../question/index.ts";
import type { World } from "../world/index.ts";

/** The account that is named; or every one that is reached by an address now, all of one person. */
export async function accountsNamed(
  world: Pick<World, "graph">,
  people: People,
  text: string,
  where: string,
): Promise<readonly AccountId[]> {
  const id = await resolve(world, text);
  if (!id.startsWith("acc_"))
    throw badInput("this is not a person: give an account or an e-mail address", { where, id: text });
  const account = id as AccountId;
  if (await isInDirectory(people, account)) return [account];
  const reached = await people.reached(account);
  if (reached.length === 0)
    throw badInput("no directory says whose address this is: give the account, as `leasehold person show` names it", {
      where,
      id: text,
    });
  const persons = new Set(await Promise.all(reached.map(async (one) => (await people.cluster(one)).person)));
  if (persons.size > 1)
    throw badInput("several people are reached by this address: give the account", {
      where,
      accounts: reached.join(", "),
    });
  return reached;
}

/** An address has no directory of its own, and an account that only a word names has none yet. */
export const isInDirectory = async (people: People, account: AccountId): Promise<boolean> =>
  (await people.subject(account))?.facts["connector"] !== undefined;
