import type { AccountId, Instant, SessionId } from "../kernel/index.ts";

/** One signal used for or against "this account is accountable for that". What it weighs is in the table of kinds, never stored. */
export interface Evidence {
  readonly kind: EvidenceKind;
  readonly candidate: AccountId;
  readonly source: string; // the connector
  readonly eventId: string;
  readonly at: Instant;
  readonly through?: readonly SessionId[]; // the sessions between, the nearest first: it was learned of the last one
}

export const EVIDENCE_KINDS = [
  "issued-by", // who created the credential, shown by an id that its holder cannot set
  "issued-in-sso-session", // the same, shown by a session that the identity provider named
  "issued-in-saml-session", // the same, shown by a session that a SAML identity provider named
  "issued-under-source-identity", // the same, shown by the source identity that whoever opened the session gave
  "issued-in-session", // the same, shown by a session name that its holder chose
  "identity-made-by", // who created the identity that holds it
  "identity-made-in-sso-session",
  "identity-made-in-saml-session",
  "identity-made-under-source-identity",
  "identity-made-in-session",
  "opened-by", // whose the session is
  "opened-in-sso-session",
  "opened-in-saml-session",
  "opened-under-source-identity",
  "opened-in-session",
  "opened-in-run", // who started the run that was where and when it was opened: inferred, no id joins them
  "issued-in-run",
  "identity-made-in-run",
  "opened-in-long-run", // the same of one that went on for hours more: it was there and mostly waited, so it names nobody, and may have been it
  "issued-in-long-run",
  "identity-made-in-long-run",
  "opened-in-automatic-run", // the same of a run that nobody started by hand: it names nobody, and may have been it
  "issued-in-automatic-run",
  "identity-made-in-automatic-run",
  "identity-renamed", // it had another name before, or somebody else may have this one since: who made the one so called says nothing of what it holds
  "authorised-by", // who consented to the grant
  "held-by", // the identity is itself a person's account
  "agent-of", // the identity is named after a person's agent
  "declared", // a tag or an owner field
  "declared-in-code", // CODEOWNERS of the repository whose pipeline made it
] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

/** What a person said about an owner. Not a weight: it holds until withdrawn, or until the standing of the one named ends. */
export interface Statement {
  readonly speaker: AccountId;
  readonly role: "self" | "security" | "manager";
  readonly candidate: AccountId;
  readonly says: "accept" | "reject" | "withdraw";
  readonly at: Instant;
  readonly eventId: string;
}

export interface Candidate {
  readonly account: AccountId;
  readonly confidence: number;
  readonly evidence: readonly Evidence[];
  readonly unforgeable: boolean; // some of it could not have been set by whoever holds the credential
}

/** First of the candidates, and how sure we are. `word` is what people are shown. */
export interface Owner {
  readonly account: AccountId;
  readonly confidence: number;
  readonly word: "certain" | "likely" | "possible" | "unknown";
  readonly unforgeable: boolean;
  readonly stated: boolean; // a person said so
}
