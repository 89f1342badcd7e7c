import { type AccountId, derivedId, type Instant, type PersonId, remembered } from "../kernel/index.ts";
import { addressesOf, claimants } from "./claimants.ts";
import { type Lookup, type Reading, reading } from "./known.ts";
import { type Basis, joins, type Link, linksOf, STRENGTHS } from "./link.ts";
import { type Forbidden, forbidden } from "./two.ts";

/** A person: accounts that are one human's, as far as links of at least 0.8 say. Resolved at read, never stored. */
export interface Cluster {
  readonly accounts: readonly AccountId[]; // sorted
  readonly first: AccountId; // stands for all of them: the first that a directory knows, by an address alone only if nobody else
  readonly person: PersonId;
  readonly unread: readonly AccountId[]; // read these and ask again
}

/** A cluster with all that speaks for it and against it, for a person to look at. */
export interface Explained extends Cluster {
  readonly links: readonly Link[]; // of its accounts, also those that join nobody; each once
  readonly forbids: Forbidden | undefined; // why links of at least 0.8 were left out
}

export const MOST_ACCOUNTS = 32; // whoever has more is not one person

type Follows = (link: Link) => boolean;

const atLeast =
  (on: Basis): Follows =>
  (link) =>
    joins(link) && link.strength >= STRENGTHS[on];

/** Where accounts may not be together the weakest links go first, and a person's word before the identity provider's own id. */
const TIERS: readonly Follows[] = [
  atLeast("email"),
  atLeast("sso"),
  atLeast("employee-number"),
  atLeast("external-id"),
  (link) => joins(link) && link.on === "external-id",
];

/**
 * Follows links of at least 0.8. Two employee numbers are two people, and so are two accounts of which a person said so, also
 * where a third account stands between them: then only stronger links count, and where the strongest contradict too, none does.
 */
export function cluster(start: AccountId, lookup: Lookup, at: Instant): Cluster {
  const read = reading(lookup);
  return clusterIn(start, at, read);
}

function clusterIn(start: AccountId, at: Instant, read: Reading): Cluster {
  const accounts = TIERS.reduce<readonly AccountId[] | undefined>(
    (found, follows) => found ?? onePerson(reach(start, at, read, follows), read),
    undefined,
  ) ?? [start];
  const first = firstOf(accounts, read) ?? start;
  return { accounts, first, person: personOf(first), unread: read.unread() };
}

const personOf: (first: string) => PersonId = remembered((first) => derivedId("per", first), 10_000);

/** A directory may tell of an address that somebody left, and no more: whoever is reached by it has a name, and stands for it. */
function firstOf(accounts: readonly AccountId[], read: Reading): AccountId | undefined {
  const known = accounts.filter((account) => read.of(account).subject !== undefined);
  const places = new Set(known.flatMap((account) => addressesOf(read.of(account).subject)));
  const told = known.filter((account) => read.of(account).subject?.facts["handle"] !== undefined);
  return told.find((account) => !places.has(account)) ?? told[0] ?? known[0];
}

export function explained(start: AccountId, lookup: Lookup, at: Instant): Explained {
  const read = reading(lookup);
  const found = clusterIn(start, at, read);
  const all = found.accounts.flatMap((account) => linksOf(account, at, read));
  const forbids = forbidden(reach(start, at, read, joins), read);
  return { ...found, links: eachOnce(all), forbids, unread: read.unread() };
}

/** Everybody who might be the same person: by any link that was ever said, whoever said that they are two. For counting voices, and nothing else. */
export function perhaps(start: AccountId, lookup: Lookup, at: Instant): Pick<Cluster, "accounts" | "unread"> {
  const read = reading(lookup);
  return { accounts: reach(start, at, read, () => true), unread: read.unread() };
}

/** What stands against a word that two persons are one: `anew` are the two accounts that it names. */
export function against(
  accounts: readonly AccountId[],
  lookup: Lookup,
  anew: readonly AccountId[],
): { readonly forbids: Forbidden | undefined; readonly unread: readonly AccountId[] } {
  const read = reading(lookup);
  return { forbids: forbidden(accounts, read, anew), unread: read.unread() };
}

interface Reached {
  readonly first: AccountId;
  readonly all: readonly AccountId[];
  readonly unread: readonly AccountId[];
}

/** The account that was reached by an address at an instant; every other account is itself. */
export function accountAt(account: AccountId, lookup: Lookup, at: Instant): Reached {
  const read = reading(lookup);
  const all = claimants(account, at, read);
  return { first: all[0] ?? account, all, unread: read.unread() };
}

function reach(start: AccountId, at: Instant, read: Reading, follows: Follows): readonly AccountId[] {
  const found = new Set([start]);
  for (const account of found) {
    if (found.size > MOST_ACCOUNTS) break;
    for (const link of linksOf(account, at, read)) if (follows(link)) found.add(link.to);
  }
  return [...found].sort();
}

const onePerson = (accounts: readonly AccountId[], read: Reading): readonly AccountId[] | undefined =>
  accounts.length <= MOST_ACCOUNTS && forbidden(accounts, read) === undefined ? accounts : undefined;

function eachOnce(links: readonly Link[]): readonly Link[] {
  const pairs = new Map(links.map((link) => [[[link.from, link.to].sort().join("/"), link.on].join("/"), link]));
  return [...pairs].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, link]) => link);
}
