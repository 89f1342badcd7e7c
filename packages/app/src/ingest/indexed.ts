import { fold, type Owner, ownerOf } from "@leasehold/core/attribution";
import type { AccountId, Instant } from "@leasehold/core/kernel";
import { evidenceOn, type Subject } from "@leasehold/core/lineage";

/** Under whom a subject stands in the index of owners. */
export interface Indexed {
  readonly owner: Owner | undefined;
  readonly candidates: readonly AccountId[] | undefined; // of a credential: the second ones
}

const LEAST = 0.2;

/** For the index alone: folded when it is written, without asking who belongs together. Whoever acts folds again. */
export function indexed(subject: Subject, now: Instant): Indexed {
  const { kind, statements } = subject;
  const candidates = fold(evidenceOn(subject), statements, now);
  const owner = ownerOf(candidates, statements);
  const seconds = candidates.filter(({ account, confidence }) => confidence >= LEAST && account !== owner?.account);
  return { owner, candidates: kind === "credential" ? seconds.map(({ account }) => account) : undefined };
}
