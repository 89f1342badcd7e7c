import { type Finding, found } from "../finding/index.ts";
import type { AccountId, Instant } from "../kernel/index.ts";
import { judgedOn, type Subject } from "../lineage/index.ts";

const MOST = 8; // of whom it names

/**
 * What others outside may use by its own policy. That is no leak: nobody has anything in hand that they should not have, and it
 * may be meant. So nothing is opened for it, and a person looks. Undefined where nothing of the kind is judged of it now.
 */
export function openedTo(subject: Subject, owner: AccountId | undefined, at: Instant): Finding | undefined {
  const [first, ...others] = isGone(subject)
    ? []
    : judgedOn(subject).filter(({ says }) => says === "open to outsiders");
  if (first === undefined) return undefined;
  const whom = [...new Set([first, ...others].flatMap((one) => one.whom ?? []))].sort();
  return found("open to outsiders", subject.id, at, REMEDY, {
    ...{ thing: first.thing, account: subject.tenant, judgements: others.length + 1, judgement: first.judgement },
    ...{ by: first.by, since: first.at },
    ...(whom.length > 0 && { whom: whom.slice(0, MOST).join(", ") }),
    ...(owner !== undefined && { owner }),
  });
}

const isGone = ({ facts }: Subject): boolean =>
  facts["deleted"]?.value === "yes" || facts["state"]?.value === "deleted";

const REMEDY =
  "Ask its owner whether that is meant. If so, archive the finding where it was made; if not, take them out of its policy.";
