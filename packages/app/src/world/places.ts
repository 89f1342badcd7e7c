import type { Connector, Gap, Handle, Hear, Member, Page, Place, Since, Target } from "@leasehold/core/connector";
import { badInput, digest, Fault, type FaultName, type Instant } from "@leasehold/core/kernel";
import { bind, type Hand, type Mode, type Provider } from "./estate.ts";

/** A further place, and the role of ours there; without one this process cannot enter it, and says so. */
export type Reached = Omit<Member, "role"> & { readonly role: string | undefined };

/** A place with its provider; `cannot`: why there is none. */
export interface Placed extends Place {
  readonly provider: Provider | undefined;
}

interface Configured {
  readonly mode: Mode;
  readonly settings: unknown;
}

/** A configured connector with its API in hand: in its own place, and in each of `members` where it knows several. */
export function connected(
  connector: Connector,
  configured: Configured,
  connect: (settings: unknown) => unknown,
  members: readonly Reached[],
  hear?: Hear,
): Provider {
  const provider = everywhere(connector, configured, connect, members, hear);
  const { page } = provider;
  return { ...provider, page: page && ofOne(page, digest([WALK, configured.settings, members.map(({ id }) => id)])) };
}

/** How a list is walked: what was begun when one place came after the other would end with the first of them. */
const WALK = "each by itself";

/**
 * A list is gone on with only by the configuration that began it: another looks in other accounts and Regions, and what the
 * two passed over between them would look absent.
 */
const ofOne =
  (page: NonNullable<Provider["page"]>, configuration: string): typeof page =>
  async (cursor, now) => {
    const [of, inner] = [cursor?.slice(0, configuration.length), cursor?.slice(configuration.length + 1)];
    if (of !== undefined && of !== configuration)
      throw badInput("the list was of another configuration: begin it again", { where: "cursor" });
    const { next, beside, ...rest } = await page(inner, now);
    const own = (one: string) => `${configuration} ${one}`;
    return { ...rest, next: next === undefined ? undefined : own(next), ...(beside && { beside: beside.map(own) }) };
  };

function everywhere(
  connector: Connector,
  { mode, settings }: Configured,
  connect: (settings: unknown) => unknown,
  members: readonly Reached[],
  hear?: Hear,
): Provider {
  const { places } = connector;
  const at = (of: unknown) => bind(connector, mode, connect(of), hear);
  const home = places?.home(settings);
  if (places === undefined || home === undefined) return at(settings);
  const further = members.filter(({ id }) => id !== home);
  return together(places.key, [
    { id: home, provider: at(settings) },
    ...further.map(({ role, ...member }) => ({
      ...{ id: member.id, name: member.name },
      provider: role === undefined ? undefined : at(places.in(settings, { ...member, role })),
    })),
  ]);
}

/** One connector in several places, as one provider. People and groups are those of the first. */
export function together(key: string, all: readonly [Placed & { readonly provider: Provider }, ...Placed[]]): Provider {
  const first = all[0].provider;
  const several = all.length > 1;
  const within = entered(key, all);
  const urgent = all.map((one) => ({ ...one, provider: one.provider?.urgent }));
  return {
    ...first,
    hands: first.hands.map((hand) => handIn(hand, within)),
    ...(several && {
      check: first.check && (() => checked(all)),
      page: first.page && ((cursor, now) => pageIn(all, cursor, now)),
      since: first.since && ((cursor, place) => sinceIn(all, cursor, place)),
    }),
    urgent: first.urgent && together(key, [{ ...all[0], provider: first.urgent }, ...urgent.slice(1)]),
  };
}

type Within = (handle: Handle) => Provider;

/** The place that a handle names, and never another: with the rights of another it would not be found, and be taken for gone. */
function entered(key: string, all: readonly Placed[]): Within {
  return (handle) => {
    const of = handle[key] ?? "";
    const place = all.find(({ id }) => id === of);
    if (place === undefined)
      throw badInput("the credential is of an account that the configuration does not name: name it in aws.accounts", {
        where: `handle.${key}`,
        found: of,
      });
    if (place.provider === undefined) throw badInput(UNREACHED, { where: `handle.${key}`, found: of });
    return place.provider;
  };
}

const UNREACHED = "this account is entered by the functions of the stage alone: ask the stage";

function handIn(hand: Hand, within: Within): Hand {
  const { lastUsed, isBack } = hand; // how a person brings it back are words, which need no way in
  const there = (handle: Handle): Hand => {
    const found = within(handle).hands.find((one) => one.verb === hand.verb && one.credential === hand.credential);
    if (found === undefined) throw badInput("there is no such action in that place", { verb: hand.verb });
    return found;
  };
  const of = ({ handle }: Target) => there(handle);
  return {
    ...hand,
    see: async (target) => of(target).see(target),
    plan: async (target) => of(target).plan(target),
    apply: async (plan) => of(plan.target).apply(plan),
    verify: async (receipt) => of(receipt.target).verify(receipt),
    ...(lastUsed && { lastUsed: async (target) => of(target).lastUsed?.(target) }),
    ...(isBack && { isBack: async (receipt) => (of(receipt.target).isBack ?? isBack)(receipt) }),
  };
}

/** What is missing anywhere. A place that cannot be asked is one of the things that are missing. */
async function checked(all: readonly Placed[]): Promise<readonly string[]> {
  const said = all.map(async (place) => {
    const { provider } = place;
    if (provider === undefined) return [gapOf(place, UNREACHED).what];
    return (provider.check?.() ?? Promise.resolve([])).catch((error: unknown) => [gapOf(place, whyOf(error)).what]);
  });
  return [...new Set((await Promise.all(said)).flat())];
}

/**
 * First the places themselves, so that none waits for another; then a page of one of them. One that cannot be entered is said, and
 * left behind.
 */
async function pageIn(all: readonly Placed[], cursor: string | undefined, now: Instant): Promise<Page> {
  if (cursor === undefined) return { signals: [], next: undefined, whole: true, beside: all.map(({ id }) => `${id} `) };
  const { id, inner } = read(cursor);
  const place = all.find((one) => one.id === id);
  if (place === undefined) throw badInput("the list was of other accounts: begin it again", { where: "cursor" });
  const page = await pageOf(place, inner, now);
  const of = { place: { id: place.id, ...(place.name !== undefined && { name: place.name }) } };
  if ("gap" in page) return { signals: [], next: undefined, whole: false, gaps: [page.gap], ...of };
  const own = (one: string) => `${id} ${one}`;
  const { next, beside, ...rest } = page;
  return {
    ...rest,
    next: next === undefined ? undefined : own(next),
    ...(beside && { beside: beside.map(own) }),
    ...of,
  };
}

async function pageOf(place: Placed, inner: string | undefined, now: Instant): Promise<Page | { readonly gap: Gap }> {
  if (place.provider?.page === undefined) return { gap: gapOf(place, UNREACHED) };
  try {
    return await place.provider.page(inner, now);
  } catch (error) {
    return { gap: gapOf(place, whyOf(error)) };
  }
}

/** What happened in one of them. One that cannot be asked is said, and asked again from where it was. */
async function sinceIn(all: readonly Placed[], cursor: string | undefined, of?: string): Promise<Since> {
  const n = of === undefined ? 0 : all.findIndex(({ id }) => id === of);
  const place = all[n];
  if (place === undefined) throw badInput("the configuration names no such account any more", { where: "cursor" });
  const after = all[n + 1]?.id;
  const said = await asked(place, cursor);
  return { ...said, after, gaps: said.gaps?.map((gap) => (all.length > 1 ? `Account ${place.id}: ${gap}` : gap)) };
}

async function asked(place: Placed, cursor: string | undefined): Promise<Since> {
  const nothing = (why: string): Since => ({
    signals: [],
    next: cursor,
    more: false,
    gaps: [`it was not polled: ${why}.`],
  });
  if (place.provider?.since === undefined) return nothing(UNREACHED);
  try {
    return await place.provider.since(cursor);
  } catch (error) {
    return nothing(knownWhy(error) ?? surprise(error)); // the accounts after it are not left out for that
  }
}

const surprise = (error: unknown): string =>
  `what came back is nothing that anybody planned for (${(error as object)?.constructor?.name})`;

function read(cursor: string) {
  const at = cursor.indexOf(" ");
  return { id: cursor.slice(0, at), inner: cursor.slice(at + 1) || undefined };
}

/** Why a place was not seen, in a word of ours: the others are not left out for what nobody planned for in one. */
function whyOf(error: unknown): string {
  if (error instanceof Fault && error.facts["where"] === "cursor") throw error; // the whole list is begun again
  return knownWhy(error) ?? surprise(error);
}

function knownWhy(error: unknown): string | undefined {
  const why = error instanceof Fault && error.facts["where"] !== "cursor" ? WHY[error.name] : undefined;
  if (!(error instanceof Fault) || why === undefined) return undefined;
  const { permission } = error.facts;
  return permission === "sts:AssumeRole" ? NOT_LET_IN : typeof permission === "string" ? `${why} ${permission}` : why;
}

const NOT_LET_IN = "its role does not let us in: roll the member stack out to it, with the same external id";
const WHY: { readonly [name in FaultName]?: string } = {
  PermissionMissing: "its role lacks",
  BadInput: "its role is of another account than the configuration names",
  Unavailable: "it could not answer",
  Throttled: "it asked us to slow down",
};

const gapOf = ({ id, name }: Placed, why: string): Gap => ({
  what: `Account ${id}${name === undefined ? "" : ` (${name})`} was not seen, or only in part: ${why}.`,
  place: id,
});
