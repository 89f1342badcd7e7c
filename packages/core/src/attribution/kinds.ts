import type { EvidenceKind } from "./model.ts";

/** Evidence of one class tells the same thing again, however often it is said: it counts once. */
export type SourceClass = "issuance" | "identity" | "opening" | "consent" | "account" | "declaration";

/** What one kind of evidence is worth by itself, how long, and who could have made it up. */
export interface Kind {
  readonly weight: number; // natural logarithm of the likelihood ratio
  readonly halfLife: number; // days
  readonly sourceClass: SourceClass;
  readonly forgeableBy: "nobody" | "holder" | "administrator";
  readonly reason: string; // shown beside the evidence
}

const DECADE = 3_650;

/**
 * The weights, in one place, so that a rebuild with another table is one change. Fitted by `npm run bench -- attribution-fit
 * --people 500 --seeds 20` on the odd seeds of 1 to 20, and measured on the even ones. What no estate has (SAML, names like a
 * person's) is set beside what is like it; half-lives are judgement.
 * What is learned through a chain of sessions has the kind of the deed and of the hop that named somebody: exact ids join the
 * hops, and take nothing off. So a chain and a direct word of the same deed are of one class and count once.
 */
export const KINDS: Readonly<Record<EvidenceKind, Kind>> = {
  "issued-by": {
    weight: 2.92,
    halfLife: DECADE,
    sourceClass: "issuance",
    forgeableBy: "nobody",
    reason: "created the credential, shown by an id that its holder cannot set",
  },
  "issued-in-sso-session": {
    weight: 2.92,
    halfLife: DECADE,
    sourceClass: "issuance",
    forgeableBy: "administrator",
    reason: "created the credential, shown by a session that the identity provider named",
  },
  "issued-in-saml-session": {
    weight: 2.87,
    halfLife: DECADE,
    sourceClass: "issuance",
    forgeableBy: "administrator",
    reason: "created the credential, shown by a session that a SAML identity provider named",
  },
  "issued-under-source-identity": {
    weight: 2.5,
    halfLife: 365,
    sourceClass: "issuance",
    forgeableBy: "holder",
    reason: "created the credential, shown only by a source identity that whoever opened the session chose",
  },
  "issued-in-session": {
    weight: 2.5,
    halfLife: 365,
    sourceClass: "issuance",
    forgeableBy: "holder",
    reason: "created the credential, shown only by a session name that anybody could have chosen",
  },
  "identity-made-by": {
    weight: 2.63,
    halfLife: DECADE,
    sourceClass: "identity",
    forgeableBy: "nobody",
    reason: "created the identity that holds it, shown by an id that its holder cannot set",
  },
  "identity-made-in-sso-session": {
    weight: 2.63,
    halfLife: DECADE,
    sourceClass: "identity",
    forgeableBy: "administrator",
    reason: "created the identity that holds it, shown by a session that the identity provider named",
  },
  "identity-made-in-saml-session": {
    weight: 2.58,
    halfLife: DECADE,
    sourceClass: "identity",
    forgeableBy: "administrator",
    reason: "created the identity that holds it, shown by a session that a SAML identity provider named",
  },
  "identity-made-under-source-identity": {
    weight: 2.25,
    halfLife: 365,
    sourceClass: "identity",
    forgeableBy: "holder",
    reason: "created the identity that holds it, shown only by a source identity that whoever opened the session chose",
  },
  "identity-made-in-session": {
    weight: 2.25,
    halfLife: 365,
    sourceClass: "identity",
    forgeableBy: "holder",
    reason: "created the identity that holds it, shown only by a session name that anybody could have chosen",
  },
  "opened-by": {
    weight: 2.92,
    halfLife: DECADE,
    sourceClass: "opening",
    forgeableBy: "nobody",
    reason: "opened the session, shown by an id that its holder cannot set",
  },
  "opened-in-sso-session": {
    weight: 2.92,
    halfLife: DECADE,
    sourceClass: "opening",
    forgeableBy: "administrator",
    reason: "opened the session, shown by the name that the identity provider gave it",
  },
  "opened-in-saml-session": {
    weight: 2.87,
    halfLife: DECADE,
    sourceClass: "opening",
    forgeableBy: "administrator",
    reason: "opened the session, shown by the name that a SAML identity provider gave it",
  },
  "opened-under-source-identity": {
    weight: 2.5,
    halfLife: 365,
    sourceClass: "opening",
    forgeableBy: "holder",
    reason: "opened the session, shown only by a source identity that they chose",
  },
  "opened-in-session": {
    weight: 2.5,
    halfLife: 365,
    sourceClass: "opening",
    forgeableBy: "holder",
    reason: "opened the session, shown only by a session name that anybody could have chosen",
  },
  "authorised-by": {
    weight: 4.6,
    halfLife: DECADE,
    sourceClass: "consent",
    forgeableBy: "nobody",
    reason: "consented to the grant",
  },
  "held-by": {
    weight: 0.3,
    halfLife: DECADE,
    sourceClass: "account",
    forgeableBy: "administrator",
    reason: "the identity carries this person's address as its name",
  },
  declared: {
    weight: 2.58,
    halfLife: 180, // a tag means little by month six
    sourceClass: "declaration",
    forgeableBy: "holder",
    reason: "named as the owner in a tag or an owner field",
  },
};

/** The chances that somebody handed on without a word what they had made. */
export interface HandedOn {
  readonly left: number; // before they left
  readonly moved: number; // when they moved to another team
}

/** All that the fold goes by. Another table over the same state is another attribution, and nothing is stored of either. */
export interface Weights {
  readonly kinds: Readonly<Record<EvidenceKind, Kind>>;
  readonly handedOn: HandedOn;
}

export const WEIGHTS: Weights = { kinds: KINDS, handedOn: { left: 0.03, moved: 0.03 } };
