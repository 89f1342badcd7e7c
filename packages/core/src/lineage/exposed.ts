import type { SignalOf } from "../signal/index.ts";
import { factsOf } from "./fact.ts";
import type { Contribution, Fact, Subject } from "./model.ts";

const EXPOSED = "exposed"; // of itself
const HOLDER = "holderExposed"; // of whoever holds it

/**
 * The provider says only of whom it was: so each thing that it held by then may be the one. Nothing else is taken from such a word:
 * it may tell the name without its path, and by the whole name a rule may say that nobody touches it.
 */
export function exposedIdentity({
  identity,
  source,
  tenant,
}: Pick<SignalOf<"identity.exposed">, "identity" | "source" | "tenant">): Contribution {
  return {
    subject: { id: identity.id, kind: "identity", tenant },
    facts: factsOf(source, { [HOLDER]: "yes" }),
    ...{ turns: {}, evidence: [], edges: [] },
  };
}

/** What goes on from an identity to what it holds, as it is: whether it was there by then is judged when it is read. */
export const exposedOn = ({ facts }: Pick<Subject, "facts">): Subject["facts"] =>
  facts[HOLDER] === undefined ? {} : { [HOLDER]: facts[HOLDER] };

export const saysExposed = ({ facts }: Pick<Contribution, "facts">): boolean => facts[HOLDER] !== undefined;

/** That it has leaked, itself or with its holder, by the latest word. What was made after that is none of what leaked. */
export function exposureOf({ facts }: Pick<Subject, "facts">): Fact | undefined {
  const [own, holder] = [facts[EXPOSED], facts[HOLDER]];
  const made = facts["createdAt"]?.value;
  if (holder === undefined || (made !== undefined && made > holder.at)) return own;
  return own === undefined || holder.at > own.at ? holder : own;
}
