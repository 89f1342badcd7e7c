import { type AccountId, type Instant, later } from "../kernel/index.ts";
import type { Subject, Turn } from "../lineage/index.ts";

/** Names of attributes, as each directory spells them, that say that somebody has another place. A new name is no move. */
export const namesMove = (changed: string): boolean => /team|department|division|manager/i.test(changed);

const EARLIER = -1; // hours: a directory dates its record a little before the event that tells of it

/** Whether the directories have another manager or another team of this person since then. */
export function hasMoved(person: readonly Subject[], since: Instant): boolean {
  const of = (name: string) => person.some(({ turns }) => changesOf(turns[name], since).length > 0);
  return of("manager") || of("team");
}

/** Whose reports this person has been since then and is no more, latest first. */
export function managersLeft(person: readonly Subject[], since: Instant): readonly AccountId[] {
  const left = person.flatMap(({ turns }) => changesOf(turns["manager"], since));
  return [...new Set(left.toReversed().map(({ from }) => from as AccountId))];
}

interface Change {
  readonly from: string;
}

function changesOf(turns: readonly Turn[] = [], since: Instant): readonly Change[] {
  const from = later(since, EARLIER);
  return turns.flatMap(({ at, value }, nth) => {
    const before = turns[nth - 1]?.value;
    return at > from && before !== undefined && before !== value ? [{ from: before }] : [];
  });
}
