import { givenFor, peopleOf, type QuestionPorts, resolve } from "@leasehold/app/question";
import { type Evidence, type Given, meantAt, type Whereabouts } from "@leasehold/core/attribution";
import { type AccountId, Fault, hoursBetween, type Instant, later } from "@leasehold/core/kernel";
import { evidenceOn } from "@leasehold/core/lineage";
import type { LabelledEstate, Truth } from "@leasehold/local/estates";
import { listed } from "../inventories.ts";
import { accountsOf, askedBy, heard, nowOf, remembering, worldOf } from "../ours.ts";

/** What the fold is given for one credential, and whose it is: all that changes nothing in the answer is taken off, so that many are one. */
export interface Case {
  readonly evidence: readonly Evidence[];
  readonly whereabouts: Readonly<Record<AccountId, Whereabouts>>;
  readonly began: Instant | undefined;
  readonly right: readonly AccountId[]; // the candidates that are accounts of whose it is
  readonly whole: boolean; // the chain to the person is visible
  readonly times: number;
}
export const NOW = "2026-01-01T00:00:00.000Z" as Instant;

export const givenOf = ({ whereabouts, began }: Case): Given => ({
  whereabouts: (account) => whereabouts[account] ?? {},
  began,
});

/** Each estate is ingested once; what is kept of it is folded as often as the search likes. */
export async function casesOf(estate: LabelledEstate): Promise<readonly Case[]> {
  const now = nowOf(estate);
  const world = remembering(await worldOf(estate, [...(await heard(estate)), ...(await listed(estate, now))]));
  const numbers = accountsOf(estate);
  const found: Case[] = [];
  for (const truth of estate.truth.credentials) found.push(await caseOf(world, { truth, estate, numbers, now }));
  return found;
}

interface About {
  readonly truth: Truth;
  readonly estate: LabelledEstate;
  readonly numbers: ReadonlyMap<AccountId, string>;
  readonly now: Instant;
}

async function caseOf(world: QuestionPorts, { truth, estate, numbers, now }: About): Promise<Case> {
  const bare = { whereabouts: {}, began: undefined, right: [], whole: truth.chain === "whole", times: 1 };
  const subject = await subjectOf(world, askedBy(truth, estate));
  if (subject === undefined) return { ...bare, evidence: [] };
  const people = peopleOf(world, now);
  const given = await givenFor(people, subject);
  const evidence = evidenceOn(subject).map((item) => ({
    ...item,
    candidate: given.clusterOf?.(item.candidate, meantAt(item, given.began)) ?? item.candidate,
  }));
  const candidates = [...new Set(evidence.map(({ candidate }) => candidate))];
  const isRight = async (account: AccountId) =>
    [account, ...(await people.cluster(account)).accounts].some((one) => numbers.get(one) === truth.accountable);
  const rights = await Promise.all(candidates.map(isRight));
  const whereabouts = Object.fromEntries(candidates.map((one) => [one, given.whereabouts?.(one) ?? {}]));
  const right = candidates.filter((_, nth) => rights[nth]);
  return plain({ ...bare, evidence, whereabouts, began: given.began, right }, now);
}

async function subjectOf(world: QuestionPorts, asked: readonly string[]) {
  for (const text of asked) {
    const id = await resolve(world, text).catch((error: unknown) => {
      if (error instanceof Fault && error.name === "BadInput") return undefined; // nothing is known by this name
      throw error;
    });
    const subject = id && (await world.graph.node(id))?.value.subject;
    if (subject && subject.evidence.length > 0) return subject;
  }
  return undefined;
}

const MONTH = 30 * 24;

/** Instants by the month, and still in their order; candidates by number; sources and events by no name. */
function plain(one: Case, now: Instant): Case {
  const instants = [...one.evidence.map(({ at }) => at), ...Object.values(one.whereabouts).flatMap(both), one.began];
  const order = [...new Set(instants.filter((at) => at !== undefined))].sort();
  const dated = <T extends Instant | undefined>(at: T): T =>
    at === undefined
      ? at
      : (later(later(NOW, -MONTH * Math.floor(hoursBetween(at, now) / MONTH)), (order.indexOf(at) + 1) / 60) as T);
  const sorted = one.evidence.toSorted((a, b) => (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : a.at < b.at ? -1 : 1));
  const names = new Map<AccountId, AccountId>();
  for (const { candidate } of sorted) if (!names.has(candidate)) names.set(candidate, `acc_${names.size}`);
  const nameOf = (account: AccountId) => names.get(account) ?? account;
  return {
    ...one,
    evidence: sorted.map(({ kind, candidate, at }) => ({
      ...{ kind, candidate: nameOf(candidate), at: dated(at), source: "any", eventId: "any" },
    })),
    whereabouts: Object.fromEntries(
      Object.entries(one.whereabouts)
        .map(([account, { addressed, left, moved }]) => {
          const where = { addressed: addressed ?? true, left: dated(left), moved: dated(moved) };
          return [nameOf(account as AccountId), where] as const;
        })
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
    began: dated(one.began),
    right: one.right.map(nameOf).sort(),
  };
}

const both = ({ left, moved }: Whereabouts) => [left, moved];

/** The same case however often it occurs is folded once. */
export function counted(all: readonly Case[]): readonly Case[] {
  const found = new Map<string, Case>();
  for (const one of all) {
    const key = JSON.stringify(one);
    found.set(key, { ...one, times: (found.get(key)?.times ?? 0) + 1 });
  }
  return [...found.values()];
}
