import type { AccountId } from "@leasehold/core/kernel";
import { type Subject, valueAt } from "@leasehold/core/lineage";
import type { Explained } from "@leasehold/core/person";
import type { People, QuestionPorts } from "../question/index.ts";

/** What a person should look at before they believe what is shown, each a sentence with what to do. */
export async function remarksOn(
  world: Pick<QuestionPorts, "config" | "clock" | "estate">,
  people: People,
  found: Explained,
  subjects: readonly Subject[],
): Promise<readonly string[]> {
  const decides = (await people.standing(found.first)).account;
  return [
    ...contradictions(subjects, decides),
    ...outside(world, subjects, decides),
    ...bare(found, subjects),
    ...(await circle(world, people, found)),
  ];
}

const factIn = ({ facts }: Subject, name: string): string | undefined => facts[name]?.value;

/** The order of authority decides; which of them is wrong is for a person to find out. */
function contradictions(subjects: readonly Subject[], decides: AccountId | undefined): readonly string[] {
  const word = subjects.find(({ id }) => id === decides);
  const standing = word && factIn(word, "standing");
  if (word === undefined || standing === undefined) return [];
  const others = subjects.flatMap((one) => {
    const says = factIn(one, "standing");
    return says === undefined || says === standing ? [] : [`${factIn(one, "connector")} says ${says}`];
  });
  if (others.length === 0) return [];
  const first = `${factIn(word, "connector")} says ${standing}, and is believed`;
  return [
    `Directories contradict each other: ${first}; ${[...new Set(others)].sort().join(", ")}. Correct the wrong one.`,
  ];
}

/** A contractor may be known to one directory alone: that one's word counts, and nobody is an orphan for it. */
function outside(
  { config, estate }: Pick<QuestionPorts, "config" | "estate">,
  subjects: readonly Subject[],
  decides: AccountId | undefined,
): readonly string[] {
  const known = new Set(subjects.map((one) => factIn(one, "connector")));
  const first = config.authority.find((id) => estate.provider(id)?.person !== undefined);
  const word = subjects.find(({ id }) => id === decides);
  if (first === undefined || word === undefined || known.has(first)) return [];
  return [
    `${first} does not know this person, as it may not know a contractor: the word of ${factIn(word, "connector")} counts.`,
  ];
}

/** Nothing says who this is elsewhere, so nothing ever will. */
function bare({ accounts, links }: Explained, subjects: readonly Subject[]): readonly string[] {
  const [only] = subjects;
  if (accounts.length > 1 || only === undefined || links.length > 0) return [];
  if (only.turns["email"] !== undefined || factIn(only, "employeeNumber") !== undefined) return [];
  return [
    "Nothing identifies this account elsewhere: it has no address, no employee number and no id of an identity provider. " +
      "Where you know whose it is, `leasehold person link` says so.",
  ];
}

const MOST = 6; // hops, as far as custodians are looked for

/** Nobody above them is asked twice, so a circle ends at the fallback. */
async function circle(
  { config, clock }: Pick<QuestionPorts, "config" | "clock">,
  people: People,
  { accounts, first }: Explained,
): Promise<readonly string[]> {
  const met: AccountId[] = [first];
  let from: readonly AccountId[] = accounts;
  for (let hop = 0; hop < MOST; hop += 1) {
    const next = await managerOf(people, from, clock());
    if (next === undefined) return [];
    const again = met.indexOf(next);
    if (again >= 0) return [await circleSaid(people, [...met.slice(again), next], config.fallback.email)];
    met.push(next);
    from = (await people.cluster(next)).accounts;
  }
  return [];
}

async function managerOf(people: People, accounts: readonly AccountId[], now: ReturnType<QuestionPorts["clock"]>) {
  const subjects = await Promise.all(accounts.map((one) => people.subject(one)));
  const named = subjects.map((one) => valueAt(one?.turns["manager"], now)).find((one) => one !== undefined);
  return named === undefined ? undefined : (await people.cluster(named as AccountId)).first;
}

async function circleSaid(people: People, ring: readonly AccountId[], fallback: string): Promise<string> {
  const names = await Promise.all(ring.map(async (one) => (await people.subject(one))?.facts["name"]?.value ?? one));
  return `The managers run in a circle (${names.join(" → ")}): nobody is asked twice, and at last ${fallback} is. Correct the directory.`;
}
