import type { AccountId } from "@leasehold/core/kernel";
import { emailAccount } from "@leasehold/core/lineage";
import type { People } from "./people.ts";

/** Whether somebody is one of those whom the configuration lists by address: compared as people, each with all of their accounts. */
export async function isOneOf(
  people: Pick<People, "cluster">,
  addresses: readonly string[],
  accounts: readonly AccountId[],
): Promise<boolean> {
  for (const address of addresses) {
    const theirs = (await people.cluster(emailAccount(address))).accounts;
    if (theirs.some((one) => accounts.includes(one))) return true;
  }
  return false;
}
