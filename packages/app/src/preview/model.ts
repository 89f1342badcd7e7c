import type { Basis, Moved } from "@leasehold/core/casework";
import type { Blast, Collateral, PersonState, Reversibility, Verb } from "@leasehold/core/connector";
import type { CaseId, CredentialId, Instant, WindDownId } from "@leasehold/core/kernel";
import type { Caller } from "@leasehold/core/usage";
import type { Closed, Rung } from "@leasehold/core/winddown";
import type { BrakeView } from "../brake/index.ts";
import type { Named } from "../question/index.ts";
import type { Ahead } from "./course.ts";

/** What would become of everything that one person owns, or of one credential. Nothing was changed for it, and nobody was asked. */
export interface Preview {
  readonly made: Instant;
  readonly from: Instant; // the departure that is supposed, or now
  readonly token: string; // one name for all that it rests on: equal where nothing moved
  readonly person: Named | undefined; // undefined: nobody owns the credential
  readonly live: PersonState; // what the directory says, asked now
  readonly supposed: boolean; // they have not left: this is what would happen
  readonly case: CaseId | undefined; // that is open already
  readonly chain: { readonly custodians: readonly Named[]; readonly skipped: readonly Skipped[] };
  readonly totals: Totals; // of the whole, whatever page this is
  readonly items: readonly ItemPreview[]; // of this page; `token` is of them
  readonly next: CredentialId | undefined; // more follow, after this one
  readonly brake: BrakeView;
  readonly missing: readonly Missing[]; // by connector: what would keep us from looking or acting
  readonly notVisible: readonly string[];
}
export interface Totals {
  readonly credentials: number;
  readonly reach: Readonly<Record<string, number>>; // how many reach how far
  readonly underWay: number; // with an open wind-down
}
export interface Skipped extends Named {
  readonly because: string;
}
export interface Missing {
  readonly connector: string;
  readonly what: readonly string[]; // each a sentence
}

export interface ItemPreview {
  readonly credential: CredentialId;
  readonly type: string | undefined;
  readonly connector: string | undefined;
  readonly identity: string | undefined;
  readonly mode: Basis["mode"];
  readonly state: string;
  readonly reach: string;
  readonly owner:
    | (Named & { readonly confidence: number; readonly word: string; readonly unforgeable: boolean })
    | undefined;
  readonly use: Use;
  readonly protected: string | undefined; // why it is never touched
  readonly doubts: readonly string[]; // why silence does nothing to it; none where it does, or where it could not be looked at
  readonly windDown: WindDownId | undefined; // that is open, or was
  readonly closed: Closed | undefined;
  readonly wishes: readonly (Named & { readonly at: Instant })[]; // to move it to something short-lived; no answers
  readonly rungs: readonly RungPreview[];
  readonly silence: readonly Course[]; // what happens where nobody answers
  readonly yes: readonly Course[]; // where everybody who is asked says yes at once
  readonly breaks: Breaks;
  readonly counterfactual: Counterfactual;
  readonly basis: Basis;
  readonly moved: readonly Moved[]; // since the open case drew its plan
}
export type Course =
  | Exclude<Ahead, { readonly does: "asks" }>
  | (Omit<Extract<Ahead, { readonly does: "asks" }>, "custodian"> & { readonly custodian: Named });

export interface Use {
  readonly inUse: boolean | undefined; // within 30 days; undefined: nobody can say, which counts as in use
  readonly last: Instant | "never" | "unknown"; // the later of what the provider and the records say
}

/** A step down, as the provider's action declares it and as it would be drawn now. */
export interface RungPreview {
  readonly to: Rung;
  readonly verb: Verb;
  readonly reversibility: Reversibility;
  readonly blast: Blast;
  readonly permissions: readonly string[];
  readonly alsoAffects: readonly string[];
  readonly refusals: readonly string[];
  readonly left: string | undefined; // what goes on all the same
  readonly fault: string | undefined; // why it could not be drawn
}

/** What else goes down, or does not. */
export interface Breaks {
  readonly shared: boolean;
  readonly siblings: readonly Sibling[]; // other credentials of the same identity
  readonly fullAt: number | undefined; // so many of the type stand on the identity, and it can have no more
  readonly collateral: readonly Collateral[];
  readonly sessionsUntil: Instant | undefined; // the latest that a session opened with it could live
}
export interface Sibling {
  readonly credential: CredentialId;
  readonly type: string | undefined;
  readonly state: string;
  readonly lastUsed: string;
  readonly included: boolean; // in this preview, too
}

/** Had it been done `since` then: the calls that would have failed, of those that were recorded. */
export interface Counterfactual {
  readonly since: Instant;
  readonly until: Instant;
  readonly calls: number;
  readonly approximate: boolean;
  readonly uses: readonly LostUse[]; // most calls first
  readonly notVisible: readonly string[];
}
export interface LostUse {
  readonly caller: Caller;
  readonly person: Named | undefined; // whose account the caller's is
  readonly service: string;
  readonly actions: readonly string[];
  readonly calls: number;
  readonly approximate: boolean;
  readonly last: Instant;
  readonly days: readonly { readonly day: string; readonly calls: number }[];
}
