import type { CredentialId, Instant } from "@leasehold/core/kernel";
import { type Contribution, contributions, isMaking, type SubjectId } from "@leasehold/core/lineage";
import type { Archived } from "../world/index.ts";
import { isOf, type When } from "./when.ts";

/** What a first look at an archive tells of a question about its past. */
export interface Sighted {
  readonly begins: Instant | undefined; // the earliest that anything happened
  readonly recorded: Instant | undefined; // the earliest that anything was recorded
  readonly heard: Instant | undefined; // the earliest that anything happened to what is asked about
  readonly isKnown: boolean; // by the instant that is asked about
  readonly behind: ReadonlySet<SubjectId>; // what is asked about, and whatever it was made in or is held by
  readonly attributed: ReadonlyMap<string, ReadonlySet<CredentialId>>; // to what is asked about
}

export function sighting(asked: ReadonlySet<string>, when: When) {
  const makers = new Map<string, Set<SubjectId>>();
  const attributed = new Map<string, Set<CredentialId>>();
  let [begins, recorded, heard]: (Instant | undefined)[] = [];
  let isKnown = false;

  const link = (said: Contribution) => {
    const { id, kind } = said.subject;
    for (const maker of makersOf(said)) add(makers, ...maker);
    // Of an identity that nobody was seen making, what it holds tells.
    for (const { from, rel, to } of said.edges)
      if (rel === "holds" && asked.has(from)) add(makers, from, to as SubjectId);
    if (kind !== "credential") return;
    const candidates = said.evidence.map(({ candidate }) => candidate).filter((one) => asked.has(one));
    for (const one of candidates) add(attributed, one, id as CredentialId);
  };

  return {
    take: (one: Archived): void => {
      const { source } = one.signal;
      begins = earlier(begins, source.occurredAt);
      recorded = earlier(recorded, one.recordedAt);
      const counts = isOf(when, one);
      const all = contributions(one.signal);
      if (all.some((said) => isAbout(said, asked))) {
        heard = earlier(heard, source.occurredAt);
        isKnown ||= counts;
      }
      if (counts) for (const said of all) link(said);
    },
    found: (): Sighted => ({ begins, recorded, heard, isKnown, behind: behind(asked, makers), attributed }),
  };
}

/** Facts that name another subject: where a consent tells who is behind it there is no edge, and yet the chain is shown. */
const MAKERS = ["madeIn", "identity"];

function makersOf({ subject, facts, edges }: Contribution): readonly (readonly [made: string, by: SubjectId])[] {
  const told = MAKERS.flatMap((name) => facts[name]?.value ?? []);
  const linked = edges.filter(isMaking);
  return [
    ...told.map((by) => [subject.id, by as SubjectId] as const),
    ...linked.map(({ from, to }) => [to, from as SubjectId] as const),
  ];
}

const isAbout = ({ subject, evidence, edges }: Contribution, asked: ReadonlySet<string>): boolean =>
  asked.has(subject.id) ||
  evidence.some(({ candidate }) => asked.has(candidate)) ||
  edges.some(({ from, to }) => asked.has(from) || asked.has(to));

function add<T>(to: Map<string, Set<T>>, key: string, one: T): void {
  const beside = to.get(key);
  if (beside === undefined) to.set(key, new Set([one]));
  else beside.add(one);
}

const earlier = (a: Instant | undefined, b: Instant): Instant => (a === undefined || b < a ? b : a);

/** A set that grows while it is gone through ends when nothing new is behind anything. */
function behind(
  asked: ReadonlySet<string>,
  makers: ReadonlyMap<string, ReadonlySet<SubjectId>>,
): ReadonlySet<SubjectId> {
  const all = new Set([...asked] as SubjectId[]);
  for (const id of all) for (const maker of makers.get(id) ?? []) all.add(maker);
  return all;
}
