import {
  type Candidate,
  type Evidence,
  type Forger,
  KINDS,
  type Owner,
  REASONS,
  type Strength,
  strengthAt,
  wordFor,
} from "@leasehold/core/attribution";
import type { AccountId, Instant } from "@leasehold/core/kernel";
import {
  isAllowed,
  isJudged,
  isOwners,
  isWord,
  judgedOn,
  type Subject,
  type SubjectId,
  type SubjectKind,
  toldOf,
} from "@leasehold/core/lineage";
import type { World } from "../world/index.ts";
import { gapsOf } from "./gaps.ts";
import { byHeld, withHeld } from "./held.ts";
import { brokenOff, type Hop, hopsOf } from "./hops.ts";
import { ownerNow } from "./owner-now.ts";
import { type People, peopleOf } from "./people.ts";
import { beyond, type Reaches, reachOf } from "./reaches.ts";
import { resolve } from "./resolve.ts";
import { wouldRaise } from "./would-raise.ts";

export type QuestionPorts = Pick<World, "graph" | "config" | "estate" | "ledger" | "clock">;

/** A person as they are shown: by the account that stands for all of theirs. */
export interface Named {
  readonly account: AccountId;
  readonly accounts: readonly AccountId[];
  readonly name: string | undefined;
  readonly email: string | undefined;
  readonly standing: string;
}
export interface ShownCandidate extends Named {
  readonly confidence: number;
  readonly word: Owner["word"];
  readonly evidence: readonly ShownEvidence[];
}
export interface ShownEvidence extends Strength {
  readonly kind: Evidence["kind"];
  readonly reason: string;
  readonly forgeableBy: Forger;
  readonly source: string;
  readonly eventId: string;
  readonly at: Instant;
  readonly hops?: readonly Hop[]; // the sessions that it came through, where it came through any
}
export interface Who {
  readonly subject: {
    readonly id: SubjectId;
    readonly kind: SubjectKind;
    readonly facts: Readonly<Record<string, string>>;
  };
  readonly owner: (Owner & Named) | undefined; // of an account: the person whose it is
  readonly candidates: readonly ShownCandidate[];
  readonly reaches: readonly Reaches[]; // what policies name for it
  readonly wouldRaise: readonly string[]; // what would make it surer, each a sentence
  readonly notVisible: readonly string[]; // what no source could show, each a sentence
}

/** Who is accountable for this: the owner, on what evidence, who could have forged it, what would help, and what could not be seen. */
export const who = (world: QuestionPorts, text: string): Promise<Who> => whoFrom(world, text, () => gapsOf(world));

/** The same of any graph, by whatever is known of what its sources could not show. */
export async function whoFrom(
  world: Pick<QuestionPorts, "graph" | "config" | "clock">,
  text: string,
  gaps: () => Promise<readonly string[]>,
): Promise<Who> {
  const now = world.clock();
  const people = peopleOf(world, now);
  const id = await resolve(world, text);
  const notVisible = await gaps();
  if (id.startsWith("acc_")) return ofPerson(people, id as AccountId, notVisible);
  const asked = (await world.graph.node(id))?.value.subject;
  if (asked === undefined) return { ...bare(id, "credential"), notVisible };
  const subject = await withHeld(world, asked);
  const { owner, candidates } = await ownerNow(people, subject, now);
  const reaches = await reachOf(world, subject);
  return {
    subject: { id, kind: subject.kind, facts: plain(subject) },
    owner: owner && { ...owner, ...(await named(people, owner.account)) },
    candidates: await Promise.all(candidates.map((one) => shown(world, people, one, now))),
    reaches,
    wouldRaise: wouldRaise(subject, candidates, owner),
    notVisible: [
      ...[...notVisible, ...byHeld(asked, subject), ...(await chainEnd(world, subject))],
      ...[...unseen(subject), ...beyond(reaches)],
    ],
  };
}

const bare = (id: SubjectId, kind: SubjectKind): Who => ({
  subject: { id, kind, facts: {} },
  ...{ owner: undefined, candidates: [], reaches: [], wouldRaise: [], notVisible: [] },
});

async function ofPerson(people: People, account: AccountId, notVisible: readonly string[]): Promise<Who> {
  const one = await named(people, account);
  const subject = await people.subject(one.account);
  const certain = { confidence: 1, word: "certain", unforgeable: true, stated: false } as const;
  return {
    ...bare(account, "account"),
    subject: { id: account, kind: "account", facts: subject ? plain(subject) : {} },
    owner: subject && { ...certain, ...one },
    notVisible: subject ? notVisible : [...notVisible, "No directory has said whose address this is."],
  };
}

export async function named(people: People, account: AccountId): Promise<Named> {
  const { accounts, first } = await people.cluster(account);
  const facts = (await people.subject(first))?.facts ?? {};
  const { value: standing } = await people.standing(account);
  return { account: first, accounts, name: facts["name"]?.value, email: facts["email"]?.value, standing };
}

async function shown(
  world: Pick<World, "graph">,
  people: People,
  { account, confidence, evidence }: Candidate,
  now: Instant,
): Promise<ShownCandidate> {
  const one = await named(people, account);
  const told = await Promise.all(evidence.map((item) => evidenceShown(world, item, now)));
  return { ...one, confidence, word: wordFor(confidence), evidence: told };
}

async function evidenceShown(world: Pick<World, "graph">, item: Evidence, now: Instant): Promise<ShownEvidence> {
  const { kind, source, eventId, at, through } = item;
  const { forgeableBy } = KINDS[kind];
  const reason = REASONS[kind];
  const hops = through && { hops: await hopsOf(world, item) };
  return { kind, reason, forgeableBy, source, eventId, at, ...strengthAt(item, now), ...hops };
}

/** Where the chain behind it ends short of a person; of a credential whose own issuance says nothing, that of its identity. */
export async function chainEnd(world: Pick<World, "graph">, subject: Subject): Promise<readonly string[]> {
  const own = await brokenOff(world, subject);
  const identity = subject.facts["identity"]?.value as SubjectId | undefined;
  if (own.length > 0 || subject.facts["madeVia"] !== undefined || identity === undefined) return own;
  const holder = (await world.graph.node(identity))?.value.subject;
  return holder === undefined ? [] : brokenOff(world, holder);
}

function plain(subject: Subject): Readonly<Record<string, string>> {
  const judged = judgedOn(subject).map(toldOf);
  const facts = Object.entries(subject.facts).flatMap(([name, { value }]) => (isOther(name) ? [] : [[name, value]]));
  return { ...Object.fromEntries(facts), ...(judged.length > 0 && { judged: judged.join("; ") }) };
}

const isOther = (fact: string): boolean => [isWord, isOwners, isJudged, isAllowed].some((is) => is(fact));

function unseen({ kind, facts, evidence }: Subject): readonly string[] {
  const renamed = evidence.some((one) => one.kind === "identity-renamed") ? [RENAMED] : [];
  if (kind !== "credential") return renamed;
  return [
    ...renamed,
    ...(facts["lastUsed"] === undefined ? ["The provider has not said when it was last used."] : []),
    ...(facts["reach"] === undefined ? ["Nobody has said what it can reach."] : []),
    ...(facts["state"] === undefined ? ["Nobody has said whether it is switched on."] : []),
  ];
}

const RENAMED = "An identity of this name was renamed: who made the one that has it now cannot be told by the name.";
