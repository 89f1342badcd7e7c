import type { PersonState } from "../connector/index.ts";
import type { AccountId, Instant } from "../kernel/index.ts";
import { departureOf, isVanished, type Subject } from "../lineage/index.ts";

/** How sure it is that somebody has left. Only C2 and C3 let silence act. */
export const CERTAINTIES = {
  C0: "a hint: annotated, and no more",
  C1: "a hold: nothing is issued, and people are asked",
  C2: "departed: read live, or said by two independent sources",
  C3: "purged: the directory has deleted the account for good",
} as const;

/** What one source last said of one account of the person, and since when. */
export interface Word {
  readonly connector: string;
  readonly account: AccountId;
  readonly says: "active" | "suspended" | "on-leave" | "departed" | "deleted" | "purged" | "vanished";
  readonly since: Instant;
}

/** What the directories answered just now. `asked`: one of them could be asked at all; `gone`: it knows no such person any more. */
export interface Answered {
  readonly state: PersonState;
  readonly account: AccountId | undefined;
  readonly asked: boolean;
}

export interface Certainty {
  readonly level: keyof typeof CERTAINTIES;
  readonly because: string; // a few words
  readonly said: readonly Word[];
  readonly read: Answered;
}

/** Which directory writes the accounts of which: what it says, they repeat. */
export type Provisions = Readonly<Record<string, readonly string[]>>;

/** The ladder: one live answer decides; only where nobody can be asked do two independent sources, and none may contradict. */
export function certaintyOf(said: readonly Word[], read: Answered, provisions: Provisions): Certainty {
  const as = (level: Certainty["level"], because: string): Certainty => ({ level, because, said, read });
  const last = said.find(({ account }) => account === read.account)?.says;
  if (read.state === "active") return as("C0", "the directory, asked now, says active");
  if (read.state === "departed")
    return last === "purged" ? as("C3", "deleted for good") : as("C2", "the directory, asked now, says departed");
  if (read.state === "gone") return deleted(last, as);
  if (read.state !== "unknown") return as("C1", `the directory, asked now, says ${read.state}`);
  if (read.asked) return as("C1", "the directory was asked now, and does not say how they stand");
  return bySources(said, provisions, as);
}

type As = (level: Certainty["level"], because: string) => Certainty;

/** An empty read may be a renamed user, a replica or the wrong place: alone it says nothing. */
function deleted(last: Word["says"] | undefined, as: As): Certainty {
  if (last === "purged") return as("C3", "deleted for good by an event, and not found when asked now");
  if (last === "deleted") return as("C2", "said to have left by an event, and not found when asked now");
  return as("C1", "not found when asked now, and no event says that they left");
}

function bySources(said: readonly Word[], provisions: Provisions, as: As): Certainty {
  const left = said.filter(({ says }) => LEFT.includes(says)).map(({ connector }) => connector);
  const against = said.filter(({ says, connector }) => !LEFT.includes(says) || activeIn(said, connector));
  if (left.length === 0) return as("C1", "no directory can be asked, and none says departed");
  if (against.length > 0) return as("C1", "no directory can be asked, and the sources contradict each other");
  const two = left.some((one) => left.some((other) => areIndependent(one, other, provisions)));
  return two
    ? as("C2", "no directory can be asked, and two independent sources say departed")
    : as("C1", "no directory can be asked, and one source alone says departed");
}

const LEFT: readonly Word["says"][] = ["departed", "deleted", "purged"];
const activeIn = (said: readonly Word[], connector: string): boolean =>
  said.some((one) => one.connector === connector && one.says === "active");

/** Not where one is written by the other, however many stand between, nor where a third writes both. */
export function areIndependent(one: string, other: string, provisions: Provisions): boolean {
  const writers = writersOf(one, provisions);
  return one !== other && ![...writersOf(other, provisions)].some((writer) => writers.has(writer));
}

function writersOf(connector: string, provisions: Provisions): ReadonlySet<string> {
  const all = new Set([connector]);
  for (const one of all)
    for (const [writer, written] of Object.entries(provisions)) if (written.includes(one)) all.add(writer);
  return all;
}

/** What each source last said of these accounts. Who is not on a whole list any more was not said to have left. */
export function wordsOf(subjects: readonly Subject[]): readonly Word[] {
  return subjects.flatMap((subject) => {
    const { standing, vanished, connector } = subject.facts;
    if (standing === undefined || connector === undefined) return [];
    const gone = isVanished(subject) ? vanished : undefined;
    const says = (gone ? "vanished" : saysOf(subject, standing.value)) as Word["says"];
    const since = gone?.at ?? departureOf(subject) ?? standing.at;
    return [{ connector: connector.value, account: subject.id as AccountId, says, since }];
  });
}

/** `deleted`: by an event, and not by a list alone; an event of an earlier departure is none of this one. */
function saysOf(subject: Subject, standing: string): string {
  const since = departureOf(subject);
  if (since === undefined) return standing;
  const { left, purged } = subject.facts;
  if (purged !== undefined && purged.at >= since) return "purged";
  return left !== undefined && left.at >= since ? "deleted" : "departed";
}

export const isSure = ({ level }: Pick<Certainty, "level">): boolean => level === "C2" || level === "C3";
