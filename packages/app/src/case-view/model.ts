import type { Case, Completeness, Moved, Trigger } from "@leasehold/core/casework";
import type { AccountId, CaseId, CredentialId, DecisionId, Instant, WindDownId } from "@leasehold/core/kernel";
import type { Answer, Back, Closed, Lost, Question, Rung } from "@leasehold/core/winddown";
import type { Intent } from "../world/index.ts";

/** A case as it is shown: plain data, read from the store alone. What is not there is left out. */
export interface CaseView {
  readonly id: CaseId;
  readonly status: Case["status"];
  readonly gate: Case["gate"]; // what the live read said
  readonly certainty: Case["certainty"]; // how sure it is that they left, and by whose words; not of a case about a credential
  readonly person: PersonView; // about whom
  readonly triggers: readonly Trigger[];
  readonly closed: Case["closed"];
  readonly items: readonly ItemView[];
  readonly messages: readonly MessageView[];
  readonly completeness: Completeness | undefined; // once it is closed
  readonly trail: Root;
}

/** Somebody by the account that stands for all of theirs. */
export interface PersonView {
  readonly account: AccountId;
  readonly name: string | undefined;
  readonly email: string | undefined;
}

/** Where a trail ends: with the entries themselves, this is the proof. */
export interface Root {
  readonly entries: number;
  readonly hash: string;
}

/** One credential of a case. Without a wind-down it was left, and `left` says why. */
export interface ItemView {
  readonly credential: CredentialId;
  readonly type: string | undefined; // in the provider's words
  readonly connector: string | undefined;
  readonly identity: string | undefined; // its name
  readonly reach: string;
  readonly lastUsed: string; // a day, never, unknown
  readonly state: string; // as the graph has it: on, off, deleted, unknown
  readonly owner: OwnerView | undefined;
  readonly left: string | undefined;
  readonly moved: readonly Moved[]; // since the case drew its plan for it, while it is open
  readonly windDown: WindDownView | undefined;
}
export interface OwnerView extends PersonView {
  readonly confidence: number;
  readonly word: "certain" | "likely" | "possible" | "unknown";
  readonly standing: string;
}
export interface WindDownView {
  readonly id: WindDownId;
  readonly openedBy: CaseId; // further cases attach to it
  readonly rung: Rung;
  readonly question: QuestionView | undefined;
  readonly wants: string | undefined; // why somebody must be asked
  readonly answer: Answer | undefined;
  readonly wishes: readonly WishView[]; // to move it to something short-lived; no answers
  readonly acts: readonly ActView[]; // that stand, oldest first
  readonly lost: readonly LostView[]; // what an undo cannot bring back any more, or a person has brought back
  readonly back: Back | undefined; // how far an undo came; undefined where nobody wants it back
  readonly intent: Pick<Intent, "key" | "to" | "does" | "actBy"> | undefined; // written down, and not yet closed
  readonly closed: Closed | undefined;
  readonly trail: Root;
}
export interface QuestionView extends Pick<Question, "asked" | "until" | "ifSilent" | "last" | "decision"> {
  readonly custodian: PersonView;
}
export interface ActView {
  readonly verb: string;
  readonly from: Rung;
  readonly to: Rung;
  readonly at: Instant;
  readonly adopted: boolean; // it was so when we came to change it
  readonly verified: "confirmed" | "unconfirmed" | "still alive" | "not yet";
  readonly readAt: Instant | undefined; // of the proof, never of the call
  readonly sessionsUntil: Instant | undefined; // the latest instant at which a session opened before can live
  readonly final: boolean; // confirmed, and watched until then; and nothing was left on
  readonly left: string | undefined; // what goes on all the same
  readonly wayBack: string | undefined; // where only a person can go it
}
export interface WishView extends PersonView {
  readonly at: Instant;
}
/** An act of ours that no longer stands, and is not ours to take back. */
export interface LostView extends ActView {
  readonly because: Lost["as"];
}

/** One custodian's message. */
export interface MessageView {
  readonly decision: DecisionId;
  readonly custodian: PersonView;
  readonly desks: readonly string[]; // that took it; none: nobody was asked yet
  readonly asked: Instant | undefined;
  readonly reminded: Instant | undefined;
  readonly until: Instant;
  readonly last: boolean; // nobody comes after this custodian
  readonly closed: boolean;
  readonly kept?: Instant; // nobody was asked yet: it comes with others, then
  readonly items: readonly WindDownId[];
}
