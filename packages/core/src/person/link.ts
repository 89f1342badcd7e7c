import type { AccountId, Instant } from "../kernel/index.ts";
import {
  agentsOwner,
  emailAccount,
  holds,
  numberPlace,
  type Subject,
  type Turn,
  valueAt,
  wordsOn,
} from "../lineage/index.ts";
import { addressOf, claimants } from "./claimants.ts";
import type { Reading } from "./known.ts";
import { differ, sayTwo } from "./two.ts";

/** On what it rests that two accounts are one person's, and how far that can be believed. */
export const STRENGTHS = {
  "external-id": 1, // the identity provider's own id of the other account
  "by hand": 1, // a person's word, with a reason
  "employee-number": 0.95, // two directories give the same; an installation is of one company
  sso: 0.9, // the system names the account of the identity provider that signed on
  email: 0.8, // both are reached by it, at the same time
  alias: 0.6, // a further address that a directory lists
  "plus-address": 0.4, // an agent's that belongs to whoever has the address without it: never the person's own
} as const;
export type Basis = keyof typeof STRENGTHS;

/** A weaker link is shown, and nothing is ever done because of it. */
export const ACTS = STRENGTHS.email;

/** One reason to take two accounts for one person's. An address is an account of its own, to which others are linked. */
export interface Link {
  readonly from: AccountId;
  readonly to: AccountId;
  readonly on: Basis;
  readonly strength: number;
  readonly source: string; // the connector, or who said it
  readonly since: Instant | undefined;
  readonly until: Instant | undefined; // no longer said since then
  readonly because: string | undefined; // of a person's word
  readonly against: string | undefined; // what forbids it, a sentence; it then joins nobody
}

export const joins = ({ strength, until, against }: Link): boolean =>
  strength >= ACTS && until === undefined && against === undefined;

/** Every link of an account that can join it to others, also those that are forbidden or no longer said. */
export function linksOf(account: AccountId, at: Instant, read: Reading): readonly Link[] {
  const subject = read.of(account).subject;
  return [
    ...byId(account, subject, read),
    ...byHand(account, subject, read),
    ...byNumber(account, subject, read),
    ...byAddress(account, subject, at, read),
    ...weak(account, subject, at, read),
  ];
}

type Found = Pick<Link, "to" | "on" | "source"> & Partial<Link>;

function link(from: AccountId, found: Found, read: Reading): Link {
  const open = { since: undefined, until: undefined, because: undefined };
  const against = found.against ?? sayTwo(from, found.to, read) ?? differ(from, found.to, read);
  return { ...open, ...found, from, strength: STRENGTHS[found.on], against };
}

/** What neither end's directory lists any more was taken back there. */
function byId(account: AccountId, subject: Subject | undefined, read: Reading): readonly Link[] {
  const edges = read.of(account).links.filter((edge) => edge.rel === "same-as" && holds(edge));
  return edges.map(({ to, first: since }) => {
    const other = read.of(to as AccountId).subject;
    const ends = [listed(subject, to), listed(other, account)];
    const on = (["external-id", "sso"] as const).find((how) => ends.includes(how));
    const lists = [subject, other].flatMap((one) => one?.facts["sameAs"]?.at ?? []).sort();
    const until = on === undefined ? lists.at(-1) : undefined;
    const source = connectorOf(ends[0] === on ? subject : other);
    return link(account, { to: to as AccountId, on: on ?? "external-id", source, since, until }, read);
  });
}

function listed(subject: Subject | undefined, other: string): "external-id" | "sso" | undefined {
  return (["external-id", "sso"] as const).find((how) => listOf(subject).includes(`${how}/${other}`));
}

const listOf = (subject: Subject | undefined): readonly string[] => JSON.parse(subject?.facts["sameAs"]?.value ?? "[]");

/** Both ends bear the word: one alone is half of a write that was not finished. */
function byHand(account: AccountId, subject: Subject | undefined, read: Reading): readonly Link[] {
  const ones = wordsOn(subject).filter(({ says }) => says === "one");
  return ones
    .filter(({ other }) => wordsOn(read.of(other).subject).some((one) => one.other === account && one.says === "one"))
    .map(({ other, by, at, because }) =>
      link(account, { to: other, on: "by hand", source: by, since: at, because }, read),
    );
}

/**
 * Where one system gives a number twice, it says of nobody who they are elsewhere: as to one who was hired again, or in two files of
 * people, of which an agency's counts its own from the beginning.
 */
function byNumber(account: AccountId, subject: Subject | undefined, read: Reading): readonly Link[] {
  const number = subject?.facts["employeeNumber"];
  const place = number && numberPlace(number.value);
  if (number === undefined || place === undefined) return [];
  const holders = read
    .of(place)
    .links.filter((edge) => edge.rel === "addressed-by" && holds(edge))
    .map(({ to }) => ({ id: to as AccountId, subject: read.of(to as AccountId).subject }))
    .filter((one) => one.subject?.facts["employeeNumber"]?.value.trim() === number.value.trim());
  const systems = new Set(holders.map((one) => connectorOf(one.subject)));
  if (systems.size !== holders.length) return [];
  const others = holders.filter(({ id }) => id !== account);
  return others.map(({ id, subject: other }) => {
    const since = latest(number.at, other?.facts["employeeNumber"]?.at);
    return link(account, { to: id, on: "employee-number", source: connectorOf(subject), since }, read);
  });
}

function byAddress(account: AccountId, subject: Subject | undefined, at: Instant, read: Reading): readonly Link[] {
  const address = addressOf(subject, at);
  const accounts = claimants(address ?? account, at, read);
  const linked = (one: AccountId, of: AccountId, to: AccountId, against?: string) => {
    const known = read.of(one).subject;
    const since = sinceOf(known?.turns["email"], of);
    return link(account, { to, on: "email", source: connectorOf(known), since, ...(against && { against }) }, read);
  };
  if (address === undefined) return accounts.map((one) => linked(one, account, one));
  if (accounts.includes(account)) return [linked(account, address, address)];
  return [linked(account, address, address, "the address is somebody else's, or nobody can tell whose")];
}

/** What is shown and joins nobody: further addresses, and the address of whose agent this is. */
function weak(account: AccountId, subject: Subject | undefined, at: Instant, read: Reading): readonly Link[] {
  const address = subject && (valueAt(subject.turns["email"], at) ?? subject.turns["email"]?.[0]?.value);
  const owner = address && agentsOwner(address);
  const source = connectorOf(subject);
  const since = subject?.facts["sameAs"]?.at;
  const aliases = listOf(subject).filter((one) => one.startsWith("alias/"));
  return [
    ...aliases.map((one) =>
      link(account, { to: one.slice("alias/".length) as AccountId, on: "alias", source, since }, read),
    ),
    ...(owner
      ? [
          link(
            account,
            {
              to: emailAccount(owner),
              on: "plus-address",
              source,
              since: sinceOf(subject?.turns["email"], emailAccount(address)),
            },
            read,
          ),
        ]
      : []),
  ];
}

const sinceOf = (turns: readonly Turn[] | undefined, address: AccountId): Instant | undefined =>
  turns?.find(({ value }) => emailAccount(value) === address)?.at;

const connectorOf = (subject: Subject | undefined): string => subject?.facts["connector"]?.value ?? "unknown";
const latest = (a: Instant, b: Instant | undefined): Instant => (b !== undefined && b > a ? b : a);
