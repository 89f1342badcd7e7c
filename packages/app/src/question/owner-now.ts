import {
  type Candidate,
  fold,
  type Given,
  meantAt,
  type Owner,
  ownerOf,
  type Whereabouts,
} from "@leasehold/core/attribution";
import { type AccountId, Instant } from "@leasehold/core/kernel";
import { departureOf, evidenceOn, type Fact, type Subject } from "@leasehold/core/lineage";
import { namesMove, type Standing } from "@leasehold/core/person";
import type { People } from "./people.ts";

/** Whose it is now: evidence for several accounts of one person added up, each address as it was when the evidence was made. */
export interface OwnerNow {
  readonly owner: Owner | undefined;
  readonly standing: Standing; // of the owner
  readonly candidates: readonly Candidate[];
}

export async function ownerNow(people: People, subject: Subject, now: Instant): Promise<OwnerNow> {
  const { statements } = subject;
  const given = await givenFor(people, subject);
  const candidates = fold(evidenceOn(subject), statements, now, given);
  const owner = ownerOf(candidates, statements, given);
  const standing = owner ? await people.standing(owner.account) : NOBODY;
  return { owner, standing, candidates };
}

/** Sure enough that they are told of it as theirs: what the holder could have written alone is not. */
export const isSure = (owner: Owner | undefined): owner is Owner =>
  owner?.word === "certain" || owner?.word === "likely";

const NOBODY: Standing = { value: "unknown", since: undefined, account: undefined };

/** All that the fold asks about people, read before it: who belongs together, who has left, who has moved. */
export async function givenFor(people: People, subject: Subject): Promise<Given> {
  const { statements, facts } = subject;
  const began = Instant.safeParse(facts["createdAt"]?.value).data;
  const asked = [
    ...evidenceOn(subject).map((item) => [item.candidate, meantAt(item, began)] as const),
    ...statements.flatMap(({ candidate, speaker, at }) => [[candidate, at] as const, [speaker, at] as const]),
  ];
  const stands = new Map<string, AccountId>();
  const found = new Map<AccountId, Whereabouts & { readonly ended: boolean }>();
  for (const [account, at] of asked) {
    const one = await people.standsFor(account, at);
    stands.set(`${account}@${at}`, one);
    if (!found.has(one)) found.set(one, await whereaboutsOf(people, one));
  }
  return {
    clusterOf: (account, at) => stands.get(`${account}@${at}`) ?? account,
    ended: (account) => found.get(account)?.ended ?? false,
    whereabouts: (account) => found.get(account) ?? {},
    began,
  };
}

async function whereaboutsOf(people: People, account: AccountId) {
  const { value, since, account: teller } = await people.standing(account);
  const told = teller && (await people.subject(teller));
  const { accounts } = await people.cluster(account);
  const all = (await Promise.all(accounts.map(people.subject))).map((one) => one?.facts ?? {});
  const ended = value === "departed";
  return {
    ended,
    left: ended ? ((told && departureOf(told)) ?? since) : undefined, // a list says it again every night: what counts is when it began
    moved: all
      .flatMap((facts) => movedAt(facts["moved"]))
      .sort()
      .at(-1),
    addressed: all.some((facts) => facts["email"] !== undefined),
  };
}

const movedAt = (fact: Fact | undefined): readonly Instant[] =>
  fact !== undefined && namesMove(fact.value) ? [fact.at] : [];
