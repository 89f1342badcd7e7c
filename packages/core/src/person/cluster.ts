import { type AccountId, derivedId, type Instant, type PersonId } from "../kernel/index.ts";
import { holds } from "../lineage/index.ts";
import { addressOf, claimants } from "./claimants.ts";
import { type Lookup, type Reading, reading } from "./known.ts";

/** A person: accounts that are one human's, as far as links of at least 0.8 say. Resolved at read, never stored. */
export interface Cluster {
  readonly accounts: readonly AccountId[]; // sorted
  readonly first: AccountId; // stands for all of them: the first that a directory knows
  readonly person: PersonId;
  readonly unread: readonly AccountId[]; // read these and ask again
}

const MOST = 32; // accounts; whoever has more is not one person

/**
 * Follows immutable ids (1.0), and addresses (0.8) while they are the account's own. Two employee numbers
 * are two people: then only immutable ids count, and where they contradict too, nothing does.
 */
export function cluster(start: AccountId, lookup: Lookup, at: Instant): Cluster {
  const read = reading(lookup);
  const byId = (account: AccountId) => sameAs(account, read);
  const byAnything = (account: AccountId) => [...byId(account), ...byAddress(account, at, read)];
  const near = reach(start, byAnything);
  const sure = isOnePerson(near, read) ? near : reach(start, byId);
  const accounts = isOnePerson(sure, read) ? sure : [start];
  const known = accounts.filter((account) => read.of(account).subject !== undefined);
  const first = known.find((account) => read.of(account).subject?.facts["handle"] !== undefined) ?? known[0] ?? start;
  return { accounts, first, person: derivedId("per", first), unread: read.unread() };
}

/** The account that was reached by an address at an instant; every other account is itself. */
export function accountAt(account: AccountId, lookup: Lookup, at: Instant): Pick<Cluster, "first" | "unread"> {
  const read = reading(lookup);
  const first = claimants(account, at, read)[0] ?? account;
  return { first, unread: read.unread() };
}

function sameAs(account: AccountId, read: Reading): readonly AccountId[] {
  return read
    .of(account)
    .links.filter((edge) => edge.rel === "same-as" && holds(edge))
    .map(({ to }) => to as AccountId);
}

function byAddress(account: AccountId, at: Instant, read: Reading): readonly AccountId[] {
  const address = addressOf(read.of(account).subject, at);
  if (address === undefined) return claimants(account, at, read);
  const holders = claimants(address, at, read);
  return holders.includes(account) ? [address, ...holders] : [];
}

function reach(start: AccountId, next: (account: AccountId) => readonly AccountId[]): readonly AccountId[] {
  const found = new Set([start]);
  for (const account of found) {
    if (found.size > MOST) break;
    for (const one of next(account)) found.add(one);
  }
  return [...found].sort();
}

function isOnePerson(accounts: readonly AccountId[], read: Reading): boolean {
  const numbers = accounts.map((account) => read.of(account).subject?.facts["employeeNumber"]?.value);
  return accounts.length <= MOST && new Set(numbers.filter((one) => one !== undefined)).size < 2;
}
