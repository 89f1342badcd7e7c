import type { CaseId, CredentialId, Instant, WindDownId } from "../kernel/index.ts";

/** One wind-down as its trail tells it: nothing here is read from anywhere else. */
export interface ItemStory {
  readonly windDown: WindDownId;
  readonly case: CaseId | undefined; // that opened it
  readonly credential: CredentialId | undefined;
  readonly connector: string; // "unknown" in a trail that began before this was written down
  readonly type: string;
  readonly opened: Instant | undefined;
  readonly rung: string; // where our acts that stand have left it
  readonly questions: readonly Asked[];
  readonly answers: readonly Answered[];
  readonly wishes: readonly Wished[]; // for something short-lived in its place: no answers
  readonly acts: readonly Acted[];
  readonly askedAt: Instant | undefined; // the first question that a desk took
  readonly disabledAt: Instant | undefined; // the first act after which it no longer authenticated
  readonly verifiedAt: Instant | undefined; // the first proof of that
  readonly undoAsked: { readonly at: Instant; readonly by: string } | undefined;
  readonly closed: { readonly as: string; readonly at: Instant } | undefined;
  readonly waits: string | undefined; // why people had to be asked last
}
export interface Asked {
  readonly at: Instant;
  readonly of: string; // an account
  readonly until: string;
  readonly ifSilent: string;
}
export interface Answered {
  readonly at: Instant;
  readonly by: string; // an account
  readonly choice: string;
}
export type Wished = Omit<Answered, "choice">;
export interface Acted {
  readonly at: Instant;
  readonly does: "descend" | "undo";
  readonly verb: string;
  readonly to: string;
  readonly how: "done" | "adopted" | "outcome unknown";
  readonly verdict: string; // "not yet" until it is read back
  readonly provenAt: Instant | undefined; // when it was read back, never when it was called
}

export interface CaseStory {
  readonly case: CaseId;
  readonly drill: boolean;
  readonly triggers: readonly Triggered[];
  readonly gates: readonly GateRead[];
  readonly reinstated: Instant | undefined;
  readonly asked: readonly { readonly at: Instant; readonly of: string }[];
  readonly closed: { readonly at: Instant; readonly because: string } | undefined; // its last closing
}
export interface GateRead {
  readonly at: Instant;
  readonly says: string;
  readonly certainty: string; // "unknown" in a trail from before it was written down
  readonly because: string;
  readonly live: string; // what the directory answered then
  readonly said: string; // by which source, and since when
}
export interface Triggered {
  readonly kind: string;
  readonly subject: string; // an account or a credential
  readonly occurredAt: Instant;
  readonly recordedAt: Instant; // when we first learned of it
}
