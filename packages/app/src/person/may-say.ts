import { type AccountId, badInput } from "@leasehold/core/kernel";
import { type Forbidden, MOST_ACCOUNTS } from "@leasehold/core/person";
import { type GroupPorts, membership } from "../groups/index.ts";
import type { People } from "../question/index.ts";
import type { World } from "../world/index.ts";

/** Who speaks; undefined: whoever sits at the terminal of a demo. */
export interface Speaker {
  readonly account: AccountId;
  readonly security: boolean;
}
export type Pair = readonly [account: AccountId, other: AccountId];

/**
 * Who is one person with security decides as security, and with a custodian as that custodian: so nobody says it of themselves,
 * and of security only security.
 */
export async function mustBeTheirs(
  world: Pick<World, "config"> & GroupPorts,
  people: People,
  about: readonly AccountId[],
  by: Speaker | undefined,
): Promise<void> {
  if (by === undefined) return;
  const own = await people.perhaps(by.account);
  if (about.some((account) => own.includes(account)))
    throw badInput("nobody says of their own accounts whose they are: let somebody else do it", { where: "account" });
  if (!by.security && (await membership(world, people, world.config.security, about)) !== "other")
    // nor where nobody can say
    throw badInput("of an account of security's only security says whose it is", { where: "account" });
}

/** Different employee numbers forbid it, and what people said of any two of these accounts, but for the two that it is about. */
export async function mustBeOne(people: People, accounts: readonly AccountId[], pair: Pair): Promise<void> {
  const forbids = await people.against(accounts, pair);
  if (forbids !== undefined)
    throw badInput(`this link is refused: ${forbids.because}`, { ...pairIn(forbids), where: "other" });
  if (accounts.length > MOST_ACCOUNTS)
    throw badInput("this link is refused: together they would have more accounts than one person has", {
      where: "other",
      most: MOST_ACCOUNTS,
    });
}

const pairIn = ({ one, other }: Forbidden) => ({ accounts: `${one}, ${other}` });
