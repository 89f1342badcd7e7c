import { canonical, digest, type Instant } from "../kernel/index.ts";
import type { SignalOf } from "../signal/index.ts";
import { factsOf } from "./fact.ts";
import type { Contribution, Fact, Subject } from "./model.ts";

type Said = SignalOf<"access.judged">;

/** One judgement of a service of the provider's, as it last stood. */
export interface Judged extends Pick<Said, "says" | "judgement" | "thing" | "open" | "whom"> {
  readonly by: string; // the connector that heard it
  readonly at: Instant;
}

const NAME = "judged/";
const SHORT = 12; // of a digest: enough for the few judgements of one thing

/**
 * Each judgement is a fact of its own, so that one which ends leaves the others as they are. It says nothing else: no name, no
 * owner, no last use. A key that is judged to be unused may be in use, for the judgement is as old as its last look.
 */
export function judgedSaid({ about: id, tenant, source, says, judgement, thing, open, whom }: Said): Contribution {
  const value = canonical({ says, judgement, thing, open, whom, by: source.connector });
  return {
    subject: { id, kind: id.startsWith("crd_") ? "credential" : "identity", tenant },
    facts: factsOf(source, { [`${NAME}${digest([judgement]).slice(0, SHORT)}`]: value }),
    ...{ turns: {}, evidence: [], edges: [] },
  };
}

/** A fact that is a judgement, and no attribute of the one that it stands on. */
export const isJudged = (fact: string): boolean => fact.startsWith(NAME);

export const saysJudged = ({ facts }: Pick<Contribution, "facts">): boolean => Object.keys(facts).some(isJudged);

/** What is judged of it now, the oldest first; what has ended is left out. */
export const judgedOn = ({ facts }: Pick<Subject, "facts">): readonly Judged[] =>
  Object.entries(facts)
    .flatMap(([name, fact]) => (isJudged(name) ? [judgedIn(fact)] : []))
    .filter(({ open }) => open)
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));

const judgedIn = ({ value, at }: Fact): Judged => ({ ...(JSON.parse(value) as Omit<Judged, "at">), at });

/** Nobody has said of it but what was judged: that makes nothing a credential of the estate. */
export const isOnlyJudged = ({ facts, evidence, statements }: Told): boolean => {
  const told = Object.keys(facts);
  return told.length > 0 && told.every(isJudged) && evidence.length === 0 && statements.length === 0;
};

type Told = Pick<Subject, "facts" | "evidence" | "statements">;

/** As people read it: whose word it is, and since when. */
export const toldOf = ({ says, by, judgement, at, whom }: Judged): string =>
  `${says}${whom === undefined ? "" : ` (${whom})`}, says ${by} in ${judgement} as of ${at}`;
