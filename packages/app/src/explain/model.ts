import type { Forger, Owner } from "@leasehold/core/attribution";
import type { Instant } from "@leasehold/core/kernel";

/** One thing on the way from what is asked about to a person. */
export interface Link {
  readonly id: string;
  readonly kind: "credential" | "identity" | "session" | "account" | "person";
  readonly name: string | undefined; // in the vendor's words
  readonly says: readonly string[]; // what else is known of it: its type and state, its role, the accounts and how they stand
}

/** What joins two of them. */
export interface Hop {
  readonly from: string; // the nearer one
  readonly to: string;
  readonly says: string;
  readonly at: Instant | undefined;
  readonly eventId: string | undefined;
  readonly source: string | undefined;
  readonly forgeableBy: Forger;
}

/** One way, nearest first: to a candidate, or to where it breaks off. */
export interface Chain {
  readonly to: { readonly account: string; readonly word: Owner["word"]; readonly confidence: number } | undefined;
  readonly links: readonly Link[];
  readonly hops: readonly Hop[]; // between the last two there may be several
  readonly end: string | undefined; // why it goes no further, as a sentence
}
export interface Explanation {
  readonly subject: Link;
  readonly chains: readonly Chain[]; // the likeliest candidate's first
}
