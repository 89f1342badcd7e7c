import type { AccountId, Instant } from "../kernel/index.ts";
import { departureOf, emailAccount, type Turn, valueAt } from "../lineage/index.ts";
import { type Lookup, type Reading, reading } from "./known.ts";

/** Whom to ask, in order. It never ends at nobody. */
export interface Chain {
  readonly custodians: readonly AccountId[]; // the last is the fallback
  readonly skipped: readonly Skipped[]; // said in the message, so that nobody wonders why they were asked
  readonly unread: readonly AccountId[]; // read these and ask again
}
export interface Skipped {
  readonly account: AccountId;
  readonly because: string;
}
export interface ChainOf {
  readonly leaver: readonly AccountId[]; // every account of the person, the most believed first
  readonly departure: Instant;
  readonly now: Instant;
  readonly tried: readonly AccountId[];
  readonly fallback: string; // an address from the configuration
}

const MOST = 6; // hops

/** The manager just before the departure, then that one's manager, and at last the fallback: whoever is active and was not asked yet. */
export function chainOf(of: ChainOf, lookup: Lookup): Chain {
  const read = reading(lookup);
  const custodians: AccountId[] = [];
  const skipped: Skipped[] = [];
  const met = new Set<AccountId>(of.leaver);
  let next = firstManager(of, read);
  for (let hop = 0; hop < MOST && next !== undefined && !met.has(next); hop += 1) {
    met.add(next);
    const because = objectionTo(next, of, read);
    if (because === undefined) custodians.push(next);
    else skipped.push({ account: next, because });
    next = managerOf(next, of.now, read);
  }
  const last = emailAccount(of.fallback);
  return { custodians: [...custodians.filter((one) => one !== last), last], skipped, unread: read.unread() };
}

/** Profiles of those who left may be scrubbed: what was so just before counts, and what is known later only where nothing was. */
export function managerBefore(turns: readonly Turn[] | undefined, departure: Instant): AccountId | undefined {
  const before = turns?.findLast(({ at }) => at < departure) ?? turns?.[0];
  return before?.value as AccountId | undefined;
}

function firstManager({ leaver, departure }: ChainOf, read: Reading): AccountId | undefined {
  const managers = leaver.map((account) => managerBefore(read.of(account).subject?.turns["manager"], departure));
  return managers.find((manager) => manager !== undefined && !leaver.includes(manager));
}

function managerOf(account: AccountId, now: Instant, read: Reading): AccountId | undefined {
  const { subject } = read.of(account);
  if (subject === undefined) return undefined;
  const departure = departureOf(subject);
  if (departure !== undefined) return managerBefore(subject.turns["manager"], departure);
  return valueAt(subject.turns["manager"], now) as AccountId | undefined;
}

function objectionTo(account: AccountId, { tried }: ChainOf, read: Reading): string | undefined {
  if (tried.includes(account)) return "was asked already";
  const standing = read.of(account).subject?.facts["standing"]?.value;
  if (standing === "active") return undefined;
  return STANDINGS[standing ?? ""] ?? "is not known to be active";
}

const STANDINGS: Readonly<Record<string, string>> = {
  departed: "has left too",
  suspended: "is suspended",
  "on-leave": "is on leave",
};
