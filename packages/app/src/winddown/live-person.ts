import type { Handle, PersonState } from "@leasehold/core/connector";
import type { AccountId } from "@leasehold/core/kernel";
import type { Subject } from "@leasehold/core/lineage";
import { type Certainty, certaintyOf, wordsOf } from "@leasehold/core/person";
import type { People } from "../question/index.ts";
import type { LookingPorts, Watched } from "../world/index.ts";

export interface LiveRead {
  readonly state: PersonState;
  readonly account: AccountId | undefined; // whose directory said so
  readonly asked: boolean; // false: no directory that knows them can be read
}

/** Whom to ask about a person, and whom to believe first. */
interface DirectoryPorts {
  readonly estate: { provider(id: string): Pick<Watched, "person"> | undefined };
  readonly config: Pick<LookingPorts["config"], "authority">;
}

const SETTLED: readonly PersonState[] = ["active", "suspended", "on-leave", "departed"];
const GONE: readonly string[] = ["deleted", "purged"];

/**
 * Asks the directories themselves, the most believed first, how a person stands right now. The first that knows decides:
 * what a directory does not know is no departure, and what cannot be read is a fault of the caller's to wait for. That it finds
 * nobody counts only where it said itself, by an event, that they were deleted.
 */
export async function livePerson(world: DirectoryPorts, people: People, account: AccountId): Promise<LiveRead> {
  return (await readPerson(world, people, account)).read;
}

/** The same, and how sure that makes it that they have left. */
export async function certaintyNow(
  world: DirectoryPorts & { readonly config: Pick<LookingPorts["config"], "provisions"> },
  people: People,
  account: AccountId,
): Promise<Certainty> {
  const { read, known } = await readPerson(world, people, account);
  return certaintyOf(wordsOf(known), read, world.config.provisions);
}

async function readPerson(world: DirectoryPorts, people: People, account: AccountId) {
  const { accounts } = await people.cluster(account);
  const known = (await Promise.all(accounts.map((one) => people.subject(one)))).filter((one) => one !== undefined);
  const ranked = known.toSorted((a, b) => rankOf(world, a) - rankOf(world, b));
  const reads: { readonly state: PersonState; readonly account: AccountId; readonly rank: number }[] = [];
  let asked = false;
  for (const subject of ranked) {
    const rank = rankOf(world, subject);
    if (reads.length > 0 && rank > (reads[0]?.rank ?? 0)) break; // a less believed directory adds nothing
    const state = await readOne(world, subject);
    asked ||= state !== undefined;
    if (state !== undefined && counts(state, subject)) reads.push({ state, account: subject.id as AccountId, rank });
  }
  // within one directory an active account outweighs a closed one
  const best = reads.find(({ state }) => state === "active") ?? reads[0];
  const read: LiveRead = { state: best?.state ?? "unknown", account: best?.account, asked };
  return { read, known };
}

const counts = (state: PersonState, subject: Subject): boolean =>
  SETTLED.includes(state) || (state === "gone" && wordsOf([subject]).some(({ says }) => GONE.includes(says)));

async function readOne({ estate }: Pick<DirectoryPorts, "estate">, subject: Subject): Promise<PersonState | undefined> {
  const handle = subject.facts["handle"]?.value;
  const person = estate.provider(subject.facts["connector"]?.value ?? "")?.person;
  if (handle === undefined || person === undefined) return undefined;
  return person(JSON.parse(handle) as Handle);
}

function rankOf({ config }: Pick<DirectoryPorts, "config">, subject: Subject): number {
  const at = config.authority.indexOf(subject.facts["connector"]?.value ?? "");
  return at < 0 ? config.authority.length : at;
}
