import type { Handle, PersonState } from "@leasehold/core/connector";
import type { AccountId } from "@leasehold/core/kernel";
import type { Subject } from "@leasehold/core/lineage";
import type { People } from "../question/index.ts";
import type { LookingPorts, Watched } from "../world/index.ts";

export interface LiveRead {
  readonly state: PersonState;
  readonly account: AccountId | undefined; // whose directory said so
}

/** Whom to ask about a person, and whom to believe first. */
interface DirectoryPorts {
  readonly estate: { provider(id: string): Pick<Watched, "person"> | undefined };
  readonly config: Pick<LookingPorts["config"], "authority">;
}

const SETTLED: readonly PersonState[] = ["active", "suspended", "on-leave", "departed"];

/**
 * Asks the directories themselves, the most believed first, how a person stands right now. The first that knows decides:
 * what a directory does not know is no departure, and what cannot be read is a fault of the caller's to wait for.
 */
export async function livePerson(world: DirectoryPorts, people: People, account: AccountId): Promise<LiveRead> {
  const { accounts } = await people.cluster(account);
  const known = (await Promise.all(accounts.map((one) => people.subject(one)))).filter((one) => one !== undefined);
  const ranked = known.toSorted((a, b) => rankOf(world, a) - rankOf(world, b));
  const reads: { readonly state: PersonState; readonly account: AccountId; readonly rank: number }[] = [];
  for (const subject of ranked) {
    const rank = rankOf(world, subject);
    if (reads.length > 0 && rank > (reads[0]?.rank ?? 0)) break; // a less believed directory adds nothing
    const state = await readOne(world, subject);
    if (state !== undefined && SETTLED.includes(state)) reads.push({ state, account: subject.id as AccountId, rank });
  }
  // within one directory an active account outweighs a closed one
  return reads.find(({ state }) => state === "active") ?? reads[0] ?? { state: "unknown", account: undefined };
}

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
