import type { AccountId, Instant } from "@leasehold/core/kernel";
import { answersFor, nameOf } from "../casework/index.ts";
import { isSure, ownerNow, type People, withHeld } from "../question/index.ts";
import type { Naked, NakedPorts } from "./untold.ts";

/** Who is to be told of one server. */
export interface Whose extends Naked {
  readonly account: AccountId;
  readonly instead: string | undefined; // where it is not its owner who is told: why, a part of a sentence
}

/** The owner, if likely at least and there; else whoever would be asked instead. Undefined where the configuration names nobody who is there. */
export async function whoseOf(
  world: NakedPorts,
  people: People,
  naked: Naked,
  now: Instant,
): Promise<Whose | undefined> {
  const known = await ownerNow(people, await withHeld(world, naked.subject), now);
  const sure = isSure(known.owner);
  const answers = await answersFor(world, people, sure ? known : undefined);
  if (answers === undefined) return undefined;
  const { first: account } = await people.cluster(answers.account);
  if (answers.why.as === "owner") return { ...naked, account, instead: undefined };
  const name = known.owner && (await nameOf(people, known.owner.account));
  return { ...naked, account, instead: whyInstead(name, sure) };
}

function whyInstead(name: string | undefined, sure: boolean): string {
  if (name === undefined) return "nobody is known to answer for it";
  return sure ? `${name} answers for it and cannot be told now` : `it may be ${name}'s, which is not sure`;
}
