import { type Case, isReview, type Why } from "@leasehold/core/casework";
import type { AccountId } from "@leasehold/core/kernel";
import { emailAccount } from "@leasehold/core/lineage";
import type { WindDown } from "@leasehold/core/winddown";
import type { People } from "../question/index.ts";
import type { CasePorts } from "./ports.ts";

export interface Custodian {
  readonly account: AccountId;
  readonly last: boolean; // nobody comes after
  readonly why: Why;
}

/**
 * The one to ask now: whoever was offered it, else the first of the chain who has not been asked since the last act.
 * Undefined only where everybody that the configuration names at the end of the chain is the leaver.
 */
export async function custodianFor(
  { config, clock }: CasePorts,
  people: People,
  open: Case,
  { answer, tried }: WindDown,
): Promise<Custodian | undefined> {
  if (answer?.kind === "keep" && !answer.accepted && clock() < answer.lapses)
    return { account: answer.newOwner, last: false, why: { as: "offered", skipped: [] } };
  const departure = departureIn(open) ?? clock();
  const fallback = await lastOf(config, people, open);
  if (fallback === undefined) return undefined;
  const { custodians, skipped } = await people.chain({
    leaver: open.accounts,
    departure,
    now: clock(),
    tried,
    fallback,
  });
  const account = custodians[0] ?? emailAccount(fallback);
  const last = custodians.length <= 1;
  const first = tried.length === 0 && skipped.length === 0;
  return { account, last, why: { as: last ? "last" : first ? "manager" : "next", skipped } };
}

/** After a move whoever is the manager now is asked: there is no departure. */
const departureIn = (open: Case) =>
  isReview(open) ? undefined : open.triggers.find(({ kind }) => kind !== "moved")?.occurredAt;

/** The end of the chain: the fallback, or where that one is the leaver or has left too, the first of security and operators who is not. */
async function lastOf(config: CasePorts["config"], people: People, { accounts }: Case): Promise<string | undefined> {
  const named = [config.fallback.email, ...config.security, ...config.operators];
  const others: string[] = [];
  for (const email of named) {
    const theirs = await people.cluster(emailAccount(email));
    if (theirs.accounts.some((one) => accounts.includes(one))) continue;
    others.push(email);
    if ((await people.standing(theirs.first)).value !== "departed") return email;
  }
  return others[0];
}
