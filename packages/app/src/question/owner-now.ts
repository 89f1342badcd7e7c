import { type Candidate, fold, type Given, type Owner, ownerOf } from "@leasehold/core/attribution";
import type { AccountId, Instant } from "@leasehold/core/kernel";
import type { Subject } from "@leasehold/core/lineage";
import type { Standing } from "@leasehold/core/person";
import type { People } from "./people.ts";

/** Whose it is now: evidence for several accounts of one person added up, each address as it was when the evidence was made. */
export interface OwnerNow {
  readonly owner: Owner | undefined;
  readonly standing: Standing; // of the owner
  readonly candidates: readonly Candidate[];
}

export async function ownerNow(people: People, { evidence, statements }: Subject, now: Instant): Promise<OwnerNow> {
  const given = await givenFor(people, [
    ...evidence.map(({ candidate, at }) => [candidate, at] as const),
    ...statements.flatMap(({ candidate, speaker, at }) => [[candidate, at] as const, [speaker, at] as const]),
  ]);
  const candidates = fold(evidence, statements, now, given);
  const owner = ownerOf(candidates, statements, given);
  const standing = owner ? await people.standing(owner.account) : NOBODY;
  return { owner, standing, candidates };
}

const NOBODY: Standing = { value: "unknown", since: undefined, account: undefined };

async function givenFor(people: People, asked: readonly (readonly [AccountId, Instant])[]): Promise<Given> {
  const stands = new Map<string, AccountId>();
  const left = new Set<AccountId>();
  for (const [account, at] of asked) {
    const one = await people.standsFor(account, at);
    stands.set(`${account}@${at}`, one);
    if ((await people.standing(one)).value === "departed") left.add(one);
  }
  return {
    clusterOf: (account, at) => stands.get(`${account}@${at}`) ?? account,
    ended: (account) => left.has(account),
  };
}
