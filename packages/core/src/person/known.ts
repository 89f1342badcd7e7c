import type { AccountId } from "../kernel/index.ts";
import type { Edge, Subject } from "../lineage/index.ts";

/** What the graph has of one account: its node, and the `same-as` and `addressed-by` edges that begin at it. */
export interface Known {
  readonly subject: Subject | undefined;
  readonly links: readonly Edge[];
}

/** Undefined: not read yet. Deciding is pure, so it names what it still needs, and is asked again once that was read. */
export type Lookup = (account: AccountId) => Known | undefined;

/** A lookup that remembers what was missing. */
export interface Reading {
  readonly of: (account: AccountId) => Known;
  readonly unread: () => readonly AccountId[];
}

export function reading(lookup: Lookup): Reading {
  const missing = new Set<AccountId>();
  return {
    of: (account) => {
      const known = lookup(account);
      if (known === undefined) missing.add(account);
      return known ?? NOTHING;
    },
    unread: () => [...missing].sort(),
  };
}

const NOTHING: Known = { subject: undefined, links: [] };
