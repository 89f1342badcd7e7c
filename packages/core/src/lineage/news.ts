import { type Instant, later } from "../kernel/index.ts";
import type { Signal, SignalOf } from "../signal/index.ts";
import { contributions } from "./contributions.ts";
import { join } from "./join.ts";
import { isJudged } from "./judged.ts";
import type { Contribution, Subject } from "./model.ts";
import { isVanished } from "./standing.ts";

export type Seen = SignalOf<
  "account.seen" | "credential.seen" | "identity.seen" | "identity.exposed" | "access.judged"
>;

const SEEN: readonly Signal["kind"][] = [
  ...(["account.seen", "credential.seen", "identity.seen", "identity.exposed", "access.judged"] as const),
];

/** What a list says again each time it is read: only what is new of it is. */
export const isSeen = (signal: Signal): signal is Seen => SEEN.includes(signal.kind);

/** Whether this says anything that the subject does not say already: all evidence of a list is a fact too. A list that repeats itself costs no write. */
export function isNews(subject: Subject | undefined, said: Contribution): boolean {
  if (subject === undefined) return true;
  const after = join(subject, said);
  const told = (name: string) => after.facts[name]?.value !== subject.facts[name]?.value;
  return Object.keys(said.facts).some(told);
}

/**
 * A list is read now, though it dates what it says by the vendor's last change. Where it contradicts an older
 * fact and would lose, an event was missed: then it is dated by the look. A provider may take a while to agree with itself.
 */
export function asOfLook<S extends Seen>(signal: S, subject: Subject | undefined, now: Instant): S {
  const said = contributions(signal).find(({ subject: { id } }) => id === subject?.id);
  if (subject === undefined || said === undefined) return signal;
  const settled = later(now, -SETTLES);
  const after = join(subject, said);
  const contradicted = [...PRESENT, ...Object.keys(said.facts).filter(isJudged)].some((name) => {
    const [mine, kept] = [said.facts[name], after.facts[name]];
    return mine !== undefined && kept !== undefined && mine.value !== kept.value && kept.at < settled;
  });
  return contradicted || isVanished(subject) ? { ...signal, source: { ...signal.source, occurredAt: now } } : signal;
}

const SETTLES = 0.25; // hours
const PRESENT = ["state", "standing", "email", "manager", "team", "deleted", "boundary", "trusts", "groups"];
