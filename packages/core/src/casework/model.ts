import type { AtBrake, HandId, HoldId } from "../brake/index.ts";
import type { Ticket } from "../connector/index.ts";
import type { AccountId, CaseId, CredentialId, DecisionId, Instant, WindDownId } from "../kernel/index.ts";
import type { Found } from "../lineage/index.ts";
import type { Certainty } from "../person/index.ts";
import type { Basis } from "./basis.ts";

export const TRIGGERS = ["left", "held", "moved", "orphan", "exposed", "drill"] as const;

/** What opened a case: one account's departure, hold or move; a credential that nobody in good standing owns, or that has leaked. */
export interface Trigger {
  readonly kind: (typeof TRIGGERS)[number];
  readonly subject: AccountId | CredentialId;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  readonly eventId: string;
  readonly found?: "event" | Found; // how we learned of it; what an earlier release opened does not say
}

/** What a live read said about the one who is said to have left; `moved`: they are there, and nobody said that they left. */
export type Gate = "unread" | "departed" | "false leaver" | "unconfirmed" | "moved" | "no departure"; // the last: it is about a credential

/** Whether a case is a review after a move, and nothing more: nobody has said that the person left or is held. */
export const isReview = ({ triggers }: Pick<Case, "triggers">): boolean =>
  triggers.every(({ kind }) => kind === "moved");

/** The credential that a case is about, where it is about one and not about a person. */
export function credentialIn({ triggers }: Pick<Case, "triggers">): CredentialId | undefined {
  const subject = triggers[0]?.subject;
  return isCredential(subject) ? subject : undefined;
}
const isCredential = (subject: string | undefined): subject is CredentialId => subject?.startsWith("crd_") === true;

export const isExposure = ({ triggers }: Pick<Case, "triggers">): boolean =>
  triggers.some(({ kind }) => kind === "exposed");

/** What points to a case while it is open: the person's accounts, or the one credential. */
export const pointersOf = (one: Pick<Case, "triggers" | "accounts">): readonly (AccountId | CredentialId)[] => {
  const credential = credentialIn(one);
  return credential === undefined ? one.accounts : [credential];
};
/** Whether it began as a drill, and so may act on what is named with its canary alone. What joins a real case makes no drill of it. */
export const isDrill = ({ triggers: [first] }: Pick<Case, "triggers">): boolean => first?.kind === "drill";
/** What first told us that they left: of this departure, and not of one that was taken back. */
export const departureOf = ({ triggers, again }: Pick<Case, "triggers" | "again">): Trigger | undefined =>
  triggers
    .filter(({ kind, recordedAt }) => kind === "left" && (again === undefined || recordedAt >= again))
    .toSorted((a, b) => (a.recordedAt < b.recordedAt ? -1 : 1))[0];

/** Everything that one trigger about one person opened. It asks people; its wind-downs act. */
export interface Case {
  readonly id: CaseId;
  readonly triggers: readonly Trigger[]; // the one that opened it first; later sources of the same departure join
  readonly accounts: readonly AccountId[]; // the person's cluster when it was opened; none where it is about a credential
  readonly gate: Gate;
  readonly certainty?: Read | undefined; // what the gate rests on; undefined: not read yet, or not about a person
  readonly items: readonly Item[];
  readonly status: "open" | "closed";
  readonly closed: { readonly at: Instant; readonly because: string } | undefined;
  readonly completeness: Completeness | undefined;
  readonly lives: number; // executions begun for it, one after another
  readonly brake?: AtBrake | undefined; // what the brake made of the departure; undefined: nothing of it was to be acted on yet
  readonly again?: Instant | undefined; // left again after they were back: what was recorded before is another departure
}

/** How sure it is that they have left, and when the directories were asked. */
export interface Read extends Certainty {
  readonly at: Instant;
}

/** One credential of a case: taken down by a wind-down of its own, or left, and why. */
export interface Item {
  readonly credential: CredentialId;
  readonly windDown: WindDownId | undefined;
  readonly left: string | undefined;
  readonly basis?: Basis | undefined; // what its plan rested on when the case took it in
}

/** Why somebody is asked, and who was not asked before them: said in the message. */
export interface Why {
  readonly as: "offered" | "manager" | "next" | "last" | "owner" | "security";
  readonly skipped: readonly { readonly account: AccountId; readonly because: string }[];
}

/** One custodian's message: with an answer for each item in it. The id is random, because it travels. */
export interface Decision {
  readonly id: DecisionId;
  readonly case: CaseId | HoldId | HandId; // a hold of the brake's, or a hand on it: whoever may release it has a message, too
  readonly custodian: AccountId;
  readonly why?: Why; // a notice has none, nor has what an earlier release asked
  readonly items: readonly DecisionItem[];
  readonly tickets: readonly Ticket[]; // of every desk that took it
  readonly asked: Instant | undefined; // undefined: no desk has accepted it yet
  readonly reminded: Instant | undefined;
  readonly until: Instant;
  readonly last: boolean; // nobody comes after this custodian
  readonly heard: readonly string[]; // ids of clicks, so that a replayed one is told so
  readonly placed: boolean; // every item of it has its question; until then a crash takes this one up again
  readonly rendered: string; // digest of what the message shows of its items now
  readonly closed: boolean;
  readonly kept?: Instant | undefined; // no desk was asked yet: it is kept back until then, to be asked with others in one message
  readonly lead?: DecisionId | undefined; // whose message shows it; undefined: its own
  readonly joined?: readonly DecisionId[] | undefined; // of other cases, that this one's message shows too
  readonly cut?: true | undefined; // no desk showed all: what is not in `items` is asked in a later message
}
export interface DecisionItem {
  readonly windDown: WindDownId;
  readonly token: string; // of what was shown
  readonly ifSilent: "nothing" | "goes down";
}

/** A secret of somebody else's that one who left had in hand or may read: its owner is asked to rotate it, and we switch nothing off. */
export interface InHand {
  readonly location: CredentialId; // the secret, not what is in it
  readonly owner: AccountId | undefined; // undefined: nobody is known
  readonly read: Instant | undefined; // the last day on which they had its value in hand; undefined: its policy lets them, and no read was seen
  readonly rotated: Instant | undefined; // it has another value since they left
  readonly old: "rejected" | "still taken" | "cannot be told"; // the value that they had
}

/** What a case looked at, and what it did not. */
export interface Completeness {
  readonly sources: readonly {
    readonly connector: string;
    readonly whole: boolean;
    readonly at: Instant | undefined;
  }[];
  readonly places?: readonly { readonly connector: string; readonly tenant: string }[]; // where the person's accounts and credentials are
  readonly inHand?: readonly InHand[]; // secrets of others; left out where nobody left
  readonly kept?: readonly { readonly credential: CredentialId; readonly places: readonly CredentialId[] }[]; // secrets that name one of its credentials
  readonly notSupported: readonly string[]; // types of credential that were seen and cannot be taken down
  readonly left: readonly { readonly credential: CredentialId; readonly because: string }[];
  readonly notVisible: readonly string[]; // each a sentence
  readonly notLookedFor?: readonly string[]; // what nobody looks for yet, each a sentence
  readonly roots: readonly { readonly windDown: WindDownId; readonly entries: number; readonly hash: string }[];
}
