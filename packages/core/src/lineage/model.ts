import type { Evidence, Owner, Statement } from "../attribution/index.ts";
import type { AccountId, CaseId, CredentialId, IdentityId, Instant, SessionId, WindDownId } from "../kernel/index.ts";

export type SubjectId = AccountId | IdentityId | CredentialId | SessionId;
export type SubjectKind = "account" | "identity" | "credential" | "session";

/** What was last said about one attribute. The latest occurredAt wins; ties go to the greater event id, then the greater value. */
export interface Fact {
  readonly value: string;
  readonly at: Instant;
  readonly eventId: string;
}

/** One value of an attribute that is asked for as of an instant: manager, e-mail, team, standing. Sorted by `at`, each once. */
export interface Turn {
  readonly value: string;
  readonly at: Instant;
}

/** A node and everything that its joins remember. The owner is not here: it is folded from the evidence. */
export interface Subject {
  readonly id: SubjectId;
  readonly kind: SubjectKind;
  readonly tenant: string;
  readonly facts: Readonly<Record<string, Fact>>;
  readonly turns: Readonly<Record<string, readonly Turn[]>>;
  readonly evidence: readonly Evidence[];
  readonly statements: readonly Statement[];
}

/** An edge keeps when it was first and last asserted, and when it was last retracted; it holds while asserted later than retracted. */
export interface Edge {
  readonly from: string;
  /**
   * made: in a session, whatever came into being there; runs: from a role to whatever acts by it; uses: what it calls, or calls with;
   * reads, read-by: who has had a secret's value in hand, both ways; may-read: whom its policy lets; kept-in: where a credential lies.
   */
  readonly rel:
    | ("holds" | "made" | "runs" | "uses" | "same-as" | "addressed-by" | "alias" | "agent")
    | ("reads" | "read-by" | "may-read" | "kept-in");

  readonly to: string;
  readonly first: Instant;
  readonly last: Instant;
  readonly retracted: Instant | undefined;
}

/** What one signal says about one subject, before it is joined. */
export interface Contribution {
  readonly subject: Pick<Subject, "id" | "kind" | "tenant">;
  readonly facts: Readonly<Record<string, Fact>>;
  readonly turns: Readonly<Record<string, readonly Turn[]>>;
  readonly evidence: readonly Evidence[];
  readonly edges: readonly Edge[];
}

/** A subject as it is stored: with what is not joined, but decided, beside it. */
export interface Node {
  readonly subject: Subject;
  readonly owner: Owner | undefined; // as folded at the last write, for the index; read again before anything is done with it
  readonly announced: Instant | undefined; // of an account: the departure that was last announced
  readonly openCase: CaseId | undefined; // of an account
  readonly windDown: WindDownId | undefined; // of a credential: the open one
  readonly left?: WindDownId | undefined; // of a credential: the one that closed and whose acts still stand
  readonly handed?: string; // of a maker of many: what of it every one of them is known to have; see handedMark
  readonly contested: Instant | undefined; // of a credential: switched on again after us, undone or left unknown
  readonly pending: readonly PendingKind[];
}

/** What a write left to be said; rendered when it is announced. `version` is that of the write, so that a later one is never cleared. */
export interface PendingKind {
  readonly kind: PendingName;
  readonly version: number;
  readonly found?: Found; // left out where an event brought it
}

/** How we learned of something that no event had told of. */
export type Found = "poll" | "sweep";
export const PENDING = [
  "person.left",
  "person.held",
  "person.moved",
  "person.reinstated",
  "owner.changed",
  "credential.changed",
  "credential.exposed",
] as const;
export type PendingName = (typeof PENDING)[number];
