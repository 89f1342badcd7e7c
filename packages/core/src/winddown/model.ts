import type { Blast, Plan, Receipt, Reversibility, State } from "../connector/index.ts";
import {
  type AccountId,
  type CaseId,
  type CredentialId,
  type DecisionId,
  digest,
  type Instant,
  type PersonId,
  type WindDownId,
} from "../kernel/index.ts";

/** How far down a credential has been taken. */
export const RUNGS = ["flagged", "quarantined", "disabled", "deleted"] as const;
export type Rung = (typeof RUNGS)[number];

/** What people said about this one credential. Silence is not an answer; it is a deadline. */
export type Answer =
  | { readonly kind: "keep"; readonly newOwner: AccountId; readonly accepted: boolean; readonly lapses: Instant }
  | { readonly kind: "hold"; readonly until: Instant; readonly at: Rung } // not below this rung
  | { readonly kind: "leave-off"; readonly by: AccountId; readonly at: Instant } // disabled, and nobody wants it deleted
  | { readonly kind: "yes"; readonly token: string; readonly voices: readonly Voice[] } // to what was shown
  | { readonly kind: "undo"; readonly by: AccountId | undefined; readonly at: Instant }; // back to where it was; a reinstatement has no speaker
export interface Voice {
  readonly account: AccountId;
  readonly person: PersonId; // the cluster that the account belonged to when it spoke
  readonly accounts?: readonly AccountId[]; // all of that cluster: two voices that share one are one person's
  readonly security: boolean;
  readonly second?: true; // an operator's: heard beside somebody else's, and never alone
  readonly at: Instant;
}

/**
 * Who would rather have something short-lived in its place. It is neither a yes nor a keep: nothing decides by it, the question
 * goes on, and so does its silence.
 */
export type Wish = Pick<Voice, "account" | "person" | "accounts" | "at">;

/** The question now before people: when a desk accepted it, what it showed, and what it said would happen if nobody answers. */
export interface Question {
  readonly asked: Instant;
  readonly until: Instant;
  readonly token: string;
  readonly ifSilent: "nothing" | "goes down";
  readonly last: boolean; // put to the end of the chain: nobody is left to ask
  readonly custodian: AccountId;
  readonly decision: DecisionId;
  readonly also?: readonly DecisionId[]; // the same question, put to others at the same time
}

/** A rung still to come, with what the provider's action for it declares. */
export interface Descent {
  readonly to: Rung;
  readonly reversibility: Reversibility;
  readonly blast: Blast;
}

/** A step that we took, kept so that it can be taken back. */
export interface Act {
  readonly from: Rung;
  readonly to: Rung;
  readonly receipt: Receipt;
  readonly at: Instant;
  readonly verified: "confirmed" | "unconfirmed" | "still alive" | undefined; // undefined: not yet read back
  readonly proof?: Proof | undefined;
}

/** When it was read back, which is never the instant of the call; and until when a session opened before can live on. */
export interface Proof {
  readonly at: Instant;
  readonly sessions?: Instant | undefined;
}

/** An act that no longer stands though we did not take it back, and why. */
export interface Lost {
  readonly act: Act;
  readonly as: "somebody changed it after us" | "a person brought it back";
}

export interface WindDown {
  readonly id: WindDownId;
  readonly case: CaseId; // that opened it; further cases attach
  readonly credential: CredentialId;
  readonly connector: string;
  readonly rung: Rung;
  readonly ladder: readonly Descent[]; // every rung that this provider can reach, nearest first; never used up
  readonly acts: readonly Act[]; // ours that still stand, newest last; a break in what they left ends them all
  readonly question: Question | undefined;
  readonly wants: string | undefined; // why people must be asked; the case asks, and the question replaces it
  readonly tried: readonly AccountId[]; // custodians who were asked since the last act and did not answer
  readonly answer: Answer | undefined;
  readonly doubt?: { readonly seen: State } | undefined; // what an act left of which nobody knows what came of it
  readonly lost?: readonly Lost[] | undefined;
  readonly returned: Act | undefined; // an undo that has not been read back yet
  readonly snoozed: boolean; // a question is put off once
  readonly wishes?: readonly Wish[]; // for something short-lived in its place: nothing is decided by them
  readonly exposed?: Instant | undefined; // since when it is known to have leaked: it is asked about in every mode
  readonly drill?: true; // of a drill: it acts on the canary alone, goes no further than an R1 act, and is taken back
  readonly lives: number; // executions begun for it, one after another: the name of the present one
  readonly closed: Closed | undefined;
}
export interface Closed {
  readonly as: Close;
  readonly at: Instant;
}
export const CLOSES = ["kept", "undone", "gone", "bottom", "unresolved"] as const;
export type Close = (typeof CLOSES)[number];

/** What decides whether we may act by ourselves; read live, never stored. `inUse: undefined` is "we do not know". */
export interface Standing {
  readonly mode: "observe" | "ask" | "act";
  readonly owner: AccountId | undefined;
  readonly contested: boolean; // switched on again after us, undone, or left unknown: silence never acts on it again
  readonly departed: boolean; // the owner has left: confirmed, and still true when read again just now
  readonly confidence: number;
  readonly inUse: boolean | undefined;
  readonly shared: boolean;
  readonly unforgeable: boolean; // some evidence could not have been set by whoever holds the credential
  readonly notBefore: Instant | undefined; // outside staffed hours or in a change freeze: when silence may act again
  readonly protected: string | undefined; // a never-touch rule: its reason; refused whatever anybody answered
}

/** What was read from the outside just before deciding. */
export interface View {
  readonly state: State;
  readonly gone: boolean; // a deletion event, a whole list or our own receipt agrees that it is gone
  readonly plan: Plan | undefined; // of the next descent, drawn from that state; undefined at the bottom
  readonly settled: Instant | undefined; // when what we last did can be read back; undefined where nothing waits for it
  readonly isBack: boolean; // of a newest act that only a person can take back: somebody has
  readonly restored?: Instant | undefined; // when somebody was last heard to switch it on; an act older than that no longer stands
  readonly standing: Standing;
  readonly speakers?: Readonly<Record<AccountId, readonly AccountId[]>>; // of those who said yes: who they are by now
}

export interface Policy {
  readonly grace: number; // hours switched off before deletion; never less than LEAST_GRACE
}

/** Whether a message of this decision shows the question that stands now. */
export const isAskedIn = ({ question }: Pick<WindDown, "question">, decision: DecisionId): boolean =>
  question?.decision === decision || question?.also?.includes(decision) === true;

/** What is shown and agreed to: the plan, whose credential it is, and whether that one has left. */
export function shown({ token }: Plan, { owner, departed }: Standing): string {
  return digest([token, owner ?? null, departed]);
}
