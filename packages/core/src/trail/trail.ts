import { digest, type Instant } from "../kernel/index.ts";

/** What is to be written down. People appear as account ids only, so that their data can be erased without breaking the chain. */
export interface Draft {
  readonly did: string; // noun.past-participle: "intent.opened", "credential.disabled"
  readonly by: string; // an account id, or "leasehold"
  readonly facts: Readonly<Record<string, string | number | boolean>>;
}

/** One line of the audit trail of one case or wind-down. */
export interface Entry extends Draft {
  readonly trail: string; // cas_… or wdc_…
  readonly n: number; // from 1, without a gap
  readonly at: Instant;
  readonly before: string; // hash of the entry before; the trail's own id for the first
  readonly hash: string;
}

/** Where a trail ends: kept beside its subject, so that the next entry is written under the same condition. */
export interface Head {
  readonly n: number;
  readonly hash: string;
}

export const beginning = (trail: string): Head => ({ n: 0, hash: trail });

export function append(trail: string, head: Head, draft: Draft, at: Instant): Entry {
  const entry = { trail, n: head.n + 1, at, before: head.hash, did: draft.did, by: draft.by, facts: draft.facts };
  return { ...entry, hash: digest(entry) };
}

/** The first thing that is wrong with a trail, or with what of it follows `from`; undefined where it is whole and ends where it should. */
export function broken(
  trail: string,
  entries: readonly Entry[],
  head: Head,
  from: Head = beginning(trail),
): string | undefined {
  let last = from;
  for (const entry of entries) {
    const { hash, ...rest } = entry;
    if (entry.trail !== trail) return `entry ${last.n + 1} belongs to another trail`;
    if (entry.n !== last.n + 1) return `entry ${last.n + 1} is missing`;
    if (entry.before !== last.hash) return `entry ${entry.n} does not follow the one before it`;
    if (digest(rest) !== hash) return `entry ${entry.n} was changed`;
    last = { n: entry.n, hash };
  }
  if (last.n !== head.n) return `it ends at entry ${last.n}, and should end at ${head.n}`;
  return last.hash === head.hash ? undefined : `entry ${last.n} is not the one that it should end with`;
}
