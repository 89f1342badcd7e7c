import type { Case } from "@leasehold/core/casework";
import type { AccountId } from "@leasehold/core/kernel";
import { emailAccount } from "@leasehold/core/lineage";
import type { WindDown } from "@leasehold/core/winddown";
import type { People } from "../question/index.ts";
import type { CasePorts } from "./ports.ts";

export interface Custodian {
  readonly account: AccountId;
  readonly last: boolean; // nobody comes after
}

/** The one to ask now: whoever was offered it, else the first of the chain who has not been asked since the last act. It never ends at nobody. */
export async function custodianFor(
  { config, clock }: CasePorts,
  people: People,
  open: Case,
  { answer, tried }: WindDown,
): Promise<Custodian> {
  if (answer?.kind === "keep" && !answer.accepted && clock() < answer.lapses)
    return { account: answer.newOwner, last: false };
  const departure = open.triggers[0]?.occurredAt ?? clock();
  const fallback = config.fallback.email;
  const { custodians } = await people.chain({ leaver: open.accounts, departure, now: clock(), tried, fallback });
  const account = custodians[0] ?? emailAccount(fallback);
  return { account, last: custodians.length <= 1 };
}
