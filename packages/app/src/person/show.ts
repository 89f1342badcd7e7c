import { type AccountId, badInput, type Instant, type PersonId } from "@leasehold/core/kernel";
import { agentsOwner, emailAccount, type Subject, type Turn } from "@leasehold/core/lineage";
import { type Explained, joins, type Link, STRENGTHS } from "@leasehold/core/person";
import { holdNow, type OnHold } from "../casework/index.ts";
import { gapsOf, type People, peopleOf, type QuestionPorts, resolve } from "../question/index.ts";
import type { World } from "../world/index.ts";
import { isInDirectory } from "./named.ts";
import { remarksOn } from "./remarks.ts";

/** One account of a person, or an address at which they are reached, which has no directory of its own. */
export interface ShownAccount {
  readonly account: AccountId;
  readonly connector: string | undefined; // none: an address
  readonly tenant: string | undefined;
  readonly name: string | undefined;
  readonly email: string | undefined;
  readonly standing: string; // unknown of an address
  readonly since: Instant | undefined;
  readonly decides: boolean; // its directory's word is how the person stands
}
export interface ShownLink extends Link {
  readonly fromCalled: string; // an address, or what a directory calls it
  readonly toCalled: string;
  readonly follows: boolean; // false: it joins nobody
}
export interface ShownTurn {
  readonly value: string;
  readonly called: string;
  readonly since: Instant;
  readonly source: string;
}
export interface PersonShown {
  readonly person: PersonId;
  readonly account: AccountId; // stands for the person
  readonly name: string | undefined;
  readonly email: string | undefined;
  readonly standing: {
    readonly value: string;
    readonly since: Instant | undefined;
    readonly source: string | undefined;
  };
  readonly held: OnHold | undefined; // nothing is issued for them, also where they have not left
  readonly accounts: readonly ShownAccount[];
  readonly links: readonly ShownLink[]; // strongest first; also those that are too weak, no longer said or forbidden
  readonly forbids: string | undefined; // why accounts that links would join are kept apart
  readonly agents: readonly ShownAccount[]; // theirs by a plus-address; never the person's own
  readonly managers: readonly ShownTurn[];
  readonly teams: readonly ShownTurn[];
  readonly remarks: readonly string[]; // what somebody should look at, each a sentence
  readonly notVisible: readonly string[];
}

/** Everything that makes accounts one person, and everything that does not. */
export async function personShown(world: QuestionPorts & Pick<World, "cases">, text: string): Promise<PersonShown> {
  const people = peopleOf(world, world.clock());
  const id = await resolve(world, text);
  if (!id.startsWith("acc_"))
    throw badInput("this is not a person: give an account or an e-mail address", { where: "id" });
  const found = await people.explained(id as AccountId);
  const standing = await people.standing(found.first);
  const subjects = (await Promise.all(found.accounts.map((one) => people.subject(one)))).filter(isKnown);
  const first = await people.subject(found.first);
  const call = (account: AccountId) => called(people, account, subjects);
  const weak = await pointingAt(world, people, found);
  const all = [...found.links, ...weak.filter(({ on }) => on === "alias")];
  return {
    person: found.person,
    account: found.first,
    ...{ name: first?.facts["name"]?.value, email: first?.facts["email"]?.value },
    standing: {
      ...{ value: standing.value, since: standing.since },
      source: standing.account && (await people.subject(standing.account))?.facts["connector"]?.value,
    },
    held: await holdNow(world, found.first),
    accounts: await Promise.all(found.accounts.map((one) => placeShown(people, one, standing.account, call))),
    links: await Promise.all(all.toSorted(strongestFirst).map((one) => linkShown(call, one))),
    forbids:
      found.forbids &&
      `${await call(found.forbids.one)} and ${await call(found.forbids.other)}: ${found.forbids.because}`,
    agents: await Promise.all(
      weak.filter(({ on }) => on === "plus-address").map(({ from }) => accountShown(people, from, undefined)),
    ),
    managers: await turnsOf(subjects, "manager", (value) => call(value as AccountId)),
    teams: await turnsOf(subjects, "team", async (value) => value),
    remarks: await remarksOn(world, people, found, subjects),
    notVisible: await gapsOf(world),
  };
}

const isKnown = (subject: Subject | undefined): subject is Subject => subject !== undefined;
const strongestFirst = (a: Link, b: Link): number => b.strength - a.strength;

async function accountShown(people: People, account: AccountId, decides: AccountId | undefined): Promise<ShownAccount> {
  const facts = (await people.subject(account))?.facts ?? {};
  const fact = (name: string) => facts[name]?.value;
  return {
    account,
    ...{ connector: fact("connector"), tenant: fact("tenant"), name: fact("name"), email: fact("email") },
    ...{ standing: fact("standing") ?? "unknown", since: facts["standing"]?.at, decides: account === decides },
  };
}

/** Of an address what it is, where one of these accounts has it; it stands in no directory, and so in no standing. */
async function placeShown(
  people: People,
  account: AccountId,
  decides: AccountId | undefined,
  call: (account: AccountId) => Promise<string>,
): Promise<ShownAccount> {
  const shown = await accountShown(people, account, decides);
  return shown.connector === undefined ? { ...shown, email: await call(account) } : shown;
}

async function linkShown(call: (account: AccountId) => Promise<string>, link: Link): Promise<ShownLink> {
  return { ...link, follows: joins(link), fromCalled: await call(link.from), toCalled: await call(link.to) };
}

/** An address by its text where one of these accounts has it; an account by its directory and name. */
async function called(people: People, account: AccountId, subjects: readonly Subject[]): Promise<string> {
  const facts = (await people.subject(account))?.facts ?? {};
  const connector = facts["connector"]?.value;
  if (connector !== undefined) return `${connector} ${facts["name"]?.value ?? facts["email"]?.value ?? account}`;
  const addresses = subjects.flatMap(({ turns }) => (turns["email"] ?? []).map(({ value }) => value));
  const near = addresses.flatMap((one) => [one, agentsOwner(one) ?? one]);
  return near.find((one) => emailAccount(one) === account) ?? account;
}

/** What calls one of these addresses an alias of its own, and whose plus-address leads to one of them. */
async function pointingAt({ graph }: QuestionPorts, people: People, { accounts }: Explained): Promise<readonly Link[]> {
  const found: Link[] = [];
  for (const address of accounts) {
    if (await isInDirectory(people, address)) continue;
    const edges = [...(await graph.edges(address, "alias")), ...(await graph.edges(address, "agent"))];
    for (const { rel, to, first } of edges) {
      const on = rel === "alias" ? "alias" : "plus-address";
      const links = (await people.explained(to as AccountId)).links;
      const still = links.some((one) => one.from === to && one.to === address && one.on === on);
      const source = (await people.subject(to as AccountId))?.facts["connector"]?.value ?? "unknown";
      const said = { from: to as AccountId, to: address, on, source, since: first, strength: STRENGTHS[on] } as const;
      if (still) found.push({ ...said, until: undefined, because: undefined, against: undefined });
    }
  }
  return found;
}

async function turnsOf(
  subjects: readonly Subject[],
  name: string,
  call: (value: string) => Promise<string>,
): Promise<readonly ShownTurn[]> {
  const all = subjects.flatMap(({ turns, facts }) =>
    changes(turns[name] ?? []).map((turn) => ({ ...turn, source: facts["connector"]?.value ?? "unknown" })),
  );
  const sorted = all.toSorted((a, b) => (`${a.at}${a.source}` < `${b.at}${b.source}` ? -1 : 1));
  return Promise.all(
    sorted.map(async ({ value, at: since, source }) => ({ value, called: await call(value), since, source })),
  );
}

/** A list that repeats itself says nothing new. */
const changes = (turns: readonly Turn[]): readonly Turn[] =>
  turns.filter(({ value }, n) => turns[n - 1]?.value !== value);
