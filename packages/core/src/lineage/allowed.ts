import { canonical, type Instant } from "../kernel/index.ts";
import type { Allowed, SignalOf } from "../signal/index.ts";
import { factsOf } from "./fact.ts";
import type { Contribution, Subject } from "./model.ts";

/** What one of its own policies allows it to reach, and which record says so. */
export interface Reached extends Allowed {
  readonly eventId: string;
  readonly at: Instant;
}

const NAME = "allows/";
const ALL = "policies";

/** Each policy is a fact of its own: an event tells of one, and a list which there are. */
export const allowedFacts = ({ source, allows = [], policies }: SignalOf<"identity.seen">): Contribution["facts"] => ({
  ...factsOf(source, Object.fromEntries(allows.map(({ policy, ...told }) => [`${NAME}${policy}`, canonical(told)]))),
  ...factsOf(source, { [ALL]: policies && canonical([...policies].sort()) }),
});

/** A fact that tells of policies, and is read by `reachedBy`. */
export const isAllowed = (fact: string): boolean => fact.startsWith(NAME) || fact === ALL;

/** What the policies that it has now name. One that a later list has not is gone, whoever missed that. */
export function reachedBy({ facts }: Pick<Subject, "facts">): readonly Reached[] {
  const listed = facts[ALL];
  const there = listed && (JSON.parse(listed.value) as readonly string[]);
  return Object.entries(facts).flatMap(([name, { value, at, eventId }]) => {
    if (!name.startsWith(NAME)) return [];
    const policy = name.slice(NAME.length);
    const told = JSON.parse(value) as Omit<Allowed, "policy">;
    const isGone = listed !== undefined && listed.at > at && there?.includes(policy) === false;
    return isGone || told.resources.length === 0 ? [] : [{ policy, ...told, eventId, at }];
  });
}
