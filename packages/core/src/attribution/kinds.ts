import type { EvidenceKind } from "./model.ts";

/** Evidence of one class tells the same thing again, however often it is said: it counts once. */
export type SourceClass = "issuance" | "identity" | "opening" | "consent" | "account" | "declaration";

/** Who could have made evidence up. Whoever may push to a repository also says what its pipelines do: no more than a holder is. */
export type Forger = "nobody" | "administrator" | "pusher" | "holder";

/** Neither who holds the credential nor who acts through it could have set it. */
export const isSound = ({ forgeableBy }: Pick<Kind, "forgeableBy">): boolean =>
  forgeableBy === "nobody" || forgeableBy === "administrator";

/** What one kind of evidence is worth by itself, how long, and who could have made it up. */
export interface Kind {
  readonly weight: number; // natural logarithm of the likelihood ratio
  readonly halfLife: number; // days
  readonly sourceClass: SourceClass;
  readonly forgeableBy: Forger;
  readonly byId?: true; // whoever could forge it: the candidate is an account's id, and no address
  readonly reason: string; // shown beside the evidence
  readonly inferred?: true; // no id joins it to the candidate: with all that the holder could have written it is never certain
  readonly namesNobody?: true; // it makes "nobody we know" likelier, and no candidate
}

const DECADE = 3_650;

/**
/**
 * Nobody starts a run under another's name: GitHub names whoever pushed, asked or ran it again. So whose runs were there is out
 * of the hands of the holder, whatever they write into commits and names of sessions. But who runs the repository decides what
 * others' runs do, and whether we hear of them; and a run that we did not hear of is nobody's rival. Where a tenth is not heard of,
 * and one runs every hour for the same ref, 4 in 100 of those named alone are wrong (test/laws/pipelines.test.ts): the weights
 * take that off what an id would be worth.
 */
const STARTED = "started a run in the same repository, for the same ref, at the same time; that run probably";
const WENT_ON =
  "a run in the same repository that lasted longer than six hours was on its way at the same time, and may have";
const BY_ITSELF = "a schedule or a bot started a run in the same repository at the same time, which may have";

/**
 * The weights, in one place, so that a rebuild with another table is one change. Fitted by `npm run bench -- attribution-fit
 * --people 500 --seeds 20` on the odd seeds of 1 to 20, and measured on the even ones. What no estate has (SAML, names like a
 * person's) is set beside what is like it; half-lives are judgement. The fit would have runs of pipelines at 2.92: its repositories
 * are quieter than many, so they are kept to what a session is worth.
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
    weight: 2.79,
    halfLife: DECADE,
    sourceClass: "issuance",
    forgeableBy: "administrator",
    reason: "created the credential, shown by a session that the identity provider named",
  },
  "issued-in-saml-session": {
    weight: 2.74,
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
    weight: 2.51,
    halfLife: DECADE,
    sourceClass: "identity",
    forgeableBy: "administrator",
    reason: "created the identity that holds it, shown by a session that the identity provider named",
  },
  "identity-made-in-saml-session": {
    weight: 2.47,
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
    weight: 2.79,
    halfLife: DECADE,
    sourceClass: "opening",
    forgeableBy: "administrator",
    reason: "opened the session, shown by the name that the identity provider gave it",
  },
  "opened-in-saml-session": {
    weight: 2.74,
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
  "opened-in-run": {
    weight: 2.79,
    halfLife: DECADE,
    sourceClass: "opening",
    forgeableBy: "administrator",
    byId: true,
    inferred: true,
    reason: `${STARTED} opened the session`,
  },
  "issued-in-run": {
    weight: 2.79,
    halfLife: DECADE,
    sourceClass: "issuance",
    forgeableBy: "administrator",
    byId: true,
    inferred: true,
    reason: `${STARTED} created the credential`,
  },
  "identity-made-in-run": {
    weight: 2.51,
    halfLife: DECADE,
    sourceClass: "identity",
    forgeableBy: "administrator",
    byId: true,
    inferred: true,
    reason: `${STARTED} created the identity that holds it`,
  },
  "opened-in-long-run": {
    weight: 2.79,
    halfLife: DECADE,
    sourceClass: "opening",
    forgeableBy: "administrator",
    namesNobody: true,
    reason: `${WENT_ON} opened the session`,
  },
  "issued-in-long-run": {
    weight: 2.79,
    halfLife: DECADE,
    sourceClass: "issuance",
    forgeableBy: "administrator",
    namesNobody: true,
    reason: `${WENT_ON} created the credential`,
  },
  "identity-made-in-long-run": {
    weight: 2.51,
    halfLife: DECADE,
    sourceClass: "identity",
    forgeableBy: "administrator",
    namesNobody: true,
    reason: `${WENT_ON} created the identity that holds it`,
  },
  "opened-in-automatic-run": {
    weight: 2.79,
    halfLife: DECADE,
    sourceClass: "opening",
    forgeableBy: "administrator",
    namesNobody: true,
    reason: `${BY_ITSELF} opened the session`,
  },
  "issued-in-automatic-run": {
    weight: 2.79,
    halfLife: DECADE,
    sourceClass: "issuance",
    forgeableBy: "administrator",
    namesNobody: true,
    reason: `${BY_ITSELF} created the credential`,
  },
  "identity-made-in-automatic-run": {
    weight: 2.51,
    halfLife: DECADE,
    sourceClass: "identity",
    forgeableBy: "administrator",
    namesNobody: true,
    reason: `${BY_ITSELF} created the identity that holds it`,
  },
  "identity-renamed": {
    weight: 2.63, // of what it takes away; it is never added to anything
    halfLife: DECADE,
    sourceClass: "identity",
    forgeableBy: "nobody",
    namesNobody: true,
    reason: "renamed the identity that holds it: whoever made one of that name says nothing any more",
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
  "agent-of": {
    weight: 0.2, // below the address itself: whoever names an agent so says whose it was meant to be
    halfLife: DECADE,
    sourceClass: "account",
    forgeableBy: "administrator",
    reason: "the identity is named with a plus-address of this person's, as their agents are",
  },
  declared: {
    weight: 1.33,
    halfLife: 365, // what makes old tags wrong is mostly that people left or moved, and that is reckoned by itself
    sourceClass: "declaration",
    forgeableBy: "holder",
    reason: "named as the owner in a tag or an owner field",
  },
  "declared-in-code": {
    weight: 1, // below a tag on the thing itself: it says who reviews the workflows, and often that is several. No estate has it
    halfLife: 365,
    sourceClass: "declaration",
    forgeableBy: "pusher",
    byId: true, // a login's account; an address has one of its own, and that is known by it
    reason:
      "declared, by no deed: named for the workflows in CODEOWNERS of the repository whose pipeline made it, by whoever may push there",
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
