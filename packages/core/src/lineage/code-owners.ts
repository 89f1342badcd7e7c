import type { Evidence } from "../attribution/index.ts";
import { matches, UNNAMED_WORKFLOW } from "../code-owners/index.ts";
import { type AccountId, canonical, derivedId, type SessionId } from "../kernel/index.ts";
import type { SignalOf } from "../signal/index.ts";
import { factsOf, WEAK } from "./fact.ts";
import type { Contribution, Fact, Subject } from "./model.ts";

type Owned = SignalOf<"repository.owned">;

/**
 * What CODEOWNERS says is a fact, and never evidence that is handed on: a later file takes somebody out, and what is joined as
 * evidence stays. So the fact goes along the edges to what the repository's pipelines made, the latest holds everywhere, and the
 * evidence is read out of it.
 */
const RULES = "owned"; // on the repository: the lines that speak of workflows
const WORKFLOW = "workflow"; // on one of its workflows: its path
const OWNERS = "owners/"; // on what was made there, and behind it the repository, or one workflow of it

interface Line {
  readonly line: number;
  readonly owners: readonly AccountId[];
}
type Rules = readonly (Line & { readonly pattern: string })[];

/** A session that nobody opened: whatever a repository's pipelines opened was made in it. */
export const repositoryMaker = (repository: string): SessionId =>
  derivedId("ses", "github", repository.toLowerCase(), "repository");
export const workflowMaker = (repository: string, path: string): SessionId =>
  derivedId("ses", "github", repository.toLowerCase(), "workflow", path);

export function ownersSaid({ repository, rules, source, tenant }: Owned): Contribution {
  const id = repositoryMaker(repository);
  const { connector } = source;
  const name = repository.toLowerCase();
  return {
    subject: { id, kind: "session", tenant },
    facts: {
      ...factsOf({ connector, eventId: id, occurredAt: WEAK }, { name, how: "repository" }),
      ...factsOf(source, { [RULES]: canonical(rules.map(plain)) }),
    },
    ...{ turns: {}, evidence: [], edges: [] },
  };
}

const plain = ({ line, pattern, owners }: Owned["rules"][number]) => ({
  ...{ line, pattern },
  owners: [...new Set(owners)].sort(),
});

/** Facts of one workflow: the same whoever speaks of it. */
export const workflowFacts = (repository: string, path: string) =>
  factsOf(
    { connector: "", eventId: "", occurredAt: WEAK },
    { name: `${repository.toLowerCase()}/${path}`, how: WORKFLOW, [WORKFLOW]: path },
  );

/** What a maker's facts say of the owners of what it made. */
export function ownersFrom(maker: Subject, made: Subject): Subject["facts"] {
  const rules = maker.facts[RULES];
  return rules === undefined ? handedFacts(maker) : chosenOf(rules, maker, made.facts[WORKFLOW]?.value);
}

/** Where nobody says which workflow it was, the line that speaks of all. */
function chosenOf(rules: Fact, { facts }: Subject, workflow: string | undefined): Subject["facts"] {
  const path = workflow ?? UNNAMED_WORKFLOW;
  const last = (JSON.parse(rules.value) as Rules).findLast(({ pattern }) => matches(pattern, path));
  const value = canonical({ line: last?.line ?? 0, owners: last?.owners ?? [] });
  const place = [facts["name"]?.value, workflow].filter((one) => one !== undefined).join("/");
  return { [`${OWNERS}${place}`]: { ...rules, value } };
}

/** What goes on from a maker as it is. Nearly all have none of it. */
export function handedFacts({ facts }: Subject): Subject["facts"] {
  const mine = Object.keys(facts).filter(isOwners);
  return mine.length === 0 ? NONE : Object.fromEntries(mine.map((name) => [name, facts[name] as Fact]));
}
const NONE: Subject["facts"] = {};

/** Of a maker all that decides what it hands on. */
export const makingFacts = (facts: Subject["facts"]): Subject["facts"] => {
  const mine = Object.entries(facts).filter(([name]) => isOwners(name) || name === RULES || name === WORKFLOW);
  if (mine.length === 0) return NONE;
  return Object.fromEntries([...mine, ...Object.entries(facts).filter(([name]) => name === "name")]);
};

export const saysOwners = ({ facts }: Pick<Contribution, "facts">): boolean => facts[RULES] !== undefined;

export const saysWorkflow = ({ facts }: Pick<Contribution, "facts">): boolean => facts[WORKFLOW] !== undefined;

/** A fact out of which evidence is read, and no attribute of the thing that it stands on. */
export const isOwners = (fact: string): boolean => fact.startsWith(OWNERS);

/** All that speaks for or against an owner: what was joined as evidence, and what the facts declare. */
export function evidenceOn({ evidence, facts }: Pick<Subject, "evidence" | "facts">): readonly Evidence[] {
  const names = Object.keys(facts).filter(isOwners);
  return names.length === 0 ? evidence : [...evidence, ...names.flatMap((name) => declaredIn(facts[name] as Fact))];
}

function declaredIn({ value, at, eventId }: Fact): readonly Evidence[] {
  const { line, owners } = JSON.parse(value) as Line;
  return owners.map((candidate) => ({
    ...{ kind: "declared-in-code", candidate, source: CODE_OWNERS, at },
    eventId: `${eventId}#L${line}`,
  }));
}

/** The source of what CODEOWNERS says. */
export const CODE_OWNERS = "code-owners";
